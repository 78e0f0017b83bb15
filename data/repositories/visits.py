"""Visits with their plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from sqlalchemy import bindparam, delete, func, select, update

from data.domain.case import Place
from data.domain.visit import PeriodUnit, Recurrence, Visit, VisitPlan
from data.repositories.base import Repository, Upsert
from data.tables.visits import visit_plans, visit_turns, visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


_TURN = Upsert(visit_turns)
_PLAN = select(visit_plans).where(visit_plans.c.id == bindparam("id"))


class NewPlan(TypedDict):
    """The fields of a plan."""

    visitor_id: int
    area_id: int
    place: Place
    whom: str | None
    period: Recurrence
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
        what = {
            "times": period.times,
            "unit_of_time": period.unit.value,
            "anchor": period.anchor,
            "anchor_said": period.said,
            "due": values["due"],
            "cancelled": False,
        }
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

    def postpone(self, plan_id: int, due: date, period: Recurrence) -> None:
        """Set when the next visit of a plan falls due, and the day its period goes on from."""
        what = {"due": due, "anchor": period.anchor}
        self.run(update(visit_plans).where(visit_plans.c.id == plan_id).values(**what))

    def plans_for(self, area_id: int, place: Place) -> list[VisitPlan]:
        """Return the plans that a visit to `place` fulfils: of that door, unit or whole building."""
        statement = select(visit_plans).where(
            visit_plans.c.area_id == area_id,
            visit_plans.c.building == (place.building or ""),
            visit_plans.c.cancelled.is_(False),
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
        statement = select(visit_plans).where(
            visit_plans.c.visitor_id == visitor_id, visit_plans.c.cancelled.is_(False)
        )
        rows: Sequence[Row[Any]] = self.all(statement.order_by(visit_plans.c.due, visit_plans.c.id))
        return [_plan(row) for row in rows]

    def plans_in(self, area_ids: Iterable[int]) -> list[VisitPlan]:
        """Return what is planned in some grids, what falls due first at the top."""
        there = visit_plans.c.area_id.in_(list(area_ids)), visit_plans.c.cancelled.is_(False)
        rows = self.all(select(visit_plans).where(*there).order_by(visit_plans.c.due, visit_plans.c.id))
        return [_plan(row) for row in rows]

    def cancel(self, plan_id: int) -> None:
        """Let a plan come due no more."""
        self.run(update(visit_plans).where(visit_plans.c.id == plan_id).values(cancelled=True))

    def falls_due(self, plan_id: int, due: date) -> None:
        """Note that a visit of a plan falls due on a day."""
        self.upsert(_TURN, {"plan_id": plan_id, "due": due})

    def open_turns(self, plan_id: int) -> list[date]:
        """Return the days on which visits of a plan fell due that were not made, the last one last."""
        mine = visit_turns.c.plan_id == plan_id, visit_turns.c.made_at.is_(None)
        return [
            row.due for row in self.all(select(visit_turns.c.due).where(*mine).order_by(visit_turns.c.due))
        ]

    def make_turn(self, plan_id: int, due: date, at: datetime) -> None:
        """Note that the visit that fell due on a day was made."""
        mine = visit_turns.c.plan_id == plan_id, visit_turns.c.due == due
        self.run(update(visit_turns).where(*mine).values(made_at=at))

    def turns(self, area_ids: Iterable[int], start: date, end: date) -> tuple[int, int]:
        """Return how many visits fell due in some grids in a span of days, and how many of them were made."""
        plans = select(visit_plans.c.id).where(visit_plans.c.area_id.in_(list(area_ids)))
        there = visit_turns.c.plan_id.in_(plans), visit_turns.c.due >= start, visit_turns.c.due < end
        rows = self.all(select(visit_turns.c.made_at).where(*there))
        return len(rows), sum(row.made_at is not None for row in rows)

    def at_place(self, area_id: int, place: Place) -> list[Visit]:
        """Return the visits to a door, unit or building, the last one first."""
        there = visits.c.area_id == area_id, visits.c.building == (place.building or "")
        rows = self.all(select(visits).where(*there).order_by(visits.c.id.desc()))
        return [v for v in map(visit_of, rows) if _within(v.place, place)]

    def between(self, area_ids: Iterable[int], start: datetime, end: datetime) -> list[Visit]:
        """Return the visits in some areas in a span of time."""
        there = visits.c.area_id.in_(list(area_ids)), visits.c.at >= start, visits.c.at < end
        return [visit_of(row) for row in self.all(select(visits).where(*there).order_by(visits.c.id))]


def visit_of(row: Row[Any]) -> Visit:
    """Return the visit that a row holds."""
    place = Place(row.building or None, row.unit or None, None, row.door or None)
    return Visit(
        row.id,
        row.plan_id,
        row.visitor_id,
        row.area_id,
        place,
        row.whom or None,
        row.at,
        row.words,
        row.case_id,
        row.said_in,
    )


def _address(place: Place) -> dict[str, str]:
    return {"building": place.building or "", "unit": place.unit or "", "door": place.door or ""}


def _within(place: Place, plan: Place) -> bool:
    return (plan.unit is None or plan.unit == place.unit) and (plan.door is None or plan.door == place.door)


def _plan(row: Row[Any]) -> VisitPlan:
    place = Place(row.building or None, row.unit or None, None, row.door or None)
    period = Recurrence(row.times, PeriodUnit(row.unit_of_time), row.anchor, said=row.anchor_said)
    return VisitPlan(
        row.id, row.visitor_id, row.area_id, place, row.whom or None, period, row.due, row.cancelled
    )
