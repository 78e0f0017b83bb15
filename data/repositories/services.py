"""The service roster: lawyers, judges, doctors, by the words one asks for them with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from data.repositories.base import Repository
from data.tables.governance import services

if TYPE_CHECKING:
    from sqlalchemy.engine import Row

_ALL = select(services).order_by(services.c.id)


class Service(NamedTuple):
    """Somebody who helps with one sort of thing in an area (None: everywhere)."""

    id: int
    name: str
    words: tuple[str, ...]
    person_id: int
    area_id: int | None


class Services(Repository):
    """Who may be asked for. There are dozens, not thousands."""

    def all_of_them(self) -> list[Service]:
        """Return the whole service roster."""
        return [_service(row) for row in self.all(_ALL)]


def _service(row: Row[Any]) -> Service:
    return Service(row.id, row.name, tuple(row.words), row.person_id, row.area_id)
