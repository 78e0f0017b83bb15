"""The reference page (`/api/v1/`): the OpenAPI document as a page, rendered here, without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from aiohttp import web

from bot.web.api.openapi import document
from bot.web.api.operations import BASE
from data.domain.token import TokenScope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.web.frame import PageFrame

METHODS = ("get", "post")
ANY = "any"


class Row(NamedTuple):
    """A parameter or a field: its name, what it holds, what is said of it."""

    name: str
    kind: str
    about: str
    required: bool


class OperationEntry(NamedTuple):
    """One operation, as the page describes it."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Row]
    body: str
    answers: list[tuple[str, str, str]]


class Schema(NamedTuple):
    """One model, as the page describes it: its fields."""

    name: str
    about: str
    rows: list[Row]


class ReferencePage:
    """Shows the reference of the interface."""

    def __init__(self, frame: PageFrame, version: str) -> None:
        self._frame = frame
        self._version = version

    async def lead(self, _request: web.Request) -> web.Response:
        """Lead to the page's own address."""
        raise web.HTTPMovedPermanently(f"{BASE}/")

    async def show(self, request: web.Request) -> web.Response:
        """Show the page."""
        tree = document(self._frame.site.address(request), self._version)
        who = await self._frame.badge(request) if not self._frame.site.demo else None
        return self._frame.render(
            "api/reference.html",
            request,
            who,
            tree=tree,
            entries=list(_entries(tree)),
            schemas=[_schema(name, one) for name, one in tree["components"]["schemas"].items()],
            scopes=[scope.value for scope in TokenScope],
            most=self._frame.site.config.web.requests_per_minute,
        )


def _entries(tree: Mapping[str, Any]) -> Iterable[OperationEntry]:
    for path, methods in tree["paths"].items():
        for method in METHODS:
            if method not in methods:
                continue
            op = methods[method]
            body = op.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            yield OperationEntry(
                op["operationId"],
                method.upper(),
                path,
                op["summary"],
                _bare(op["description"]),
                [_parameter(one) for one in op["parameters"]],
                _kind(body) if body else "",
                [(status, one["description"], _answer(one)) for status, one in op["responses"].items()],
            )


def _parameter(one: Mapping[str, Any]) -> Row:
    kind = f"{one['in']} · {_kind(one['schema'])}"
    return Row(one["name"], kind, _bare(one.get("description", "")), one["required"])


def _bare(text: str) -> str:
    """Return a text without the marks of Markdown."""
    return text.replace("`", "")


def _answer(response: Mapping[str, Any]) -> str:
    schemas = [one["schema"] for one in response.get("content", {}).values()]
    return _kind(schemas[0]) if schemas else ""


def _schema(name: str, one: Mapping[str, Any]) -> Schema:
    required = one.get("required", [])
    rows = [
        Row(field, _kind(given), _bare(given.get("description", "")), field in required)
        for field, given in one.get("properties", {}).items()
    ]
    if "enum" in one:
        rows = [Row(str(value), "", "", required=True) for value in one["enum"]]
    return Schema(name, _bare(" ".join(one.get("description", "").split())), rows)


def _kind(given: Mapping[str, Any]) -> str:
    """Return what a value is, in a word or two."""
    if "$ref" in given:
        return str(given["$ref"]).rpartition("/")[2]
    if "anyOf" in given:
        return " | ".join(_kind(one) for one in given["anyOf"])
    if given.get("type") == "array":
        return f"{_kind(given.get('items', {}))}[]"
    if "enum" in given:
        return " | ".join(map(str, given["enum"]))
    return str(given.get("format") or given.get("type") or ANY)
