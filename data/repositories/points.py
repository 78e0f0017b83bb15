"""The ledger of points: append-only, the balance is its sum; goods leave the store with it.

Whoever writes holds the counter's row of the community until the end of the transaction, so that of several
writers (PostgreSQL) none spends what another is just spending, and the last piece of a good goes once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from data.domain.volunteering import Exchange, ExchangeState, LedgerEntry
from data.repositories.base import Repository, Upsert
from data.repositories.counters import next_number
from data.tables.volunteering import exchanges, points, points_shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.engine import Row

    from data.domain.community import Good

_SHOWN = Upsert(points_shown, key=("person_id",), replace=("shown",))


class Points(Repository):
    """The ledger of points, balances, and what they were exchanged for."""

    def balance(self, community_id: int, person_id: int) -> int:
        """Return somebody's points in a community: the sum of their entries."""
        mine = points.c.community_id == community_id, points.c.person_id == person_id
        total = select(func.coalesce(func.sum(points.c.amount), 0)).where(*mine)
        return int(self.connection.execute(total).scalar_one())

    def write(
        self,
        community_id: int,
        person_id: int,
        amount: int,
        *,
        at: datetime,
        why: str,
        source: str,
        giver_id: int | None = None,
    ) -> bool:
        """Write an entry; return False, and write none, where the balance would fall below zero."""
        self._lock(community_id)
        if amount < 0 and self.balance(community_id, person_id) + amount < 0:
            return False
        row = {
            "community_id": community_id,
            "person_id": person_id,
            "at": at,
            "amount": amount,
            "why": why,
            "giver_id": giver_id,
            "source": source,
        }
        self.add(points, row)
        return True

    def entries(self, community_id: int, person_id: int, most: int = 8) -> list[LedgerEntry]:
        """Return somebody's last entries, the newest first."""
        mine = points.c.community_id == community_id, points.c.person_id == person_id
        rows = self.all(select(points).where(*mine).order_by(points.c.id.desc()).limit(most))
        return [_entry(row) for row in rows]

    def everything(self) -> list[LedgerEntry]:
        """Return the whole ledger, the oldest entry first."""
        return [_entry(row) for row in self.all(select(points).order_by(points.c.id))]

    def given(self, giver_id: int, person_id: int, since: datetime, *, taken: bool = False) -> int:
        """Return how many points a giver has given somebody by hand since then (or taken)."""
        by_hand = (
            points.c.giver_id == giver_id,
            points.c.person_id == person_id,
            points.c.source == "given",
            points.c.at >= since,
            points.c.amount < 0 if taken else points.c.amount > 0,
        )
        total = select(func.coalesce(func.sum(points.c.amount), 0)).where(*by_hand)
        return abs(int(self.connection.execute(total).scalar_one()))

    def total(self, community_id: int, start: datetime, end: datetime) -> int:
        """Return how many points were given in a community in a span of time."""
        there = points.c.community_id == community_id, points.c.at >= start, points.c.at < end
        given = points.c.amount > 0, points.c.source.not_like("exchange:%")
        total = select(func.coalesce(func.sum(points.c.amount), 0)).where(*there, *given)
        return int(self.connection.execute(total).scalar_one())

    def show(self, person_id: int, *, shown: bool) -> None:
        """Let somebody's points be seen by all, or not any more."""
        self.upsert(_SHOWN, {"person_id": person_id, "shown": shown})

    def best(self, community_id: int, most: int) -> list[tuple[int, int]]:
        """Return who of those who let it be seen has most points: person and balance."""
        total = func.sum(points.c.amount)
        statement = (
            select(points.c.person_id, total.label("total"))
            .join(points_shown, points_shown.c.person_id == points.c.person_id)
            .where(points.c.community_id == community_id, points_shown.c.shown.is_(True))
            .group_by(points.c.person_id)
            .having(total > 0)
            .order_by(total.desc(), points.c.person_id)
            .limit(most)
        )
        return [(row.person_id, int(row.total)) for row in self.all(statement)]

    # goods

    def left(self, community_id: int, good: Good) -> int:
        """Return how many pieces of a good are left."""
        gone = (
            exchanges.c.community_id == community_id,
            exchanges.c.good == good.name,
            exchanges.c.state != ExchangeState.CANCELLED.value,
        )
        taken = self.connection.execute(select(func.count()).select_from(exchanges).where(*gone)).scalar_one()
        return max(good.stock - int(taken), 0)

    def exchange(self, community_id: int, person_id: int, good: Good, at: datetime) -> Exchange | None:
        """Reserve a piece of a good for its points; None where no piece, or too few points, are left."""
        self._lock(community_id)
        if self.left(community_id, good) < 1 or self.balance(community_id, person_id) < good.price:
            return None
        number = next_number(self, community_id, "exchange")
        row: dict[str, Any] = {
            "community_id": community_id,
            "number": number,
            "person_id": person_id,
            "good": good.name,
            "price": good.price,
            "at": at,
        }
        made = Exchange(
            id=self.add(exchanges, {**row, "state": ExchangeState.RESERVED.value}),
            **row,
        )
        self.write(community_id, person_id, -good.price, at=at, why=good.name, source=f"exchange:{number}")
        return made

    def exchange_numbered(self, community_id: int, number: int) -> Exchange | None:
        """Return the exchange with that number in a community."""
        here = exchanges.c.community_id == community_id, exchanges.c.number == number
        row = self.first(select(exchanges).where(*here))
        return _exchange(row) if row else None

    def settle(self, exchange: Exchange, state: ExchangeState, *, at: datetime) -> bool:
        """Hand a reserved good out, or cancel it and give the points back; False if it was settled before."""
        self._lock(exchange.community_id)
        mine = exchanges.c.id == exchange.id, exchanges.c.state == ExchangeState.RESERVED.value
        if self.run(update(exchanges).where(*mine).values(state=state.value)) == 0:
            return False
        if state is ExchangeState.CANCELLED:
            self.write(
                exchange.community_id,
                exchange.person_id,
                exchange.price,
                at=at,
                why=exchange.good,
                source=f"exchange:{exchange.number}",
            )
        return True

    def exchanges_of(self, community_id: int, person_id: int | None = None) -> Iterable[Exchange]:
        """Return the exchanges that wait to be handed out, of one person or of all."""
        waiting = exchanges.c.community_id == community_id, exchanges.c.state == ExchangeState.RESERVED.value
        statement = select(exchanges).where(*waiting).order_by(exchanges.c.number)
        if person_id is not None:
            statement = statement.where(exchanges.c.person_id == person_id)
        return [_exchange(row) for row in self.all(statement)]

    def _lock(self, community_id: int) -> None:
        next_number(self, community_id, "points")


def _entry(row: Row[Any]) -> LedgerEntry:
    return LedgerEntry(**row._mapping)


def _exchange(row: Row[Any]) -> Exchange:
    return Exchange(**{**row._mapping, "state": ExchangeState(row.state)})
