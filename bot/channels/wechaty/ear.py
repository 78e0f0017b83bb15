"""The ear: what happens on WeChat is taken in, each room's in the order it happened."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import structlog

from bot.channels.lanes import Lanes
from bot.channels.wechaty.wire import GatewayError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Awaitable, Callable, Coroutine

    from bot.channels.wechaty.gateway import GatewayEvent
    from bot.channels.wechaty.line import GatewayLine
    from bot.channels.wechaty.news import News

log = structlog.get_logger()
AHEAD = 32  # messages that are asked for at once
MOST_WAITING = 20_000  # events; what comes beyond them, with the store away for hours, is lost


class Happening(IntEnum):
    """Events, as the TypeScript enum numbers them."""

    HEARTBEAT = 1
    MESSAGE = 2
    ERROR = 16
    FRIENDSHIP = 17
    ROOM_INVITE = 18
    ROOM_JOIN = 19
    ROOM_LEAVE = 20
    ROOM_TOPIC = 21
    SCAN = 22
    LOGIN = 25
    LOGOUT = 26
    DIRTY = 27


class Job(NamedTuple):
    """Something that happened, waiting in the lane of its room to be taken in."""

    lane: str
    work: Callable[[], Awaitable[None]]


class Ear:
    """Hears what happens. It lives as long as the channel, over all connections."""

    def __init__(self, news: News, line: GatewayLine, counts: Counter[str]) -> None:
        self._news = news
        self._line = line
        self._lanes = Lanes[Job](lambda job: job.work())
        self._order: asyncio.Queue[asyncio.Task[Job | None]] = asyncio.Queue(MOST_WAITING)
        self._asking = asyncio.Semaphore(AHEAD)
        self._sorter = asyncio.create_task(self._sort(), name="ear")
        self._counts = counts

    def hear(self, event: GatewayEvent) -> None:
        """Take an event. This never waits: whoever reads the events also brings the next connection."""
        if self._order.full():
            self._counts["lost"] += 1
            log.error("too much is waiting, an event is lost")
            return
        job = self._job(event)
        if job is not None:
            self._order.put_nowait(asyncio.create_task(job))

    async def close(self, within: float) -> None:
        """Let what was heard be taken in for so many seconds, then stop."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._order.join()
        self._sorter.cancel()
        with suppress(asyncio.CancelledError):
            await self._sorter
        while not self._order.empty():
            self._order.get_nowait().cancel()
        await self._lanes.close(within)

    def _job(self, event: GatewayEvent) -> Coroutine[None, None, Job | None] | None:
        """Return what is to be done about an event, as a coroutine that gives the job."""
        news, payload = self._news, event.payload
        room = str(payload.get("roomId", ""))
        if event.number == Happening.MESSAGE:
            return self._fetch(str(payload.get("messageId", "")))
        works = {
            Happening.ROOM_JOIN: (room, news.came),
            Happening.ROOM_LEAVE: (room, news.went),
            Happening.ROOM_TOPIC: (room, news.renamed),
            Happening.ROOM_INVITE: ("doors", news.invited),
            Happening.FRIENDSHIP: ("doors", news.befriended),
        }
        for number, (lane, work) in works.items():
            if event.number == number:
                return _given(lane, partial(work, payload))
        return None

    async def _sort(self) -> None:
        """Put what was heard into the lanes, in the order heard."""
        while True:
            task = await self._order.get()
            try:
                job = await task
                if job is not None:
                    await self._lanes.put(job.lane, job)
            finally:
                self._order.task_done()

    async def _fetch(self, message_id: str) -> Job | None:
        """Ask for a message, of which an event tells nothing but the id."""
        try:
            async with self._asking:
                payload = await self._line.ask(lambda gateway: gateway.message(message_id))
        except GatewayError as error:
            self._counts["lost"] += 1
            log.warning("message not readable", message=message_id, error=str(error))
            return None
        return Job(payload.room or payload.talker, partial(self._news.message, payload))


async def _given(lane: str, work: Callable[[], Awaitable[None]]) -> Job:
    return Job(lane, work)
