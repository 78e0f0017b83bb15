"""Households, who lives in them, and who waits to be confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from data.domain.household import Household, Registration
from data.repositories.areas import Areas
from data.repositories.base import Repository
from data.tables.households import households, registrations, residents
from data.tables.people import people

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.engine import Row

_ONE = select(households).where(households.c.id == bindparam("id"))
_AT_DOOR = (
    select(households)
    .where(households.c.building_id == bindparam("building"), households.c.door == bindparam("door"))
    .order_by(households.c.id)
)
_WITHIN = (
    select(households)
    .where(households.c.building_id.in_(bindparam("buildings", expanding=True)))
    .order_by(households.c.id)
)
_NOW = residents.c.until.is_(None)
_OF_PERSON = (
    select(households)
    .join(residents, residents.c.household_id == households.c.id)
    .where(residents.c.person_id == bindparam("person"), _NOW)
)
_AS_CONTACT = (
    select(households).where(households.c.contact_id == bindparam("person")).order_by(households.c.id)
)
_RESIDENTS = (
    select(residents.c.person_id)
    .where(residents.c.household_id == bindparam("household"), _NOW)
    .order_by(residents.c.id)
)
_WAITING = registrations.c.answered_at.is_(None)
_OPEN_OF = select(registrations).where(registrations.c.person_id == bindparam("person"), _WAITING)
_OPEN_IN = (
    select(registrations)
    .where(registrations.c.building_id.in_(bindparam("buildings", expanding=True)), _WAITING)
    .order_by(registrations.c.id)
)


class Households(Repository):
    """Doors and who lives behind them: several people in one, each person in one."""

    def get(self, household_id: int) -> Household:
        """Return a household that exists."""
        return household_of(self.one(_ONE, id=household_id))

    def at_door(self, building_id: int, unit: str, door: str) -> list[Household]:
        """Return the households of a door; without the unit all those of the building that go by it."""
        found = [household_of(row) for row in self.all(_AT_DOOR, building=building_id, door=door)]
        return [one for one in found if one.unit == unit] or ([] if unit else found)

    def make(self, building_id: int, unit: str, door: str) -> Household:
        """Write down a door that no roster listed."""
        row: dict[str, Any] = {"building_id": building_id, "unit": unit, "door": door}
        return Household(id=self.add(households, row), **row)

    def within(self, area_ids: Iterable[int]) -> list[Household]:
        """Return the households in some areas, all that lies within them included."""
        buildings = self._buildings(area_ids)
        return [household_of(row) for row in self.all(_WITHIN, buildings=buildings)]

    def of_person(self, person_id: int) -> Household | None:
        """Return the household somebody is confirmed to live in."""
        row = self.first(_OF_PERSON, person=person_id)
        return household_of(row) if row else None

    def home(self, person_id: int) -> Household | None:
        """Return where somebody lives: confirmed, else the only household whose contact they are."""
        found = self.of_person(person_id)
        if found is not None:
            return found
        rows = self.all(_AS_CONTACT, person=person_id)
        return household_of(rows[0]) if len(rows) == 1 else None

    def residents(self, household_id: int) -> list[int]:
        """Return the people who live in a household, those confirmed first first."""
        return [row.person_id for row in self.all(_RESIDENTS, household=household_id)]

    def living_in(self, area_ids: Iterable[int]) -> dict[int, list[str]]:
        """Return the names of those who live in each household of some areas."""
        buildings = self._buildings(area_ids)
        found = (
            select(residents.c.household_id, people.c.name)
            .join(households, households.c.id == residents.c.household_id)
            .join(people, people.c.id == residents.c.person_id)
            .where(households.c.building_id.in_(buildings), _NOW)
            .order_by(residents.c.id)
        )
        names: dict[int, list[str]] = {}
        for row in self.all(found):
            names.setdefault(row.household_id, []).append(row.name)
        return names

    def settle(self, household_id: int, person_id: int, at: datetime, by_id: int | None) -> bool:
        """Let somebody live in a household, and in no other any more; return whether that is new."""
        here = self.of_person(person_id)
        if here is not None and here.id == household_id:
            return False
        self.leave(person_id, at)
        row = {"household_id": household_id, "person_id": person_id, "since": at, "confirmed_by_id": by_id}
        self.add(residents, row)
        return True

    def leave(self, person_id: int, at: datetime) -> bool:
        """Let somebody live nowhere that is known; return whether they lived somewhere."""
        mine = residents.c.person_id == person_id, _NOW
        return self.run(update(residents).where(*mine).values(until=at)) > 0

    def register(self, account_id: int, person_id: int, where: Household, at: datetime) -> Registration:
        """Write down where somebody says they live; what they said before lapses."""
        mine = registrations.c.person_id == person_id, _WAITING
        self.run(update(registrations).where(*mine).values(answered_at=at))
        row: dict[str, Any] = {
            "person_id": person_id,
            "account_id": account_id,
            "building_id": where.building_id,
            "unit": where.unit,
            "door": where.door,
            "asked_at": at,
        }
        return Registration(id=self.add(registrations, row), **row)

    def registration(self, registration_id: int) -> Registration | None:
        """Return a registration, answered or not; None if it is gone with its person."""
        row = self.first(select(registrations).where(registrations.c.id == registration_id))
        return _registration(row) if row else None

    def waiting_of(self, person_id: int) -> Registration | None:
        """Return the registration of somebody that waits."""
        row = self.first(_OPEN_OF, person=person_id)
        return _registration(row) if row else None

    def waiting_in(self, area_ids: Iterable[int]) -> list[Registration]:
        """Return the registrations that wait for some areas, the oldest first."""
        return [_registration(row) for row in self.all(_OPEN_IN, buildings=self._buildings(area_ids))]

    def answer(self, registration_id: int, by_id: int, at: datetime, *, confirmed: bool) -> None:
        """Note how a registration was answered, and by whom."""
        values = {"answered_at": at, "answered_by_id": by_id, "confirmed": int(confirmed)}
        self.run(update(registrations).where(registrations.c.id == registration_id).values(**values))

    def forget(self, person_id: int) -> None:
        """Delete where somebody lives and said they live."""
        self.run(delete(residents).where(residents.c.person_id == person_id))
        self.run(delete(registrations).where(registrations.c.person_id == person_id))
        mine = update(households).where(households.c.contact_id == person_id)
        self.run(mine.values(contact_id=None))

    def hand_over(self, from_id: int, to_id: int) -> None:
        """Let what is known of one person's home be another's, who turns out to be the same."""
        if self.of_person(to_id) is not None:
            self.run(delete(residents).where(residents.c.person_id == from_id))
        for table in (residents, registrations):
            self.run(update(table).where(table.c.person_id == from_id).values(person_id=to_id))

    def _buildings(self, area_ids: Iterable[int]) -> list[int]:
        areas = Areas(self.connection, self.directory)
        return list(dict.fromkeys(b for a in area_ids for b in (a, *(inner.id for inner in areas.below(a)))))


def household_of(row: Row[Any]) -> Household:
    """Return the household that a row holds."""
    return Household(row.id, row.building_id, row.unit, row.door, row.area, row.contact_id)


def _registration(row: Row[Any]) -> Registration:
    return Registration(
        row.id,
        row.person_id,
        row.account_id,
        row.building_id,
        row.unit,
        row.door,
        row.asked_at,
        row.answered_at,
    )
