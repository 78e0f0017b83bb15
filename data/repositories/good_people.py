"""Good people (好人)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from data.domain.good_person import GoodPerson
from data.repositories.base import Repository
from data.repositories.counters import next_number
from data.tables.good_people import good_people

if TYPE_CHECKING:
    from datetime import datetime


class GoodPeople(Repository):
    """Whom neighbours thank, and the list of each month."""

    def praise(self, *, community_id: int, name: str, words: str, by_id: int, at: datetime) -> GoodPerson:
        """Write down a good person, under the next number."""
        row: dict[str, Any] = {
            "community_id": community_id,
            "number": next_number(self, community_id, "good_person"),
            "name": name,
            "words": words,
            "by_id": by_id,
            "at": at,
        }
        return GoodPerson(id=self.add(good_people, row), **row)

    def numbered(self, community_id: int, number: int) -> GoodPerson | None:
        """Return the good person with that number in a community."""
        here = good_people.c.community_id == community_id, good_people.c.number == number
        row = self.first(select(good_people).where(*here))
        return GoodPerson(**row._mapping) if row else None

    def publish(self, good_id: int, at: datetime) -> bool:
        """Put a good person on the month's list; False if they are on one."""
        mine = good_people.c.id == good_id, good_people.c.published_at.is_(None)
        return self.run(update(good_people).where(*mine).values(published_at=at)) == 1

    def rename(self, good_id: int, name: str) -> None:
        """Call a good person otherwise on the list: as they wish."""
        self.run(update(good_people).where(good_people.c.id == good_id).values(name=name))

    def unpublished(self, community_id: int) -> list[GoodPerson]:
        """Return the good people of a community on no list yet."""
        here = good_people.c.community_id == community_id, good_people.c.published_at.is_(None)
        rows = self.all(select(good_people).where(*here).order_by(good_people.c.id))
        return [GoodPerson(**row._mapping) for row in rows]

    def published(self, community_id: int, start: datetime, end: datetime) -> list[GoodPerson]:
        """Return the good people on a community's list of some time."""
        there = (
            good_people.c.community_id == community_id,
            good_people.c.published_at >= start,
            good_people.c.published_at < end,
        )
        rows = self.all(select(good_people).where(*there).order_by(good_people.c.id))
        return [GoodPerson(**row._mapping) for row in rows]
