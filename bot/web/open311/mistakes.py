"""What is wrong, as GeoReport v2 says it: an array of code and description, under the same status."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.faults import stack
from bot.web.api.problems import ProblemError, of_http
from bot.web.open311 import forms

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

log = structlog.get_logger()
BASE = "/open311/v2"


def wrong(what: str) -> ProblemError:
    """Return the error of a request that is wrong (400)."""
    return ProblemError(HTTPStatus.BAD_REQUEST, what)


def unknown(what: str) -> ProblemError:
    """Return the error of something that was not found (404)."""
    return ProblemError(HTTPStatus.NOT_FOUND, what)


def refused(what: str) -> ProblemError:
    """Return the error of a key that is missing, or does not open this (403)."""
    return ProblemError(HTTPStatus.FORBIDDEN, what)


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer errors in the form that was asked for."""
    if not request.path.startswith(f"{BASE}/"):
        return await handler(request)
    try:
        return await handler(request)
    except ProblemError as problem:
        return _answer(request, problem)
    except web.HTTPException as mistake:
        if mistake.status < HTTPStatus.BAD_REQUEST:
            raise
        return _answer(request, of_http(mistake))
    except (ConnectionError, TimeoutError):
        raise
    except Exception as error:  # noqa: BLE001  a stranger's program gets an answer, whatever happened
        log.error(  # noqa: TRY400  a traceback would show what people said
            "request failed", path=request.path, error=type(error).__name__, stack=stack(error)
        )
        return _answer(request, ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, "it is written in the log"))


def _answer(request: web.Request, problem: ProblemError) -> web.Response:
    form = forms.XML if request.path.endswith(".xml") else forms.JSON
    code = int(problem.status)
    answer = forms.list_of(
        form, "errors", "error", [{"code": code, "description": problem.detail}], status=code
    )
    answer.headers.update(problem.headers)
    return answer
