"""Whatever goes wrong below `/api/v1` is answered as a problem, never as a page."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.faults import stack
from bot.web.api.operations import BASE
from bot.web.api.problems import ProblemError, answer_of, of_http

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

log = structlog.get_logger()


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer problems as RFC 9457 says."""
    if not request.path.startswith(f"{BASE}/"):
        return await handler(request)
    try:
        return await handler(request)
    except ProblemError as problem:
        return answer_of(problem)
    except web.HTTPException as mistake:
        if mistake.status < HTTPStatus.BAD_REQUEST:
            raise
        return answer_of(of_http(mistake))
    except (ConnectionError, TimeoutError):
        raise
    except Exception as error:  # noqa: BLE001  a stranger's program gets an answer, whatever happened
        log.error(  # noqa: TRY400  a traceback would show what people said
            "request failed", path=request.path, error=type(error).__name__, stack=stack(error)
        )
        return answer_of(ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, "it is written in the bot's log"))
