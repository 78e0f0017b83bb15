"""Organisations: departments, property companies, committees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from data.domain.people import Organisation
from data.repositories.base import Repository
from data.tables.organisations import organisations

if TYPE_CHECKING:
    from sqlalchemy.engine import Row


_ORGANISATION = select(organisations).where(organisations.c.id == bindparam("id"))
_ORGANISATIONS = select(organisations).order_by(organisations.c.id)


class Organisations(Repository):
    """Departments, property companies, committees, service teams."""

    def get(self, organisation_id: int) -> Organisation:
        """Return an organisation that exists."""
        if organisation_id not in self.directory.organisations:
            row = self.one(_ORGANISATION, id=organisation_id)
            self.directory.organisations[organisation_id] = _organisation(row)
        return self.directory.organisations[organisation_id]

    def all_of_them(self) -> list[Organisation]:
        """Return every organisation; there are dozens, not thousands."""
        return [_organisation(row) for row in self.all(_ORGANISATIONS)]

    def public_phone(self, organisation_id: int) -> str:
        """Return the number that anybody may be told; empty if there is none."""
        row = self.one(_ORGANISATION, id=organisation_id)
        return row.phone if row.public else ""


def _organisation(row: Row[Any]) -> Organisation:
    return Organisation(row.id, row.name, row.kind, row.area_id, tuple(row.aliases))
