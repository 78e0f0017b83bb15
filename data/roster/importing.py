"""One import of a roster under way: rows brought in line, names looked up, what is wrong refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, and_, select, update

from data.domain.errors import InputError
from data.tables.organisations import organisations
from data.tables.people import people

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Area
    from data.domain.worktime import WorkTime
    from data.roster.read import Entry
    from data.uow import UnitOfWork


@dataclass(slots=True)
class Import:
    """One import under way."""

    uow: UnitOfWork
    source: str
    work: WorkTime
    now: datetime
    counts: Counter[str] = field(default_factory=Counter)
    seen: dict[tuple[str, ...], str] = field(default_factory=dict)
    named: dict[str, list[int]] = field(default_factory=dict)  # people of this file, by name
    mentioned: set[tuple[str, str]] = field(default_factory=set)  # accounts of this file
    move_rooms: bool = False  # rooms may go to another community

    def fail(self, entry: Entry, key: str, **values: Any) -> InputError:
        """Return the error of an entry: where it stands, what is wrong."""
        return InputError(self.source, entry.where, key, **values)

    def once(self, entry: Entry, what: str, *key: str) -> None:
        """Refuse something that an earlier entry of the file has claimed."""
        earlier = self.seen.setdefault((what, *key), entry.where)
        if earlier is not entry.where:
            raise self.fail(entry, "roster.twice", what=what, value=":".join(key), earlier=earlier)

    def sync(self, table: Table, key: dict[str, Any], values: dict[str, Any]) -> int:
        """Make the row under `key` hold `values`; return its id."""
        condition = and_(*(table.c[name] == value for name, value in key.items()))
        row = self.uow.connection.execute(select(table).where(condition)).first()
        if row is None:
            self.counts["added"] += 1
            return self.uow.people.add(table, {**key, **values})
        if any(getattr(row, name) != value for name, value in values.items()):
            self.counts["changed"] += 1
            self.uow.connection.execute(update(table).where(table.c.id == row.id).values(**values))
        else:
            self.counts["same"] += 1
        return int(row.id)

    def area(self, entry: Entry, code: str) -> Area:
        """Return the area that bears a code."""
        found = self.uow.areas.by_code(code)
        if found is None:
            raise self.fail(entry, "roster.unknown_area", code=code)
        return found

    def organisation(self, entry: Entry, name: str) -> int:
        """Return the organisation that bears a name."""
        statement = select(organisations.c.id).where(organisations.c.name == name)
        found = self.uow.connection.execute(statement).scalar()
        if found is None:
            raise self.fail(entry, "roster.unknown_organisation", name=name)
        return int(found)

    def person(self, entry: Entry, name: str) -> int:
        """Return the one person of the roster who goes by a name."""
        statement = select(people.c.id).where(people.c.name == name, people.c.on_roster == 1)
        ids = self.named.get(name) or list(self.uow.connection.execute(statement).scalars())
        if not ids:
            raise self.fail(entry, "roster.unknown_person", name=name)
        if len(ids) > 1:
            raise self.fail(entry, "roster.two_people", name=name)
        return ids[0]
