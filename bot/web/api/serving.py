"""Answering requests: whose token, what is asked, what comes back; the table of operations says the rest."""

from __future__ import annotations

import json
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot.web.api.door import RETRY_AFTER, TokenDoor, TooFastError, bearer
from bot.web.api.envelopes import AppealTaken
from bot.web.api.looking import Looking, note_views
from bot.web.api.openapi import document
from bot.web.api.operations import BASE, OPERATIONS
from bot.web.api.problems import ProblemError
from bot.web.api.request_reading import RequestParameters, asked_by, posted_by
from bot.web.api.writing import Posting, Writing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.web.api.operations import Operation
    from bot.web.site import Site
    from data.domain.token import Token
    from data.uow import UnitOfWork

    Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]

JSON = "application/json"
REALM = 'Bearer realm="shaozi"'
FRESH = "private, no-cache"  # it may be kept, but is asked for each time


class Looked(NamedTuple):
    """What was read for a token: the body, and the cases whose words it shows as they were said."""

    token: Token
    body: bytes
    viewed: list[int]


class Api:
    """Answers what the table of operations says."""

    def __init__(self, site: Site, door: TokenDoor, version: str) -> None:
        self._site = site
        self._door = door
        self._version = version
        self._writing = Writing(site)

    def routes(self) -> list[web.AbstractRouteDef]:
        """Return the routes of all operations, and of the document."""
        found: list[web.AbstractRouteDef] = [web.get(f"{BASE}/openapi.json", self.document)]
        for op in OPERATIONS:
            handler = self._reader(op) if op.write is None else self._writer(op)
            found.append(web.route(op.method, f"{BASE}{op.path}", handler))
        return found

    async def document(self, request: web.Request) -> web.Response:
        """Send the OpenAPI document."""
        body = json.dumps(document(self._site.address(request), self._version), ensure_ascii=False)
        return web.Response(body=body.encode(), content_type=JSON)

    def _reader(self, op: Operation) -> Answering:
        async def read(request: web.Request) -> web.StreamResponse:
            secret = self._counted(request)
            looked = await self._site.read(self._look, op, secret, asked_by(op, request))
            await self._door.note(looked.token)
            if looked.viewed:
                await self._site.write(note_views, looked.token, looked.viewed, self._site.clock.now())
            tag = f'"{sha256(looked.body).hexdigest()[:32]}"'
            headers = {"ETag": tag, "Cache-Control": FRESH}
            if _has(request.headers.get("If-None-Match", ""), tag):
                return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
            return web.Response(body=looked.body, content_type=JSON, headers=headers)

        return read

    def _writer(self, op: Operation) -> Answering:
        async def write(request: web.Request) -> web.StreamResponse:
            secret = self._counted(request)
            token = await self._site.read(self._admitted, op, secret)
            await self._door.note(token)
            asked, key, body, body_hash = await posted_by(op, request)
            assert op.write is not None  # noqa: S101  it is made for those only
            answer = await op.write(self._writing, Posting(token, key, body_hash, asked, body))
            headers = {}
            if isinstance(answer, AppealTaken):
                headers["Location"] = f"{BASE}/cases/{answer.case.id}"
            return web.Response(
                body=answer.model_dump_json().encode(),
                status=op.status,
                content_type=JSON,
                headers=headers,
            )

        return write

    def _counted(self, request: web.Request) -> str:
        secret = bearer(request)
        if not secret:
            raise _unknown()
        try:
            self._door.count(secret)
        except TooFastError:
            raise ProblemError(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"at most {self._site.config.web.requests_per_minute} requests a minute",
                headers={"Retry-After": str(RETRY_AFTER)},
            ) from None
        return secret

    def _admitted(self, uow: UnitOfWork, op: Operation, secret: str) -> Token:
        token = self._door.admit(uow, secret)
        if token is None:
            raise _unknown()
        if op.scope is not None and op.scope not in token.scopes:
            asks = f'{REALM}, error="insufficient_scope", scope="{op.scope.value}"'
            lacks = f"the token lacks the scope {op.scope.value}"
            raise ProblemError(HTTPStatus.FORBIDDEN, lacks, headers={"WWW-Authenticate": asks})
        return token

    def _look(
        self, uow: UnitOfWork, op: Operation, secret: str, asked: RequestParameters | ProblemError
    ) -> Looked:
        """Read what is asked for; a wrong token is a worse mistake than a wrong parameter."""
        token = self._admitted(uow, op, secret)
        if isinstance(asked, ProblemError):
            raise asked
        ctx = Looking(self._site.house, uow, self._site.clock.now(), token=token)
        assert op.read is not None  # noqa: S101  it is made for those only
        answer = op.read(ctx, asked.where, asked.query)
        return Looked(token, answer.model_dump_json().encode(), ctx.viewed)


def _unknown() -> ProblemError:
    what = "a token is wanted that stands: Authorization: Bearer …"
    return ProblemError(HTTPStatus.UNAUTHORIZED, what, headers={"WWW-Authenticate": REALM})


def _has(given: str, tag: str) -> bool:
    """Whether an `If-None-Match` names a tag (weak or strong, RFC 9110: 13.1.2)."""
    return given.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in given.split(","))
