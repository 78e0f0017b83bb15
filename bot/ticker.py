"""The ticker: once a second what is due is fired, now and then the house is tidied. It keeps no jobs.

It sleeps by the loop's monotonic time: however the machine's clock is set, it looks again a second later.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.faults import stack
from bot.housekeeping import clear_away, tidy
from data.heartbeat import beat
from handlers.reminders import fire_next

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.channels.album import Album
    from bot.writer import Writer
    from data.domain.clock import Clock
    from data.store import Store
    from handlers.context import House

log = structlog.get_logger()
MOST_AT_ONCE = 200
EVERY = 1.0  # seconds
BEAT, TIDY = 60, 3600  # ticks


class Ticker:
    """Fires what is due: reminders are rows, the ticker only ticks."""

    def __init__(
        self,
        store: Store,
        house: House,
        clock: Clock,
        writer: Writer,
        *,
        album: Album,
        committed: Callable[[], None],
    ) -> None:
        self._store = store
        self._house = house
        self._clock = clock
        self._writer = writer
        self._album = album
        self._committed = committed
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to tick."""
        self._task = asyncio.create_task(self._run(), name="ticker")

    async def stop(self) -> None:
        """Stop ticking; what is being fired ends first."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        ticks = 0
        while True:
            await self.tick()
            await self._calmly("clearing away", self.clear_away)
            if ticks % BEAT == 0:
                await self._calmly("heartbeat", lambda: beat(self._store))
            if ticks % TIDY == TIDY - 1:
                await self._calmly("tidying", lambda: tidy(self._store, self._clock.now()))
            ticks += 1
            await asyncio.sleep(EVERY)

    async def tick(self) -> None:
        """Fire what is due, one reminder a transaction."""
        try:
            fired = await self._writer.run(self.fire)
        except Exception as error:  # noqa: BLE001  a reminder that fails is tried again at the next tick
            log.error(  # noqa: TRY400  a traceback would show what people said
                "reminder failed", error=type(error).__name__, stack=stack(error)
            )
            return
        if fired:
            self._committed()

    def clear_away(self) -> None:
        """Let what was deleted be gone from the disk, too."""
        clear_away(self._store, self._album)

    async def _calmly(self, what: str, work: Callable[[], None]) -> None:
        """Do what may wait: a store that takes nothing now is asked again later."""
        try:
            await self._writer.run(work)
        except (SQLAlchemyError, OSError) as error:
            log.warning("not done now, will be tried again", what=what, error=type(error).__name__)

    def fire(self) -> int:
        """Fire what is due now and return how many there were."""
        for count in range(MOST_AT_ONCE):
            with self._store.write() as uow:
                if not fire_next(self._house, uow, self._clock.now()):
                    return count
                uow.commit()
        return MOST_AT_ONCE
