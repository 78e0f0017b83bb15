"""Who works on this store, and who holds what: all times are those of the database's clock (PostgreSQL)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, delete, func, or_, select, text, update

from data.repositories.base import Repository, Upsert
from data.tables.outbox import outbox
from data.tables.workers import leases, workers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

_NOW = func.clock_timestamp()
_SENDING = text("outbox.state IN ('queued', 'sending')"), outbox.c.state == "sending"
_STANDS = workers.c.until > _NOW
_TERM = func.make_interval(0, 0, 0, 0, 0, 0, bindparam("seconds"))
_SIGN_ON = Upsert(workers, key=("id",), replace=("place", "process", "leaving", "until"))
_PROLONG = update(workers).where(workers.c.id == bindparam("who"), _STANDS).values(until=_NOW + _TERM)
_TAKE = (
    update(leases)
    .where(
        leases.c.name == bindparam("lease"),
        leases.c.holder.is_distinct_from(bindparam("to")),
        or_(
            leases.c.holder.is_(None),
            leases.c.holder == bindparam("by"),
            leases.c.holder.not_in(select(workers.c.id)),
        ),
    )
    .values(holder=bindparam("to"), turns=leases.c.turns + 1)
)
_NEW = Upsert(leases)


class Worker(NamedTuple):
    """One bot that runs: where, and as which process."""

    id: str
    place: str
    process: str
    leaving: bool
    stands: bool  # by the database's clock


class Workers(Repository):
    """The bots that run on one store, and the leases by which they share the work."""

    def now(self) -> datetime:
        """Return the database's time."""
        moment: datetime = self.connection.execute(select(_NOW)).scalar_one()
        return moment

    def sign_on(self, worker: Worker, term: timedelta) -> None:
        """Let a worker stand for a while from now on."""
        now = self.now()
        row = {
            "id": worker.id,
            "place": worker.place,
            "process": worker.process,
            "leaving": worker.leaving,
            "began_at": now,
            "until": now + term,
        }
        self.upsert(_SIGN_ON, row)

    def prolong(self, who: str, term: timedelta) -> bool:
        """Let a worker stand for a while longer; return False if it was given up meanwhile."""
        return self.run(_PROLONG, who=who, seconds=term.total_seconds()) == 1

    def leave(self, who: str) -> None:
        """Note that a worker takes nothing any more; what it is sending is still its own."""
        self.run(update(workers).where(workers.c.id == who).values(leaving=True))

    def everybody(self) -> list[Worker]:
        """Return all workers that signed on and were not given up, those whose time is over too."""
        columns = workers.c.id, workers.c.place, workers.c.process, workers.c.leaving, _STANDS.label("stands")
        rows = self.all(select(*columns).order_by(workers.c.id))
        return [Worker(row.id, row.place, row.process, row.leaving, row.stands) for row in rows]

    def count(self) -> int:
        """Return how many workers stand."""
        statement = select(func.count()).select_from(workers).where(_STANDS)
        return int(self.connection.execute(statement).scalar_one())

    def give_up(self, ids: Iterable[str]) -> int | None:
        """Strike off workers that are no more; return how many messages are sent anew.

        None if somebody else has struck them off already.
        """
        gone = list(ids)
        if not self.run(delete(workers).where(workers.c.id.in_(gone))):
            return None
        self.run(update(leases).where(leases.c.holder.in_(gone)).values(holder=None))
        freed = update(outbox).where(*_SENDING, outbox.c.holder.in_(gone))
        return self.run(freed.values(state="queued", lease_until=None, holder=None))

    def free_orphans(self) -> int:
        """Let be sent anew what nobody who is known is sending; return how many messages."""
        known = select(workers.c.id)
        orphans = or_(outbox.c.holder.is_(None), outbox.c.holder.not_in(known))
        freed = update(outbox).where(*_SENDING, orphans)
        return self.run(freed.values(state="queued", lease_until=None, holder=None))

    def holders(self) -> dict[str, str]:
        """Return who holds what."""
        held = select(leases.c.name, leases.c.holder).where(leases.c.holder.is_not(None))
        return {row.name: row.holder for row in self.all(held)}

    def know(self, names: Iterable[str]) -> None:
        """Make leases known, held by nobody."""
        self.upsert(_NEW, [{"name": name, "holder": None, "turns": 0} for name in sorted(names)])

    def take(self, name: str, to: str, *, by: str) -> bool:
        """Give a lease that is free, or held by the one who asks; return whether it changed hands."""
        return self.run(_TAKE, lease=name, to=to, by=by) == 1
