"""The OpenAPI document (3.1), made of the table of operations and their models."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from bot.web.api.envelopes import Problem
from bot.web.api.operations import BASE, OPERATIONS
from bot.web.api.parameters import CasePath, Nothing
from bot.web.api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import BaseModel

    from bot.web.api.kinds import Given
    from bot.web.api.operations import Operation

REFERENCE = "#/components/schemas/{model}"
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A POST sent again under its key within 24 hours is the same: nothing is done twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"},
}
UNCHANGED = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag one has: 304 if it is the same still.",
    "schema": {"type": "string"},
}
ETAG = {"ETag": {"description": "What If-None-Match compares.", "schema": {"type": "string"}}}
RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
ALLOW = {"Allow": {"description": "The methods there are.", "schema": {"type": "string"}}}
ASK = {"WWW-Authenticate": {"description": "Bearer.", "schema": {"type": "string"}}}
OF_A_CASE = tuple(op.name for op in OPERATIONS if op.where is CasePath)
FIRST_CASE = {"appeal": "/case", "command": "/case", "listCases": "/items/0"}  # where an answer has one
ALWAYS: dict[HTTPStatus, tuple[str, dict[str, Any]]] = {
    HTTPStatus.BAD_REQUEST: ("a parameter is wrong, or the body is no JSON", {}),
    HTTPStatus.UNAUTHORIZED: ("no token, or one that stands no more", ASK),
    HTTPStatus.FORBIDDEN: ("the token lacks a scope, or its person a duty", {}),
    HTTPStatus.METHOD_NOT_ALLOWED: ("no such method here", ALLOW),
    HTTPStatus.TOO_MANY_REQUESTS: ("too many requests within a minute", RETRY),
}
FOUND: dict[HTTPStatus, tuple[str, dict[str, Any]]] = {
    HTTPStatus.NOT_FOUND: ("there is none, or not for this token to see", {})
}
POSTED: dict[HTTPStatus, tuple[str, dict[str, Any]]] = {
    HTTPStatus.CONFLICT: ("the rules of the house, or the state of the case, do not allow it", {}),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("the body is too large", {}),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("the body is not application/json", {}),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("a field is wrong, or the key was used for something else", {}),
    HTTPStatus.SERVICE_UNAVAILABLE: ("the bot does not listen just now", RETRY),
}


def document(server: str, version: str) -> dict[str, Any]:
    """Return the document of a site at an address."""
    answers = {op.answer for op in OPERATIONS} | {Problem}
    bodies = {op.body for op in OPERATIONS if op.body is not None}
    wanted: list[tuple[type[BaseModel], str]] = [(one, "serialization") for one in _sorted(answers)]
    wanted += [(one, "validation") for one in _sorted(bodies)]
    refs, schemas = models_json_schema(wanted, ref_template=REFERENCE)  # type: ignore[arg-type]  # of both modes
    paths: dict[str, dict[str, Any]] = {}
    for op in OPERATIONS:
        paths.setdefault(f"{BASE}{op.path}", {})[op.method.lower()] = _operation(op, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "哨子 Shaozi",
            "version": version,
            "description": "Cases of a neighbourhood, and what is decided and done there. Times are UTC.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "`shaozi token add NAME --scope cases:read,appeals:write`",
                }
            },
            "schemas": schemas["$defs"],
        },
    }


def _sorted(found: Iterable[type[BaseModel]]) -> list[type[BaseModel]]:
    return sorted(found, key=lambda model: model.__name__)


def _operation(op: Operation, refs: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": op.name,
        "summary": op.summary,
        "description": f"Scope: `{op.scope.value}`." if op.scope is not None else "Any token.",
        "parameters": [
            *_parameters(op.where, "path"),
            *_parameters(op.query, "query"),
            KEY if op.write is not None else UNCHANGED,
        ],
        "responses": _responses(op, refs[op.answer, "serialization"]),
    }
    if op.body is not None:
        body = {"application/json": {"schema": refs[op.body, "validation"]}}
        found["requestBody"] = {"required": True, "content": body}
    return found


def _responses(op: Operation, answer: dict[str, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {
        "description": op.status.phrase,
        "content": {"application/json": {"schema": answer}},
    }
    problems = dict(ALWAYS)
    if op.where is not Nothing or op.query is not Nothing or op.write is not None:
        problems |= FOUND
    if op.write is None:
        good["headers"] = ETAG
    else:
        problems |= POSTED
    if (first := FIRST_CASE.get(op.name)) is not None:
        good["links"] = {name: _link(name, first) for name in OF_A_CASE}
    found = {str(int(op.status)): good}
    if op.write is None:
        found["304"] = {"description": "it is the same still", "headers": ETAG}
    elif op.status is HTTPStatus.CREATED:
        place = {"description": "The case's address.", "schema": {"type": "string"}}
        good["headers"] = {"Location": place}
    for status, (why, headers) in sorted(problems.items()):
        found[str(int(status))] = {
            "description": why,
            "content": {MEDIA_TYPE: {"schema": {"$ref": REFERENCE.format(model="Problem")}}},
            **({"headers": headers} if headers else {}),
        }
    return found


def _link(name: str, first: str) -> dict[str, Any]:
    """Return how one goes on from the first case of an answer."""
    there = {part: f"$response.body#{first}/{part}" for part in CasePath.model_fields}
    return {"operationId": name, "parameters": there}


def _parameters(model: type[Given], where: str) -> Sequence[dict[str, Any]]:
    schema = model.model_json_schema(ref_template=REFERENCE)
    required = schema.get("required", [])
    found = []
    for name, given in schema.get("properties", {}).items():
        plain = _plain(given, schema.get("$defs", {}))
        described = plain.pop("description", "")
        found.append(
            {
                "name": name,
                "in": where,
                "required": where == "path" or name in required,
                **({"description": described} if described else {}),
                "schema": plain,
            }
        )
    return found


def _plain(given: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter: there is no null in an address, it is left out."""
    kept = {name: value for name, value in given.items() if name not in ("title", "anyOf")}
    if kept.get("default", 0) is None:
        del kept["default"]
    for one in given.get("anyOf", []):
        if one.get("type") != "null":
            kept |= one
    if "$ref" in kept:
        kept |= known[kept.pop("$ref").rpartition("/")[2]]
    kept.pop("title", None)
    return kept
