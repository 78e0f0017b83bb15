"""What guards every page: headers, whose pages may call us, who may look at the machinery."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from aiohttp.abc import AbstractAccessLogger
from typing_extensions import override

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware

    from bot.web.site import Site

    Origin = tuple[str, str, int | None]  # scheme, host, port

log = structlog.get_logger()
# Everything comes from here, nothing stands inline. blob: are pictures somebody is about to send.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
FOR_EVER = "public, max-age=31536000, immutable"  # the address of a file names the state of all files
ANSWERED_WITHIN = 60.0  # seconds
DOORS = ("/onebot/", "/wecom/")  # each request has a token or a signature, and may name us as it likes
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Put the guarding headers on every response, errors and files too."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = "shaozi"
    kept = request.path.startswith("/static/") and response.status == HTTPStatus.OK
    response.headers.setdefault("Cache-Control", FOR_EVER if kept else "no-store")


def guard(site: Site) -> Middleware:
    """Refuse what another site's page sends in a visitor's name.

    Browsers name the page's origin on every WebSocket and every POST; a request without one comes from no
    browser. Whoever asks for this site under another name than its own (a name that somebody made to point
    here) gets 421.
    """
    public = _origin(site.config.web.public_url)

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not site.whereabouts.knows(request.host) and not request.path.startswith(DOORS):
            raise web.HTTPMisdirectedRequest(text=site.texts("web.refused.host"))
        origin = request.headers.get("Origin")
        wants_more = request.method not in SAFE_METHODS or "Upgrade" in request.headers
        if wants_more and origin is not None and _origin(origin) not in _ours(request, public):
            log.warning("foreign origin refused", path=request.path)
            raise web.HTTPForbidden(text=site.texts("web.refused.origin"))
        return await handler(request)

    return guarded


@web.middleware
async def in_time(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give a request a minute to come whole and be answered; a WebSocket may stay."""
    if "Upgrade" in request.headers:
        return await handler(request)
    try:
        async with asyncio.timeout(ANSWERED_WITHIN):
            return await handler(request)
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


class AccessLog(AbstractAccessLogger):
    """One line a request: what, how it went, how long. Never the query, never who."""

    @override
    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        log.info(
            "request",
            method=request.method,
            path=logged_path(request.path),
            status=response.status,
            milliseconds=round(time * 1000, 1),
        )


def logged_path(path: str) -> str:
    """Return a path without what is secret in it: the address of somebody's calendar opens it."""
    return "/calendar/…" if path.startswith("/calendar/") else path


def _origin(url: str | None) -> Origin | None:
    """Return scheme, host and port of an address; None if it is none (`null`, say)."""
    try:
        parts = urlsplit(url or "")
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname:
        return None
    return parts.scheme, parts.hostname, port or {"http": 80, "https": 443}.get(parts.scheme)


def _ours(request: web.Request, public: Origin | None) -> set[Origin | None]:
    """Return the origins that are this very site: the public address, and the one that was asked."""
    ours = {public, _origin(f"http://{request.host}"), _origin(f"https://{request.host}")}
    return ours - {None}
