"""Lanes: within a room one thing after another, the rooms side by side."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog

from bot.faults import stack

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")
MOST_WAITING = 5_000  # of all lanes; beyond them whoever puts something in waits

log = structlog.get_logger()


class Lanes(Generic[T]):
    """A queue for each room that has something to do, worked off by a task of its own."""

    def __init__(self, work: Callable[[T], Awaitable[None]]) -> None:
        self._work = work
        self._lanes: dict[str, deque[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(MOST_WAITING)

    async def put(self, lane: str, item: T) -> None:
        """Let something be done after everything else in its lane."""
        await self._room.acquire()
        waiting = self._lanes.get(lane)
        if waiting is not None:
            waiting.append(item)
            return
        self._lanes[lane] = deque([item])
        task = asyncio.create_task(self._run(lane), name=f"lane {lane}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, within: float) -> None:
        """Let what waits be done for so many seconds, then drop it."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=within)
        for task in late:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self, lane: str) -> None:
        waiting = self._lanes[lane]
        while waiting:
            try:
                await self._work(waiting[0])
            except Exception as error:  # noqa: BLE001  one bad message never stops a room
                log.error(  # noqa: TRY400  a traceback would show what people said
                    "message lost", lane=lane, error=type(error).__name__, stack=stack(error)
                )
            finally:
                waiting.popleft()
                self._room.release()
        del self._lanes[lane]
