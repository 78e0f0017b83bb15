"""The roll: a worker's beat in the store, by which it stays one, and shares the work with the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4

import structlog
from sqlalchemy import text

from bot.workers import process
from bot.workers.shares import ROOMS, TICKER, best
from data.repositories.workers import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from data.repositories.workers import Workers
    from data.store import Store

log = structlog.get_logger()
TERM = timedelta(seconds=9)  # how long a worker stands without a beat
BEAT = 2.0  # seconds between two beats
FAIR = 5.0  # seconds that the store must have answered us, before another's silence is its own fault
_PATIENCE = text("SET LOCAL lock_timeout = '2s'")


@dataclass(frozen=True, slots=True)
class Roll:
    """Who works and who holds what, as seen at one beat."""

    holders: Mapping[str, str] = field(default_factory=dict)
    workers: frozenset[str] = frozenset()


class RollKeeper:
    """Keeps one worker on the roll; its methods talk to the store and take their time."""

    def __init__(
        self, store: Store, singles: Iterable[str], *, ticks: Callable[[], float] = monotonic
    ) -> None:
        where = process.place()
        me = uuid4().hex[:12]
        self.me = me
        self._store = store
        self._ticks = ticks
        self._names = (TICKER, *sorted(singles), *ROOMS)
        self._self = Worker(me, where or me, process.process() or me, leaving=False, stands=True)
        self._began = ticks()  # of the beats that went well one after the other
        self._last = float("-inf")
        self.roll = Roll()

    @property
    def stands(self) -> bool:
        """Whether this worker is one, for all it knows: its last beat is not too long ago."""
        return self._ticks() - self._last < TERM.total_seconds() - 1

    def sign_on(self) -> bool:
        """Become a worker; return whether anything changed hands."""
        with self._store.write(beside=True) as uow:
            uow.workers.know(self._names)
            uow.workers.sign_on(self._self, TERM)
            if freed := uow.workers.free_orphans():
                log.info("what was being sent will be sent again", messages=freed)
            uow.commit()
        return self.beat()

    def beat(self) -> bool:
        """Stay a worker, and take and give what should change hands; return whether anything did."""
        began = self._ticks()
        if began - self._last > 3 * BEAT:  # it was us who were away
            self._began = began
        with self._store.write(beside=True) as uow:  # by itself: nothing may hold it up
            if not uow.workers.prolong(self.me, TERM):
                uow.workers.sign_on(self._self, TERM)
            uow.commit()
        self._last = began
        with self._store.write(beside=True) as uow:
            uow.connection.execute(_PATIENCE)
            moved = self._share(uow.workers)
            uow.commit()
        return moved

    def leave(self) -> None:
        """Hand everything over to the others; what is being sent is still ours to mark."""
        self._self = self._self._replace(leaving=True)
        with self._store.write(beside=True) as uow:
            uow.workers.leave(self.me)
            uow.commit()
        self.beat()

    def sign_off(self) -> None:
        """Take this worker off the roll and give up what it holds."""
        with self._store.write(beside=True) as uow:
            uow.workers.give_up([self.me])
            uow.commit()

    def _share(self, workers: Workers) -> bool:
        everybody = workers.everybody()
        gone = {one.id for one in everybody if one.id != self.me and self._is_gone(one)}
        freed = workers.give_up(gone) if gone else None
        if freed is not None:
            log.warning("a worker is no more", workers=sorted(gone), messages_sent_anew=freed)
        here = [one.id for one in everybody if one.id not in gone]
        willing = [one.id for one in everybody if one.id not in gone and not one.leaving]
        holders = workers.holders()
        moved = bool(gone)
        for name in self._names:
            to = self._next(name, holders.get(name), here, willing)
            if to is not None and workers.take(name, to, by=self.me):
                holders[name] = to
                moved = True
        self.roll = Roll(holders, frozenset(here))
        return moved

    def _is_gone(self, worker: Worker) -> bool:
        """Whether a worker has ended. Its silence says so only where the store answered us meanwhile."""
        if process.is_gone(worker.place, worker.process):
            return True
        return not worker.stands and self._ticks() - self._began >= FAIR

    def _next(self, name: str, holder: str | None, here: list[str], willing: list[str]) -> str | None:
        """Return to whom we give a lease now, None to leave it where it is."""
        suits = best(name, willing)
        if holder is None or holder not in here:
            return suits if suits == self.me else None
        if holder != self.me or suits in (None, self.me):
            return None
        if name in ROOMS or self.me not in willing:  # a channel that is logged in stays where it is
            return suits
        return None
