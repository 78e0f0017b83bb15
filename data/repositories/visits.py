"""Visits with their plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from sqlalchemy import bindparam, delete, func, select, update

from data.domain.case import Place
from data.domain.visit import Period, Unit, VisitPlan
from data.repositories.base import Repository
from data.tables.visits import visit_plans, visits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


_PLAN = select(visit_plans).where(visit_plans.c.id == bindparam("id"))


class NewPlan(TypedDict):
    """The fields of a plan."""

    visitor_id: int
    area_id: int
    place: Place
    whom: str | None
    period: Period
    due: date


class NewVisit(TypedDict):
    """The fields of a visit."""

    plan_id: int | None
    visitor_id: int
    area_id: int
    place: Place
    whom: str | None
    at: datetime
    words: str
    case_id: NotRequired[int | None]
    said_in: NotRequired[str | None]


class Visits(Repository):
    """Home visits and who should be seen how often."""

    def plan(self, **values: Unpack[NewPlan]) -> tuple[VisitPlan, bool]:
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

    def record(self, **values: Unpack[NewVisit]) -> int:
        """Write down a visit; `values` are the fields of `Visit`."""
        row = {**values, **_address(values["place"]), "whom": values["whom"] or ""}
        del row["place"]
        return self.add(visits, row)

    def count(self, areas: Sequence[int], start: datetime, end: datetime) -> int:
        """Return how many visits there were in some areas and a period."""
        there = visits.c.area_id.in_(areas), visits.c.at >= start, visits.c.at < end
        return int(self.one(select(func.count()).select_from(visits).where(*there))[0])

    def count_due(self, areas: Sequence[int], day: date) -> int:
        """Return how many planned visits to some areas are due by a day."""
        due = visit_plans.c.area_id.in_(areas), visit_plans.c.due <= day
        return int(self.one(select(func.count()).select_from(visit_plans).where(*due))[0])

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


def _plan(row: Row[Any]) -> VisitPlan:
    place = Place(row.building or None, row.unit or None, None, row.door or None)
    period = Period(row.times, Unit(row.unit_of_time))
    return VisitPlan(row.id, row.visitor_id, row.area_id, place, row.whom or None, period, row.due)
