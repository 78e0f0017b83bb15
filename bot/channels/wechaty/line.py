"""The line to the gateway: the connection that holds now, and what is known through it about people."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import structlog
from cachetools import LRUCache

from bot.channels.wechaty.wire import GatewayError, GatewayGoneError
from data.domain.messages import clean_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.channels.wechaty.gateway import Contact, Gateway

T = TypeVar("T")
TRIES = 3  # of one question: a gateway may tell of a message before it can show it
MOST_KNOWN = 20_000

log = structlog.get_logger()


class GatewayLine:
    """The connection that holds now; whoever asks while there is none waits for the next."""

    def __init__(self, rest: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.gateway: Gateway | None = None
        self._up = asyncio.Event()
        self._rest = rest
        self._contacts: LRUCache[str, Contact] = LRUCache(MOST_KNOWN)
        self._names: LRUCache[tuple[str, str], str] = LRUCache(MOST_KNOWN)

    def connected(self, gateway: Gateway) -> None:
        """Use a new connection from now on, and let those go on who wait for one."""
        self.gateway = gateway
        self._up.set()

    def lost(self, gateway: Gateway) -> None:
        """Give a connection up; its stream of events ends, too."""
        gateway.close()
        if self.gateway is gateway:
            self.gateway = None
            self._up.clear()

    async def ask(self, question: Callable[[Gateway], Awaitable[T]]) -> T:
        """Ask the gateway, again if it is away or has no answer yet; raise `GatewayError` if it has none."""
        tries = 0
        while True:
            await self._up.wait()
            gateway = self.gateway
            if gateway is None:
                continue
            try:
                return await question(gateway)
            except GatewayGoneError:
                self.lost(gateway)
            except GatewayError:
                tries += 1
                if tries >= TRIES:
                    raise
                await self._rest(0.2 * tries)

    async def contact(self, who: str) -> Contact:
        """Return somebody, as they were when first asked for."""
        if who not in self._contacts:
            self._contacts[who] = await self.ask(lambda gateway: gateway.contact(who))
        return self._contacts[who]

    async def name(self, room: str | None, who: str) -> str:
        """Return what somebody is called in a room, or alone."""
        if room is None:
            return clean_name((await self.contact(who)).name)
        if (room, who) not in self._names:
            try:
                name = await self.ask(lambda gateway: gateway.name_in_room(room, who))
            except GatewayError:
                name = ""
            self._names[room, who] = name or (await self.contact(who)).name
        return clean_name(self._names[room, who])

    def forget(self, who_or_room: str) -> None:
        """Ask anew about somebody, or a room: something there has changed."""
        self._contacts.pop(who_or_room, None)
        for known in [key for key in self._names if who_or_room in key]:
            del self._names[known]
