"""What went wrong, as a page in Chinese with a way back; scripts and machines get the bare words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.faults import stack
from bot.web.security import logged_path

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware

    from bot.web.pages import Pages
    from bot.web.site import Site

log = structlog.get_logger()
WORDED = frozenset({400, 401, 403, 404, 405, 413, 421, 429, 500, 503})


def worded(site: Site, pages: Pages) -> Middleware:
    """Word every mistake for those who look with a browser."""

    @web.middleware
    async def caught(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as mistake:
            if mistake.status < 400 or not _reads_pages(request):
                raise
            return _page(site, pages, request, mistake)
        except (ConnectionError, TimeoutError):
            raise
        except Exception as error:
            if "Upgrade" in request.headers:
                raise  # the talk has begun: a page would be read as a part of it
            log.error(  # noqa: TRY400  a traceback would show what people typed
                "page failed", path=logged_path(request.path), error=type(error).__name__, stack=stack(error)
            )
            return _page(site, pages, request, web.HTTPInternalServerError())

    return caught


def _page(site: Site, pages: Pages, request: web.Request, mistake: web.HTTPException) -> web.Response:
    known = mistake.status if mistake.status in WORDED else 400
    ours = mistake.text if mistake.text and mistake.text != f"{mistake.status}: {mistake.reason}" else ""
    page = pages.render(
        "mistake.html",
        request,
        title=site.texts(f"site.mistake.{known}"),
        said=ours,
        back=f"/?as={request.query['as']}" if site.demo and "as" in request.query else "/",
    )
    page.set_status(mistake.status)
    for name in ("Allow", "Retry-After"):
        if name in mistake.headers:
            page.headers[name] = mistake.headers[name]
    return page


def _reads_pages(request: web.Request) -> bool:
    return "text/html" in request.headers.get("Accept", "") or "HX-Request" in request.headers
