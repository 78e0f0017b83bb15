"""The ticker: once a second what is due is fired, once an hour the house is tidied. It keeps no jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.faults import stack
from bot.housekeeping import tidy
from handlers.reminders import fire_next

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.writer import Writer
    from data.domain.clock import Clock
    from data.store import Store
    from handlers.context import House

log = structlog.get_logger()
MOST_AT_ONCE = 200


class Ticker:
    """Fires what is due: reminders are rows, the scheduler only ticks."""

    def __init__(
        self, store: Store, house: House, clock: Clock, writer: Writer, committed: Callable[[], None]
    ) -> None:
        self._store = store
        self._house = house
        self._clock = clock
        self._writer = writer
        self._committed = committed
        self._scheduler = AsyncIOScheduler(timezone=house.policy.work.zone)

    def start(self) -> None:
        """Begin to tick."""
        once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(self.tick, "interval", seconds=1, **once)
        self._scheduler.add_job(self.hourly, "interval", hours=1, **once)
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

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

    async def hourly(self) -> None:
        """Tidy the house."""
        await self._writer.run(tidy, self._store, self._clock.now())

    def fire(self) -> int:
        """Fire what is due now and return how many there were."""
        for count in range(MOST_AT_ONCE):
            with self._store.write() as uow:
                if not fire_next(self._house, uow, self._clock.now()):
                    return count
                uow.commit()
        return MOST_AT_ONCE
