"""The filters people saved: a name, and the query of the page it stands for."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import delete, select

from data.repositories.base import Repository, Upsert
from data.tables.filters import saved_filters

MOST = 30  # of one person
_KEEP = Upsert(saved_filters, key=("person_id", "name"), replace=("query",))


class Saved(NamedTuple):
    """A filter that somebody saved: its name, and the query it stands for."""

    name: str
    query: str


class Filters(Repository):
    """One's own filters of the desk."""

    def of(self, person_id: int) -> list[Saved]:
        """Return somebody's filters."""
        mine = select(saved_filters).where(saved_filters.c.person_id == person_id)
        return [Saved(row.name, row.query) for row in self.all(mine.order_by(saved_filters.c.id).limit(MOST))]

    def keep(self, person_id: int, name: str, query: str) -> bool:
        """Keep a filter under a name; return False if there are too many."""
        if len(self.of(person_id)) >= MOST:
            return False
        self.upsert(_KEEP, {"person_id": person_id, "name": name, "query": query})
        return True

    def drop(self, person_id: int, name: str) -> None:
        """Forget a filter."""
        mine = saved_filters.c.person_id == person_id, saved_filters.c.name == name
        self.run(delete(saved_filters).where(*mine))
