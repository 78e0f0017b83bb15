"""The service roster: lawyers, judges, doctors, by the words one asks for them with."""

from __future__ import annotations

from sqlalchemy import select

from data.domain.people import Service
from data.repositories.base import Repository
from data.tables.shifts import services

_ALL = select(services).order_by(services.c.id)


class Services(Repository):
    """Who may be asked for. There are dozens, not thousands; looking up costs a query the first time only."""

    def all_of_them(self) -> tuple[Service, ...]:
        """Return the whole service roster."""
        if self.directory.services is None:
            self.directory.services = tuple(
                Service(row.id, row.name, tuple(row.words), row.person_id, row.area_id)
                for row in self.all(_ALL)
            )
        return self.directory.services
