"""The web server: its port, its guards, its pages."""

from __future__ import annotations

import asyncio
import errno
import socket
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import structlog
from aiohttp import web
from aiohttp_session import session_middleware
from aiohttp_session.cookie_storage import EncryptedCookieStorage
from sqlalchemy.exc import SQLAlchemyError

from bot.web import routes
from bot.web.addresses import is_loopback
from bot.web.api.mistakes import problems
from bot.web.chat import Chat
from bot.web.doorkeeper import Doorkeeper, most_connections
from bot.web.frame import PageFrame
from bot.web.mistakes import worded
from bot.web.open311.mistakes import errors
from bot.web.pages import Pages
from bot.web.seal import Seal
from bot.web.security import AccessLog, add_headers, guard, in_time
from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.web.site import Site

log = structlog.get_logger()
COOKIE = "shaozi"
SIGNED_IN_FOR = 90 * 86_400  # seconds
LONGEST_LINE = 2**17  # bytes of an address: a search of 10,000 characters is answered, not refused
LET_END = 5.0  # seconds that a request may take when the server stops
SWEEP = 3600.0  # seconds
KEPT_ALIVE = 30.0  # seconds between two requests of a connection
AT_ONCE, BACKLOG = 50, 512  # connections that are accepted in a row, and that may wait for it


class PortTakenError(Exception):
    """Somebody else listens on the port, most likely another bot."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"{host}:{port}")
        self.host = host
        self.port = port


def reserve(host: str, port: int, *, only_here: bool = False) -> socket.socket:
    """Take the port before anything else is done, or raise `PortTakenError`; `InputError` for a bad host.

    `only_here` refuses any host but this machine itself: in a demo one may speak as anybody.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise InputError("web.host", "-", "web.bad_host", host=host) from None
    if only_here and not is_loopback(str(address[0])):
        raise InputError("--host", "-", "web.demo_host", host=host)
    reserved = socket.socket(family, kind, protocol)
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        reserved.bind(address)
    except OSError as error:
        reserved.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise PortTakenError(host, port) from None
        raise InputError("web.host", "-", "web.bad_host", host=host) from None
    return reserved


def inherited(descriptor: int | None) -> socket.socket | None:
    """Return the listener that a parent has opened for all its workers; None where there is no parent."""
    return socket.socket(fileno=descriptor) if descriptor is not None else None


def application(site: Site, key: bytes, chat: Chat | None) -> web.Application:
    """Return the site as an aiohttp application; the session's `key` is Fernet's."""
    # aiohttp-session 2.12 keeps its session under a plain string, of which aiohttp 3.14 disapproves
    warnings.filterwarnings("ignore", message="It is recommended to use web.RequestKey")
    cookies = EncryptedCookieStorage(
        key.decode(),
        cookie_name=COOKIE,
        max_age=SIGNED_IN_FOR,
        httponly=True,
        samesite="Lax",  # Strict would ask whoever follows a link from a message to sign in again
        secure=(site.config.web.public_url or "").startswith("https://"),
    )
    pages = Pages(site)
    app = web.Application(
        middlewares=[worded(site, pages), problems, errors, guard(site), in_time, session_middleware(cookies)]
    )
    app.on_response_prepare.append(add_headers)
    app.add_routes(routes.machinery(site, pages))
    frame = PageFrame(site, pages, Seal(key))
    app.add_routes(routes.public(frame))
    app.add_routes(routes.interfaces(frame))
    for door in routes.doors(site):
        app.add_routes(door.routes())
        app.on_shutdown.append(_closing(door))
    if chat is not None:
        app.add_routes(routes.talking(site, chat, pages, frame))
        app.add_routes(routes.working(frame, chat.channel))
    return app


def _closing(door: routes.Door) -> Callable[[web.Application], Awaitable[None]]:
    async def close(_app: web.Application) -> None:
        await door.close()

    return close


class WebServer:
    """Serves the site on a port that was reserved."""

    def __init__(self, site: Site, key: bytes, reserved: socket.socket) -> None:
        self._site = site
        self._chat = Chat(site, site.channel) if site.channel is not None else None
        self._runner = web.AppRunner(
            application(site, key, self._chat),
            access_log_class=AccessLog,
            shutdown_timeout=LET_END,
            keepalive_timeout=KEPT_ALIVE,
            max_line_size=LONGEST_LINE,
        )
        self._reserved = reserved
        self._server: asyncio.Server | None = None
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to serve."""
        await self._runner.setup()
        serve = cast("Callable[[], asyncio.BaseProtocol]", self._runner.server)
        door = Doorkeeper(serve, self._site.whereabouts, most=most_connections())
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(door, sock=self._reserved, backlog=AT_ONCE)
        self._reserved.listen(BACKLOG)
        loop.set_exception_handler(door.out_of_files)
        self._sweeper = asyncio.create_task(self._sweep_hourly(), name="album")
        host, port = self._reserved.getsockname()[:2]
        log.info("serving", host=host, port=port)
        if not is_loopback(host) and not (self._site.config.web.public_url or "").startswith("https://"):
            log.warning("others can reach this address and nothing is encrypted: set web.public_url to https")

    async def stop(self) -> None:
        """Close what is open and stop serving."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._sweeper
        if self._server is not None:
            self._server.close()  # nobody new
        if self._chat is not None:
            await self._chat.close()
        await self._runner.cleanup()
        self._reserved.close()

    async def _sweep_hourly(self) -> None:
        while True:
            try:
                await self.sweep()
            except (SQLAlchemyError, OSError) as error:
                log.warning("pictures not swept", error=type(error).__name__)
            await asyncio.sleep(SWEEP)

    async def sweep(self) -> int:
        """Delete pictures that belong to nothing that is kept; return how many."""
        wanted = await self._site.read(lambda uow: uow.history.pictures())
        gone = await asyncio.to_thread(self._site.album.sweep, wanted, self._site.clock.now())
        if gone:
            log.info("pictures of past talk deleted", count=gone)
        return gone
