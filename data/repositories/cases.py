"""Cases: opened, found by number, saved with an optimistic lock."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, bindparam, func, or_, select, text, update

from data.domain.case import Case, Gist, Grade, Place, State, Supervision, Unclaimed
from data.domain.errors import UserError
from data.domain.snapshot import ENUMS, plain
from data.repositories.base import Repository
from data.repositories.counters import next_number
from data.tables.appeals import appeals
from data.tables.cases import cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Select, TextClause
    from sqlalchemy.engine import Row
    from typing_extensions import Unpack

    from data.domain.case import Source, Urgency


# The very words of the partial index, so that SQLite knows it may use it.
IS_OPEN = text("cases.state IN ('reported', 'accepted', 'assigned', 'in_progress', 'deferred')")
IS_NOBODYS = text("cases.handler_id IS NULL AND cases.assignee_id IS NULL AND cases.assignee_org_id IS NULL")
# A case whose building nobody named may lie in any; so may what is compared with it.
MAY_BE_IN_BUILDING = or_(
    cases.c.building.is_(None),
    bindparam("building", type_=cases.c.building.type).is_(None),
    cases.c.building == bindparam("building"),
)

FIELDS = tuple(field.name for field in fields(Case))
PLACE = ("building", "unit", "floor", "door", "spot", "compound")
_BY_ID = select(cases).where(cases.c.id == bindparam("id"))
_BY_NUMBER = select(cases).where(
    cases.c.community_id == bindparam("community"), cases.c.number == bindparam("number")
)
GIST = (cases.c.id, cases.c.summary, *(cases.c[part] for part in PLACE))
_OPEN_HERE = (
    select(*GIST)
    .where(
        IS_OPEN,
        cases.c.area_id == bindparam("area"),
        cases.c.category == bindparam("category"),
        cases.c.dispute.is_(False),
        cases.c.grade != Grade.PRIVATE.value,
        MAY_BE_IN_BUILDING,
    )
    .order_by(cases.c.id.desc())
    .limit(bindparam("most"))
)
_OF_PERSON = (
    select(cases)
    .where(cases.c.id.in_(select(appeals.c.case_id).where(appeals.c.person_id == bindparam("person"))))
    .order_by(cases.c.id.desc())
    .limit(bindparam("most"))
)
_RAISED_IN = (
    select(cases)
    .join(appeals, appeals.c.case_id == cases.c.id)
    .where(
        appeals.c.room_id == bindparam("room"),
        appeals.c.last_line_at >= bindparam("since"),
        appeals.c.withdrawn.is_(False),
    )
    .order_by(appeals.c.last_line_at.desc(), appeals.c.id.desc())
    .limit(bindparam("most"))
)
_SAVE = (
    update(cases)
    .where(cases.c.id == bindparam("b_id"), cases.c.version == bindparam("b_version"))
    .values({c.name: bindparam(c.name) for c in cases.c if c.name not in ("id", "community_id", "number")})
)


_DUE_FIRST = cases.c.resolve_by, cases.c.accept_by, cases.c.id
_MOST = bindparam("most", type_=Integer())


def _first_due(*conditions: ColumnElement[bool] | TextClause) -> Select[Any]:
    """Return the cases that fall due first: sorted within a covering index, only those few are read."""
    first = select(cases.c.id).where(IS_OPEN, *conditions).order_by(*_DUE_FIRST).limit(_MOST)
    return select(cases).where(cases.c.id.in_(first)).order_by(*_DUE_FIRST)


# For a supervisor over 50,000 open cases: 12 ms where an OR of areas and buildings took 95.
_OPEN_IN = _first_due(cases.c.area_id.in_(bindparam("areas", expanding=True)))
_OPEN_IN_BUILDINGS = _first_due(cases.c.building_id.in_(bindparam("buildings", expanding=True)))
_OPEN_OF = _first_due(cases.c.assignee_id == bindparam("person"))
_OPEN_OF_ORGANISATION = _first_due(cases.c.assignee_org_id == bindparam("organisation"))
_OPEN_HANDLED = select(cases).where(IS_OPEN, cases.c.handler_id == bindparam("person"))
_NOBODYS = select(
    cases.c.id, cases.c.area_id, cases.c.building_id, cases.c.grade, cases.c.category, cases.c.dispute
).where(
    IS_OPEN,
    IS_NOBODYS,
    cases.c.area_id.in_(bindparam("areas", expanding=True)),
    cases.c.state != State.DEFERRED.value,
)
_MERGED = select(cases).where(cases.c.merged_into_id == bindparam("into")).order_by(cases.c.id).limit(50)
_AWAITING = (
    select(cases)
    .where(IS_OPEN, cases.c.awaits_meeting.is_(True), cases.c.meeting_id == bindparam("meeting"))
    .order_by(*_DUE_FIRST)
    .limit(200)
)
_SOME = select(cases).where(cases.c.id.in_(bindparam("ids", expanding=True)))
_EMERGENCIES = (
    select(cases).where(IS_OPEN, text("cases.urgency = 'emergency'")).order_by(*_DUE_FIRST).limit(50)
)
AT_ONCE = 500  # ids in one statement


class NewCase(Supervision):
    """The fields of a case that is opened; times are UTC."""

    community_id: int
    area_id: int
    building_id: int | None
    state: State
    category: str
    grade: Grade
    urgency: Urgency
    source: Source
    place: Place
    reported_at: datetime
    summary: str
    hazard: str | None
    dispute: bool
    assignee_org_id: int | None
    accept_by: datetime


class Cases(Repository):
    """The cases of all communities."""

    def open(self, **values: Unpack[NewCase]) -> Case:
        """Open a case under the next number of its community."""
        number = next_number(self, values["community_id"], "case")
        case = Case(id=0, number=number, **values)
        row = _columns(case)
        del row["id"]
        case.id = self.add(cases, row)
        self.touched.cases.add(case.id)
        return case

    def get(self, case_id: int) -> Case:
        """Return a case that exists."""
        row = self.one(_BY_ID, id=case_id)
        return case_of(row)

    def numbered(self, community_id: int, number: int) -> Case | None:
        """Return the case with that number in a community."""
        row = self.first(_BY_NUMBER, community=community_id, number=number)
        return case_of(row) if row else None

    def save(self, case: Case) -> None:
        """Write a case back; somebody who changed it since it was read makes this fail."""
        row = _columns(case)
        row |= {"b_id": case.id, "b_version": case.version, "version": case.version + 1}
        for fixed in ("id", "community_id", "number"):
            del row[fixed]
        if self.alter(_SAVE, **row) != 1:
            raise UserError("case.changed_meanwhile", number=case.number)
        case.version += 1
        self.touched.cases.add(case.id)

    def open_here(self, area_id: int, category: str, building: str | None, most: int = 100) -> list[Gist]:
        """Return what the latest open cases of one kind are about, of a grid or of one building of it."""
        found = self.all(_OPEN_HERE, area=area_id, category=category, building=building, most=most)
        return [gist_of(row) for row in found]

    def raised_in(self, room_id: int, since: datetime, most: int = 10) -> list[Case]:
        """Return the cases that were spoken of in a room since then, the last one first."""
        found = self.all(_RAISED_IN, room=room_id, since=since, most=most)
        return [case_of(row) for row in found]

    def of_person(self, person_id: int, most: int = 20) -> list[Case]:
        """Return the cases somebody raised, the newest first."""
        return [case_of(row) for row in self.all(_OF_PERSON, person=person_id, most=most)]

    def open_in(self, areas: Iterable[int], *, most: int = 200) -> list[Case]:
        """Return the open cases of some areas (grids or above), those that fall due first at the top."""
        return [case_of(row) for row in self.all(_OPEN_IN, areas=list(areas), most=most)]

    def open_in_buildings(self, buildings: Iterable[int], *, most: int = 200) -> list[Case]:
        """Return the open cases of some buildings, those that fall due first at the top."""
        return [case_of(row) for row in self.all(_OPEN_IN_BUILDINGS, buildings=list(buildings), most=most)]

    def open_of(self, person_id: int, organisation_id: int | None, *, most: int = 200) -> list[Case]:
        """Return the open cases assigned to a person, and those assigned to their organisation."""
        found = list(self.all(_OPEN_OF, person=person_id, most=most))
        if organisation_id is not None:
            found += self.all(_OPEN_OF_ORGANISATION, organisation=organisation_id, most=most)
        return [case_of(row) for row in found]

    def accepted_by(self, person_id: int) -> list[Case]:
        """Return the open cases that somebody accepted, whoever they are assigned to."""
        return [case_of(row) for row in self.all(_OPEN_HANDLED, person=person_id)]

    def nobodys(self, areas: Sequence[int]) -> list[Unclaimed]:
        """Return what decides in whose charge the open cases of some areas are that are with nobody yet."""
        return [
            Unclaimed(row.id, row.area_id, row.building_id, Grade(row.grade), row.category, row.dispute)
            for some in _chunks(areas)
            for row in self.all(_NOBODYS, areas=some)
        ]

    def some(self, case_ids: Sequence[int]) -> list[Case]:
        """Return cases by their ids."""
        return [case_of(row) for some in _chunks(case_ids) for row in self.all(_SOME, ids=some)]

    def emergencies(self) -> list[Case]:
        """Return the open emergencies; there are few."""
        return [case_of(row) for row in self.all(_EMERGENCIES)]

    def awaiting(self, meeting_id: int) -> list[Case]:
        """Return the open cases that wait for a meeting's decision."""
        return [case_of(row) for row in self.all(_AWAITING, meeting=meeting_id)]

    def merged_into(self, case_id: int) -> list[Case]:
        """Return the cases that were merged into one, the oldest first."""
        return [case_of(row) for row in self.all(_MERGED, into=case_id)]

    def count_open(self) -> int:
        """Return how many cases are open."""
        statement = select(func.count()).select_from(cases).where(IS_OPEN)
        return int(self.connection.execute(statement).scalar_one())

    def everything(self) -> Iterable[Case]:
        """Yield all cases, by community and number."""
        rows = self.connection.execute(select(cases).order_by(cases.c.community_id, cases.c.number))
        return map(case_of, rows)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _columns(case: Case) -> dict[str, Any]:
    row = {name: getattr(case, name) for name in FIELDS}
    row |= {part: getattr(case.place, part) for part in PLACE}
    del row["place"]
    row["time_left"] = plain(case.time_left)
    for name in ENUMS:
        row[name] = row[name] and row[name].value
    return row


def gist_of(row: Row[Any]) -> Gist:
    """Return what a case is about, of a row of the columns `GIST`."""
    return Gist(row.id, row.summary, Place(*row[2:]))


def case_of(row: Row[Any]) -> Case:
    """Return the case that a row holds."""
    values = dict(row._mapping)
    place = Place(*(values.pop(part) for part in PLACE))
    for name, kind in ENUMS.items():
        values[name] = values[name] and kind(values[name])
    left = values["time_left"]
    values["time_left"] = None if left is None else timedelta(seconds=left)
    return Case(place=place, **values)
