"""From a request to what is asked: parameters and bodies, checked by their models; errors name the field."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import from_json

from bot.web.api.problems import ProblemError, invalid

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.api.kinds import Given
    from bot.web.api.operations import Operation

MOST_BYTES = 64 * 1024
_KEY = re.compile(r"[!-~]{1,128}")


class RequestParameters(NamedTuple):
    """The parameters of a request: of its path, and of its query."""

    where: Any
    query: Any


class Posted(NamedTuple):
    """What a POST says: the parameters of its path, its key, its body, and the hash of all that."""

    where: Any
    key: str | None
    body: Any
    body_hash: str


def asked_by(op: Operation, request: web.Request) -> RequestParameters | ProblemError:
    """Return the parameters of a request, or what is wrong with them."""
    try:
        return RequestParameters(
            _checked(op.where, dict(request.match_info), "path"), _checked(op.query, _query(request), "query")
        )
    except ProblemError as problem:
        return problem


async def posted_by(op: Operation, request: web.Request) -> Posted:
    """Return what a POST says, or raise what is wrong with it."""
    asked = asked_by(op, request)
    if isinstance(asked, ProblemError):
        raise asked
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        what = "1 to 128 visible ASCII characters are expected"
        raise ProblemError(HTTPStatus.BAD_REQUEST, what, errors=[("Idempotency-Key", what)])
    tree = await _tree(request)
    assert op.body is not None  # noqa: S101  whatever is posted has one
    try:
        body = op.body.model_validate(tree)
    except ValidationError as error:
        raise invalid(HTTPStatus.UNPROCESSABLE_ENTITY, error, "body") from None
    said = json.dumps(tree, sort_keys=True, ensure_ascii=True)
    return Posted(asked.where, key, body, sha256(f"{request.path}\n{said}".encode()).hexdigest())


async def _tree(request: web.Request) -> Any:
    """Return the JSON of a body, or raise: too large, no JSON by its type, none by its words."""
    if request.content_type != "application/json":
        what = "application/json is expected"
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, what, headers={"Accept": "application/json"})
    if (request.content_length or 0) > MOST_BYTES:
        raise _too_large()
    raw = await request.content.read(MOST_BYTES + 1)
    while not request.content.at_eof() and len(raw) <= MOST_BYTES:
        raw += await request.content.read(MOST_BYTES + 1 - len(raw))
    if len(raw) > MOST_BYTES:
        raise _too_large()
    try:
        return from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        raise ProblemError(HTTPStatus.BAD_REQUEST, f"the body is no JSON: {error}") from None


def _too_large() -> ProblemError:
    return ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {MOST_BYTES} bytes")


def _query(request: web.Request) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in request.query.items():
        if name in found:
            what = "it is given twice"
            raise ProblemError(HTTPStatus.BAD_REQUEST, f"query: {name}: {what}", errors=[(name, what)])
        found[name] = value
    return found


def _checked(model: type[Given], given: dict[str, str], where: str) -> Given:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise invalid(HTTPStatus.BAD_REQUEST, error, where) from None
