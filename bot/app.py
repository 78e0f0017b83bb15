"""The bot as one running thing: started in order, stopped in the reverse order."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Protocol

import structlog

from data.heartbeat import missing
from data.recurring import arm_all

if TYPE_CHECKING:
    from bot.bootstrap import Parts


log = structlog.get_logger()


class Server(Protocol):
    """Something that serves people beside the channels: the web server."""

    async def start(self) -> None:
        """Begin to serve."""
        ...

    async def stop(self) -> None:
        """Stop serving and let go."""
        ...


class App:
    """A bot that runs: what takes messages in and sends them, then the channels, then the pages."""

    def __init__(self, parts: Parts, server: Server | None = None) -> None:
        self.parts = parts
        self.server = server

    async def start(self) -> None:
        """Start everything; when this returns, messages are taken in."""
        await self.parts.writer.run(self._begin)
        self.parts.dispatcher.start()
        self.parts.sender.start()
        self.parts.ticker.start()
        if self.parts.crew is not None:
            await self.parts.crew.start(self.parts.dispatcher, self.parts.sender.wake)
        else:
            for channel in self.parts.outward.values():
                await channel.start(self.parts.dispatcher)
        if self.server is not None:
            await self.server.start()
        log.info("started", channels=list(self.parts.channels))

    async def refused(self) -> str:
        """Return why no channel can ever go on, as soon as none can."""
        whys = [channel.health.refused() for channel in self.parts.channels.values()]
        return (await asyncio.gather(*whys))[0] if whys else await asyncio.Future()

    def _begin(self) -> None:
        """Send at once what a killed bot was sending; set the lists that an older version did not know."""
        store = self.parts.store
        if lost := missing(store):
            log.error("the store is older than what was written: run `shaozi db check`", heartbeats=lost)
        with store.write() as uow:
            freed = uow.sending.release_leases() if store.alone else 0
            arm_all(uow, self.parts.house.policy.work, self.parts.clock.now())
            uow.commit()
        if freed:
            log.info("what was being sent will be sent again", messages=freed)

    async def stop(self) -> None:
        """Stop everything; what was acknowledged is on disk, what was not comes again."""
        async with AsyncExitStack() as last_first:  # goes on if one of them fails
            crew = self.parts.crew
            last_first.callback(self.parts.close)
            if crew is not None:
                last_first.push_async_callback(crew.stop)
            last_first.push_async_callback(self.parts.sender.stop)
            last_first.push_async_callback(self.parts.dispatcher.stop)
            last_first.push_async_callback(self.parts.ticker.stop)
            if crew is not None:
                last_first.push_async_callback(crew.retire)
            for channel in self.parts.outward.values() if crew is None else ():
                last_first.push_async_callback(channel.stop)
            if self.server is not None:
                last_first.push_async_callback(self.server.stop)
        log.info("stopped")
