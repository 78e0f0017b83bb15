"""The ticker: once a second what is due is fired, now and then the house is tidied. It keeps no jobs.

APScheduler ticks, by the machine's clock; a watch beside it goes by monotonic time: where a clock that was
set back would let the scheduler sleep until the old time comes, it is woken within two looks.
"""

from __future__ import annotations

import asyncio
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING, Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.faults import stack
from bot.housekeeping import clear_away, tidy
from bot.worker_shift import ALONE
from data.heartbeat import beat
from handlers.reminders import fire_next, look_ahead

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.channels.album import Album
    from bot.worker_shift import WorkerShift
    from bot.writer import Writer
    from data.domain.clock import Clock
    from data.store import Store
    from handlers.context import House
    from handlers.reminders import Ahead

log = structlog.get_logger()
MOST_AT_ONCE = 200
LONGEST = 0.03  # seconds for which things are fired before others have the writer
LOOKING = 0.05  # seconds after which nothing more is looked up before what was is told
MOST_ROUNDS = 2_000  # of one tick
LOOK = 1.5  # seconds between two looks of the watch
JOBS = {"tick": 1, "beat": 60, "tidy": 3600}  # seconds between two runs
ONCE: dict[str, Any] = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


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
        shift: WorkerShift = ALONE,
        stopwatch: Callable[[], float] = perf_counter,
    ) -> None:
        self._shift = shift
        self._store = store
        self._house = house
        self._clock = clock
        self._writer = writer
        self._album = album
        self._committed = committed
        self._stopwatch = stopwatch
        self._scheduler = AsyncIOScheduler(timezone=house.policy.work.zone)
        self._watch: asyncio.Task[None] | None = None
        self._ticks = 0
        self._firing = asyncio.Lock()

    def start(self) -> None:
        """Begin to tick."""
        for name, work in (
            ("tick", self._every_second),
            ("beat", self._every_minute),
            ("tidy", self._every_hour),
        ):
            self._scheduler.add_job(work, "interval", seconds=JOBS[name], id=name, **ONCE)
        self._scheduler.start()
        self._watch = asyncio.create_task(self._look_after(), name="ticker")

    async def stop(self) -> None:
        """Stop ticking; what is being fired ends first."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.pause()
        async with self._firing:
            log.debug("the ticker stands still")
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _look_after(self) -> None:
        """Beat once at the start; then wake the scheduler whenever it has overslept."""
        await self._every_minute()
        while True:
            seen = self._ticks
            await asyncio.sleep(LOOK)
            if self._ticks == seen and not self._firing.locked():
                log.warning("the clock was set, ticking anew")
                for name, seconds in JOBS.items():
                    self._scheduler.reschedule_job(name, trigger="interval", seconds=seconds)

    async def _every_second(self) -> None:
        self._ticks += 1
        if not self._shift.ticks:  # another worker does
            return
        async with self._firing:
            await self.tick()
            await self._calmly("clearing away", self.clear_away)

    async def _every_minute(self) -> None:
        await self._calmly("heartbeat", lambda: beat(self._store))

    async def _every_hour(self) -> None:
        if self._shift.ticks:
            await self._calmly("tidying", lambda: tidy(self._store, self._clock.now()))

    async def tick(self) -> None:
        """Fire what is due, one reminder a transaction; whoever waits for the writer comes in between.

        What has to be looked up for it is, in a thread that only reads: nobody waits for that.
        """
        try:
            for _ in range(MOST_ROUNDS):
                ahead = await asyncio.to_thread(self.look_ahead)
                if ahead is None:
                    return
                await self._writer.run(self.fire, LONGEST, ahead)
                self._committed()
        except OperationalError as error:  # a full disk, a server that is away: no reminder's fault
            log.warning("not done now, will be tried again", what="reminders", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001  a reminder that fails is tried again at the next tick
            log.error(  # noqa: TRY400  a traceback would show what people said
                "reminder failed", error=type(error).__name__, stack=stack(error)
            )

    def clear_away(self) -> None:
        """Let what was deleted be gone from the disk, too."""
        clear_away(self._store, self._album)

    async def _calmly(self, what: str, work: Callable[[], None]) -> None:
        """Do what may wait: a store that takes nothing now is asked again later."""
        try:
            await self._writer.run(work)
        except (SQLAlchemyError, OSError) as error:
            log.warning("not done now, will be tried again", what=what, error=type(error).__name__)

    def fire(self, longest: float = inf, ahead: Ahead | None = None) -> int:
        """Fire what is due now, for so many seconds at most, and return how many there were.

        With what was looked up `ahead`, until something was not. One more is not begun if, taking as long
        as those before, it would end too late: on a slow disk each takes 20 ms.
        """
        if not self._any_due():  # looking holds nobody up, writing would
            return 0
        began = self._stopwatch()
        for count in range(MOST_AT_ONCE):
            if count and (self._stopwatch() - began) * (count + 1) / count > longest:
                return count
            with self._store.write() as uow:
                if not fire_next(self._house, uow, self._clock.now(), ahead):
                    return count
                uow.commit()
        return MOST_AT_ONCE

    def look_ahead(self) -> Ahead | None:
        """Look up what is due soonest, for as long as it may take; None if nothing is due."""
        began = self._stopwatch()
        with self._store.read() as uow:
            return look_ahead(
                self._house, uow, self._clock.now(), lambda: self._stopwatch() - began > LOOKING
            )

    def _any_due(self) -> bool:
        with self._store.read() as uow:
            due = uow.reminders.next_due()
        return due is not None and due <= self._clock.now()
