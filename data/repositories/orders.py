"""Orders of the city's hotline: what was taken in, the deadlines they set, what their callers answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, insert, or_, select, update

from data.domain.order import KeptOrder
from data.repositories.areas import Areas
from data.repositories.base import Repository
from data.repositories.scopes import whose
from data.tables.cases import cases
from data.tables.orders import orders

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from data.domain.figures import Scope
    from data.domain.order import NewOrder

_BY_NUMBER = select(orders).where(orders.c.number == bindparam("number"))
_OF_CASE = select(orders).where(orders.c.case_id == bindparam("case")).order_by(orders.c.number)
_DUE = select(func.min(orders.c.deadline, type_=orders.c.deadline.type)).where(
    orders.c.case_id == bindparam("case")
)
_AT_ONCE = 500  # numbers in one question


class Orders(Repository):
    """The orders by their numbers."""

    def get(self, number: str) -> KeptOrder | None:
        """Return the order with a number, None if it was never taken in."""
        row = self.first(_BY_NUMBER, number=number)
        return KeptOrder(**row._mapping) if row else None

    def known(self, numbers: Sequence[str]) -> set[str]:
        """Return which of some numbers were taken in already."""
        found: set[str] = set()
        for start in range(0, len(numbers), _AT_ONCE):
            asked = orders.c.number.in_(numbers[start : start + _AT_ONCE])
            found |= {row.number for row in self.all(select(orders.c.number).where(asked))}
        return found

    def count(self) -> int:
        """Return how many orders were taken in."""
        return int(self.connection.execute(select(func.count()).select_from(orders)).scalar_one())

    def of_case(self, case_id: int) -> list[KeptOrder]:
        """Return the orders about a case."""
        return [KeptOrder(**row._mapping) for row in self.all(_OF_CASE, case=case_id)]

    def due(self, case_id: int) -> datetime | None:
        """Return the first of the deadlines that orders set for a case, None if none did."""
        found: datetime | None = self.scalar(_DUE, case=case_id)
        return found

    def take_in(self, new: Sequence[NewOrder]) -> None:
        """Write orders down."""
        if new:
            self.connection.execute(insert(orders), list(new))

    def answer(self, number: str, digit: int, at: datetime) -> None:
        """Write down what the caller of an order answered (1-5)."""
        self.run(update(orders).where(orders.c.number == number).values(digit=digit, answered_at=at))

    def answers(self, scope: Scope, start: datetime, end: datetime) -> dict[int, int]:
        """Count the answers that callers gave in a period, by digit."""
        here = whose(scope, Areas(self.connection, self.directory))
        statement = (
            select(orders.c.digit, func.count())
            .join(cases, cases.c.id == orders.c.case_id)
            .where(here, orders.c.answered_at >= start, orders.c.answered_at < end)
            .group_by(orders.c.digit)
        )
        return {digit: int(count) for digit, count in self.connection.execute(statement)}

    def since(self, at: datetime | None) -> Iterator[KeptOrder]:
        """Yield the orders that came in, were resolved or answered since then (None: all), by number."""
        statement = select(orders).join(cases, cases.c.id == orders.c.case_id).order_by(orders.c.number)
        if at is not None:
            moved = orders.c.taken_in_at, orders.c.answered_at, cases.c.resolved_at
            statement = statement.where(or_(*(column >= at for column in moved)))
        return (KeptOrder(**row._mapping) for row in self.connection.execute(statement))
