"""Cases: opened, found by number, saved with an optimistic lock."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, text, update

from data.domain.case import Case, Grade, Place, Supervision, Urgency
from data.domain.errors import UserError
from data.domain.snapshot import ENUMS, plain
from data.repositories.base import Repository
from data.repositories.counters import next_number
from data.tables.appeals import appeals
from data.tables.cases import cases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack

    from data.domain.case import Source, State


# The very words of the partial index, so that SQLite knows it may use it.
IS_OPEN = text("cases.state IN ('reported', 'accepted', 'assigned', 'in_progress', 'deferred')")
# A case whose building nobody named may lie in any; so may what is compared with it.
MAY_BE_IN_BUILDING = or_(
    cases.c.building.is_(None),
    bindparam("building", type_=cases.c.building.type).is_(None),
    cases.c.building == bindparam("building"),
)

PLACE = ("building", "unit", "floor", "door", "spot", "compound")
_BY_ID = select(cases).where(cases.c.id == bindparam("id"))
_BY_NUMBER = select(cases).where(
    cases.c.community_id == bindparam("community"), cases.c.number == bindparam("number")
)
_OPEN_HERE = (
    select(cases.c.id, cases.c.summary, *(cases.c[part] for part in PLACE))
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


class Gist(NamedTuple):
    """What tells whether a case is about the same matter as another: its id, its words, its place."""

    case_id: int
    summary: str
    place: Place


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
        number = next_number(self.connection, values["community_id"], "case")
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
        if self.connection.execute(_SAVE, row).rowcount != 1:
            raise UserError("case.changed_meanwhile", number=case.number)
        case.version += 1
        self.touched.cases.add(case.id)

    def open_here(self, area_id: int, category: str, building: str | None, most: int = 100) -> list[Gist]:
        """Return what the latest open cases of one kind are about, of a grid or of one building of it."""
        found = self.all(_OPEN_HERE, area=area_id, category=category, building=building, most=most)
        return [Gist(row.id, row.summary, Place(*row[2:])) for row in found]

    def raised_in(self, room_id: int, since: datetime, most: int = 10) -> list[Case]:
        """Return the cases that were spoken of in a room since then, the last one first."""
        found = self.all(_RAISED_IN, room=room_id, since=since, most=most)
        return [case_of(row) for row in found]

    def of_person(self, person_id: int, most: int = 20) -> list[Case]:
        """Return the cases somebody raised, the newest first."""
        return [case_of(row) for row in self.all(_OF_PERSON, person=person_id, most=most)]

    def open_in(self, areas: Iterable[int], *, most: int = 200) -> list[Case]:
        """Return the open cases of some areas (grids or buildings), those that fall due first at the top."""
        ids = list(areas)
        return self._select(and_(IS_OPEN, or_(cases.c.area_id.in_(ids), cases.c.building_id.in_(ids))), most)

    def open_of(self, person_id: int, organisation_id: int | None, *, most: int = 200) -> list[Case]:
        """Return the open cases assigned to a person or to their organisation."""
        mine: ColumnElement[bool] = cases.c.assignee_id == person_id
        if organisation_id is not None:
            mine = or_(mine, cases.c.assignee_org_id == organisation_id)
        return self._select(and_(IS_OPEN, mine), most)

    def emergencies(self) -> list[Case]:
        """Return the open emergencies; there are few."""
        return self._select(and_(IS_OPEN, cases.c.urgency == Urgency.EMERGENCY.value), 50)

    def awaiting(self, meeting_id: int) -> list[Case]:
        """Return the open cases that wait for a meeting's decision."""
        return self._select(
            and_(IS_OPEN, cases.c.awaits_meeting.is_(True), cases.c.meeting_id == meeting_id), 200
        )

    def merged_into(self, case_id: int) -> list[Case]:
        """Return the cases that were merged into one, the oldest first."""
        return self._select(cases.c.merged_into_id == case_id, 50)

    def count_open(self) -> int:
        """Return how many cases are open."""
        statement = select(func.count()).select_from(cases).where(IS_OPEN)
        return int(self.connection.execute(statement).scalar_one())

    def everything(self) -> Iterable[Case]:
        """Yield all cases, by community and number."""
        rows = self.connection.execute(select(cases).order_by(cases.c.community_id, cases.c.number))
        return map(case_of, rows)

    def _select(self, condition: ColumnElement[bool], most: int) -> list[Case]:
        due = cases.c.resolve_by, cases.c.accept_by, cases.c.id
        return [case_of(row) for row in self.all(select(cases).where(condition).order_by(*due).limit(most))]


def _columns(case: Case) -> dict[str, Any]:
    row = {f.name: getattr(case, f.name) for f in fields(Case)}
    row |= {part: getattr(case.place, part) for part in PLACE}
    del row["place"]
    row["time_left"] = plain(case.time_left)
    for name in ENUMS:
        row[name] = row[name] and row[name].value
    return row


def case_of(row: Row[Any]) -> Case:
    """Return the case that a row holds."""
    values = dict(row._mapping)
    place = Place(*(values.pop(part) for part in PLACE))
    for name, kind in ENUMS.items():
        values[name] = values[name] and kind(values[name])
    left = values["time_left"]
    values["time_left"] = None if left is None else timedelta(seconds=left)
    return Case(place=place, **values)
