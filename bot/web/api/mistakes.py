"""Whatever goes wrong below an interface's address is answered in its own form, never as a page."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.faults import stack
from bot.web.api.operations import BASE
from bot.web.api.problems import ProblemError, answer_of, of_http

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp.typedefs import Handler, Middleware

log = structlog.get_logger()


def answering(base: str, answer: Callable[[web.Request, ProblemError], web.Response]) -> Middleware:
    """Return what answers the mistakes below an address."""

    @web.middleware
    async def caught(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(f"{base}/"):
            return await handler(request)
        try:
            return await handler(request)
        except ProblemError as problem:
            return answer(request, problem)
        except web.HTTPException as mistake:
            if mistake.status < HTTPStatus.BAD_REQUEST:
                raise
            return answer(request, of_http(mistake))
        except (ConnectionError, TimeoutError):
            raise
        except Exception as error:  # noqa: BLE001  a stranger's program gets an answer, whatever happened
            log.error(  # noqa: TRY400  a traceback would show what people said
                "request failed", path=request.path, error=type(error).__name__, stack=stack(error)
            )
            inside = ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, "it is written in the bot's log")
            return answer(request, inside)

    return caught


problems = answering(BASE, lambda _, problem: answer_of(problem))  # as RFC 9457 says
