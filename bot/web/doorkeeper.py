"""The doorkeeper: how many connections there may be, and for how long one may say nothing.

Whoever has not sent the head of a request in time is put out. Where it gets crowded, the one that has been
silent longest makes room; only if all speak is a new one turned away. What is turned away is logged once a
minute, with its number.
"""

from __future__ import annotations

import asyncio
import resource
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import structlog
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.web.addresses import Whereabouts

log = structlog.get_logger()
HEAD_WITHIN = 15.0  # seconds for the head of the first request
LONGEST_HEAD = 2**16  # bytes that are looked through for its end
OF_AN_ADDRESS = 200  # connections; a proxy that is trusted may have as many as there are
SPARE = 200  # files that the rest of the bot may need
WANTED_FILES = 16_384
NO_FILES = "socket.accept() out of system resource"
LOG_EVERY = 60.0  # seconds


class Doorkeeper:
    """Makes the protocols of new connections (a protocol factory), each behind a guard."""

    def __init__(
        self,
        serve: Callable[[], asyncio.BaseProtocol],
        whereabouts: Whereabouts,
        *,
        most: int,
        of_an_address: int = OF_AN_ADDRESS,
        head_within: float = HEAD_WITHIN,
    ) -> None:
        self._serve = serve
        self._whereabouts = whereabouts
        self._most = most
        self._of_an_address = of_an_address
        self.head_within = head_within
        self._open: Counter[str] = Counter()
        self._silent: dict[Guarded, None] = {}  # in the order they came
        self._turned_away = 0
        self._logged: float | None = None

    def __call__(self) -> Guarded:
        """Return the protocol for one more connection."""
        return Guarded(self, cast("asyncio.Protocol", self._serve()))

    def admits(self, one: Guarded) -> bool:
        """Whether a connection may stay; another may have to go for it."""
        proxy = self._whereabouts.public and self._whereabouts.trusts(one.address)
        crowded = not proxy and self._open[one.address] >= self._of_an_address
        full = self._open.total() >= self._most
        if crowded or full:
            self.turned_away()
            theirs = (other for other in self._silent if full or other.address == one.address)
            longest = next(theirs, None)
            if longest is None:
                return False
            longest.put_out()
        self._open[one.address] += 1
        self._silent[one] = None
        return True

    def speaks(self, one: Guarded) -> None:
        """Note that a connection has sent a request."""
        self._silent.pop(one, None)

    def left(self, one: Guarded) -> None:
        """Note that a connection is gone."""
        self._silent.pop(one, None)
        self._open[one.address] -= 1
        if self._open[one.address] <= 0:
            del self._open[one.address]

    def out_of_files(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Take asyncio's word that no file is left, which it gives for each try, as one more turned away."""
        if str(context.get("message", "")).startswith(NO_FILES):
            self.turned_away()
        else:
            loop.default_exception_handler(context)

    def turned_away(self) -> None:
        """Count one that was turned away or put out; log it now and then."""
        self._turned_away += 1
        now = asyncio.get_running_loop().time()
        if self._logged is None or now - self._logged >= LOG_EVERY:
            log.warning("connections turned away", count=self._turned_away, open=self._open.total())
            self._logged, self._turned_away = now, 0


class Guarded(asyncio.Protocol):
    """One connection: hands everything on to the server's own protocol, until it is put out."""

    def __init__(self, door: Doorkeeper, inner: asyncio.Protocol) -> None:
        self._door = door
        self._inner = inner
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._head = b""
        self._inside = False  # counted by the doorkeeper
        self._served = False  # known to the server
        self.address = "-"

    def put_out(self) -> None:
        """End a connection that says nothing."""
        if self._inside and self._transport is not None:
            self._leave()
            self._transport.abort()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        peer: Any = transport.get_extra_info("peername")
        self.address = str(peer[0]) if isinstance(peer, tuple) else "-"
        self._inside = self._door.admits(self)
        if not self._inside:
            self._transport.abort()
            return
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._door.head_within, self._late)
        self._served = True
        self._inner.connection_made(transport)

    @override
    def data_received(self, data: bytes) -> None:
        if self._timer is not None:
            self._head += data
            if b"\r\n\r\n" in self._head or len(self._head) > LONGEST_HEAD:
                self._speaks()
        self._inner.data_received(data)

    @override
    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._leave()
        if self._served:
            self._inner.connection_lost(exc)

    @override
    def pause_writing(self) -> None:
        self._inner.pause_writing()

    @override
    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def _speaks(self) -> None:
        self._door.speaks(self)
        self._head = b""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        self._timer = None
        self._door.turned_away()
        if self._transport is not None:
            self._transport.abort()

    def _leave(self) -> None:
        if self._inside:
            self._inside = False
            self._door.left(self)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def most_connections() -> int:
    """Return how many connections there may be, after asking for as many open files as are allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(max(soft, WANTED_FILES), hard) if hard != resource.RLIM_INFINITY else max(soft, WANTED_FILES)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(soft - SPARE, soft // 2)
