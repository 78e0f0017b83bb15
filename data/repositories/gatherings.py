"""Meetings with their sign-ups, visits with their plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from data.domain.case import Place
from data.domain.meeting import Meeting, SignUp
from data.domain.visit import Period, Unit, VisitPlan
from data.repositories.base import Repository, Upsert
from data.repositories.counters import next_number
from data.tables.gatherings import meetings, sign_ups, visit_plans, visits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.engine import Row

_MEETING = select(meetings).where(meetings.c.id == bindparam("id"))
_NUMBERED = select(meetings).where(
    meetings.c.community_id == bindparam("community"), meetings.c.number == bindparam("number")
)
_AHEAD = (
    select(meetings)
    .where(
        meetings.c.room_id == bindparam("room"),
        meetings.c.cancelled.is_(False),
        meetings.c.starts_at > bindparam("now"),
    )
    .order_by(meetings.c.starts_at)
)
_NAMES = select(sign_ups).where(sign_ups.c.meeting_id == bindparam("meeting")).order_by(sign_ups.c.id)
_SIGN_UP = Upsert(sign_ups)
_PLAN = select(visit_plans).where(visit_plans.c.id == bindparam("id"))


class Meetings(Repository):
    """Deliberation meetings and who comes."""

    def call(self, **values: Any) -> Meeting:
        """Put a meeting in the calendar under the next number; `values` are the fields of `Meeting`."""
        number = next_number(self.connection, values["community_id"], "meeting")
        row = {"number": number, "cancelled": False, **values}
        return Meeting(id=self.add(meetings, row), **row)

    def get(self, meeting_id: int) -> Meeting:
        """Return a meeting that exists."""
        row = self.one(_MEETING, id=meeting_id)
        return _meeting(row)

    def numbered(self, community_id: int, number: int) -> Meeting | None:
        """Return the meeting with that number in a community."""
        row = self.first(_NUMBERED, community=community_id, number=number)
        return _meeting(row) if row else None

    def said_in(self, message: str) -> Meeting | None:
        """Return the meeting that a message called."""
        row = self.first(select(meetings).where(meetings.c.said_in == message))
        return _meeting(row) if row else None

    def ahead(self, room_id: int, now: datetime) -> list[Meeting]:
        """Return a room's meetings that are still to come, the next one first."""
        return [_meeting(row) for row in self.all(_AHEAD, room=room_id, now=now)]

    def change(self, meeting_id: int, **values: Any) -> None:
        """Move or cancel a meeting."""
        self.run(update(meetings).where(meetings.c.id == meeting_id).values(**values))

    def sign_up(self, meeting_id: int, name: str, person_id: int | None, at: datetime) -> bool:
        """Put a name on the list; return whether it is new."""
        row = {"meeting_id": meeting_id, "name": name, "person_id": person_id, "at": at}
        return self.upsert(_SIGN_UP, row) == 1

    def sign_off(self, meeting_id: int, name: str, person_id: int) -> bool:
        """Take somebody off the list; return whether they were on it."""
        mine = (sign_ups.c.person_id == person_id) | (
            sign_ups.c.person_id.is_(None) & (sign_ups.c.name == name)
        )
        return self.run(delete(sign_ups).where(sign_ups.c.meeting_id == meeting_id, mine)) > 0

    def names(self, meeting_id: int) -> list[SignUp]:
        """Return who comes, in the order signed up."""
        rows = self.all(_NAMES, meeting=meeting_id)
        return [SignUp(row.meeting_id, row.name, row.person_id, row.at) for row in rows]


class Visits(Repository):
    """Home visits and who should be seen how often."""

    def plan(self, **values: Any) -> tuple[VisitPlan, bool]:
        """Write or change a plan; `values` are the fields of `VisitPlan`. Also say whether it is new."""
        place, period = values["place"], values["period"]
        where = {"visitor_id": values["visitor_id"], "area_id": values["area_id"], **_address(place)}
        where["whom"] = values["whom"] or ""
        what = {"times": period.times, "unit_of_time": period.unit.value, "due": values["due"]}
        same = [visit_plans.c[name] == value for name, value in where.items()]
        row = self.first(select(visit_plans.c.id).where(*same))
        if row is None:
            return VisitPlan(id=self.add(visit_plans, {**where, **what}), **values), True
        self.run(update(visit_plans).where(visit_plans.c.id == row.id).values(**what))
        return VisitPlan(id=row.id, **values), False

    def get(self, plan_id: int) -> VisitPlan:
        """Return a plan that exists."""
        row = self.one(_PLAN, id=plan_id)
        return _plan(row)

    def postpone(self, plan_id: int, due: date) -> None:
        """Set when the next visit of a plan falls due."""
        self.run(update(visit_plans).where(visit_plans.c.id == plan_id).values(due=due))

    def plans_for(self, area_id: int, place: Place) -> list[VisitPlan]:
        """Return the plans that a visit to `place` fulfils: of that door, unit or whole building."""
        statement = select(visit_plans).where(
            visit_plans.c.area_id == area_id, visit_plans.c.building == (place.building or "")
        )
        plans = [_plan(row) for row in self.all(statement.order_by(visit_plans.c.id))]
        return [p for p in plans if _within(place, p.place)]

    def record(self, **values: Any) -> int:
        """Write down a visit; `values` are the fields of `Visit`."""
        place = values.pop("place")
        whom = values.pop("whom") or ""
        return self.add(visits, {**values, **_address(place), "whom": whom})

    def said_in(self, message: str) -> int | None:
        """Return the visit that a message recorded."""
        row = self.first(select(visits.c.id).where(visits.c.said_in == message))
        return row.id if row else None

    def forget(self, visit_id: int) -> None:
        """Forget a visit that was recorded by mistake."""
        self.run(delete(visits).where(visits.c.id == visit_id))

    def link_case(self, visit_id: int, case_id: int) -> None:
        """Note the case that came of a visit."""
        self.run(update(visits).where(visits.c.id == visit_id).values(case_id=case_id))

    def plans_of(self, visitor_id: int) -> list[VisitPlan]:
        """Return what one visitor has planned, what falls due first at the top."""
        statement = select(visit_plans).where(visit_plans.c.visitor_id == visitor_id)
        rows: Sequence[Row[Any]] = self.all(statement.order_by(visit_plans.c.due, visit_plans.c.id))
        return [_plan(row) for row in rows]


def _address(place: Place) -> dict[str, str]:
    return {"building": place.building or "", "unit": place.unit or "", "door": place.door or ""}


def _within(place: Place, plan: Place) -> bool:
    return (plan.unit is None or plan.unit == place.unit) and (plan.door is None or plan.door == place.door)


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(**row._mapping)


def _plan(row: Row[Any]) -> VisitPlan:
    place = Place(row.building or None, row.unit or None, None, row.door or None)
    period = Period(row.times, Unit(row.unit_of_time))
    return VisitPlan(row.id, row.visitor_id, row.area_id, place, row.whom or None, period, row.due)
