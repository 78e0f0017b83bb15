"""Paired households (联户): who looks after which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from data.domain.pair import Pair
from data.repositories.base import Repository, Upsert
from data.tables.pairs import pairs

if TYPE_CHECKING:
    from collections.abc import Collection


_PAIR = Upsert(pairs)


class Pairs(Repository):
    """Somebody and the households they look after."""

    def pair(self, person_id: int, household_id: int) -> bool:
        """Let somebody look after a household; return whether that is new."""
        return self.upsert(_PAIR, {"person_id": person_id, "household_id": household_id}) == 1

    def part(self, person_id: int, household_id: int) -> None:
        """Let somebody look after a household no more."""
        mine = pairs.c.person_id == person_id, pairs.c.household_id == household_id
        self.run(delete(pairs).where(*mine))

    def of_person(self, person_id: int) -> list[Pair]:
        """Return the households somebody looks after."""
        rows = self.all(select(pairs).where(pairs.c.person_id == person_id).order_by(pairs.c.id))
        return [Pair(**row._mapping) for row in rows]

    def contact_of(self, household_id: int) -> int | None:
        """Return who looks after a household."""
        mine = select(pairs).where(pairs.c.household_id == household_id).order_by(pairs.c.id)
        row = self.first(mine)
        return row.person_id if row else None

    def everything(self) -> list[Pair]:
        """Return all pairs there are."""
        return [Pair(**row._mapping) for row in self.all(select(pairs).order_by(pairs.c.id))]

    def paired_with(self, people: Collection[int]) -> int:
        """Return how many households some people look after."""
        mine = pairs.c.person_id.in_(people)
        statement = select(func.count(pairs.c.household_id.distinct())).where(mine)
        return int(self.connection.execute(statement).scalar_one())
