"""Problems, as RFC 9457 says: what is wrong, of which field."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.api.envelopes import FieldProblem, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import ValidationError

MEDIA_TYPE = "application/problem+json"


class ProblemError(Exception):
    """A request that cannot be answered as it was meant."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})


def not_found(what: str) -> ProblemError:
    """Return the problem of something that is not there, or not for this token to see."""
    return ProblemError(HTTPStatus.NOT_FOUND, f"no such {what}")


def invalid(status: HTTPStatus, error: ValidationError, where: str) -> ProblemError:
    """Return the problem of fields that are wrong: their names, and what was expected."""
    found = [(".".join(str(part) for part in one["loc"]) or where, one["msg"]) for one in error.errors()]
    names = ", ".join(dict.fromkeys(name for name, _ in found))
    return ProblemError(status, f"{where}: {names}", errors=found)


def answer_of(problem: ProblemError) -> web.Response:
    """Return a problem as it goes out."""
    status = int(problem.status)
    body = Problem(
        type="about:blank",
        title=problem.status.phrase,
        status=status,
        detail=problem.detail,
        errors=[FieldProblem(field=name, detail=detail) for name, detail in problem.errors],
    )
    return web.Response(
        body=body.model_dump_json().encode(),
        status=status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def of_http(mistake: web.HTTPException) -> ProblemError:
    """Return what the server itself found wrong: no such address, another method, too large a body."""
    headers = {name: mistake.headers[name] for name in ("Allow", "Retry-After") if name in mistake.headers}
    status = HTTPStatus(mistake.status)
    ours = mistake.text if mistake.text and mistake.text != f"{mistake.status}: {mistake.reason}" else ""
    return ProblemError(status, ours or status.description or status.phrase, headers=headers)
