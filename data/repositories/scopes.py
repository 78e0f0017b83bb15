"""Conditions on cases: where they lie, who handles them, whether they are or were late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, case, func, or_, select, text

from data.domain.areas import AreaKind
from data.domain.case import Source, State
from data.domain.people import Organisation, Person
from data.tables.cases import cases
from data.tables.digests import case_times

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Area
    from data.domain.figures import Scope
    from data.repositories.areas import Areas

DONE = (State.RESOLVED.value, State.CLOSED.value)
BY_STAFF = (Source.VISIT.value, Source.PATROL.value, Source.BUILDING_DAY.value)
WORKABLE = (State.ACCEPTED.value, State.ASSIGNED.value, State.IN_PROGRESS.value)
RUNNING = text("cases.state IN ('reported', 'accepted', 'assigned', 'in_progress')")  # a deadline runs
falls_due = case((cases.c.state == State.REPORTED.value, cases.c.accept_by), else_=cases.c.resolve_by)


def whose(scope: Scope, areas: Areas) -> ColumnElement[bool]:
    """Return the condition for a case to count for a scope: where it lies, and who handles it."""
    handler, here = scope.handler, lies_in(scope.area, areas)
    if handler is None:
        return here
    if isinstance(handler, Organisation):
        return and_(here, cases.c.assignee_org_id == handler.id)
    return and_(here, handled_by(handler))


def lies_in(area: Area, areas: Areas) -> ColumnElement[bool]:
    """Return the condition for a case to lie in an area."""
    if area.kind is AreaKind.BUILDING:
        return cases.c.building_id == area.id
    if area.kind is AreaKind.GRID:
        return cases.c.area_id == area.id
    if area.kind is AreaKind.COMMUNITY:
        return cases.c.community_id == area.id
    below = [c.id for c in areas.communities() if areas.covers(area.id, c.id)]
    return cases.c.community_id.in_(below)


def handled_by(person: Person | int) -> ColumnElement[bool]:
    """Return the condition for a case to be a person's: assigned to them, or accepted and nobody else's."""
    person_id = person.id if isinstance(person, Person) else person
    nobody_else = cases.c.assignee_id.is_(None) & cases.c.assignee_org_id.is_(None)
    return or_(cases.c.assignee_id == person_id, and_(cases.c.handler_id == person_id, nobody_else))


def running_late(now: datetime) -> ColumnElement[bool]:
    """Return the condition for a deadline that runs now to be past."""
    return and_(RUNNING, falls_due < now)


def missed(now: datetime) -> ColumnElement[bool]:
    """Return the condition for a deadline of a case to have been missed, now or before."""
    before = select(case_times.c.case_id).where(
        case_times.c.case_id == cases.c.id, case_times.c.was_overdue.is_(True)
    )
    return or_(seen_late(now), before.exists())


def seen_late(now: datetime) -> ColumnElement[bool]:
    """Return the condition for a case to show by itself that a deadline was missed, without its timeline."""
    waiting = case((cases.c.state == State.REPORTED.value, now), else_=None)
    accepted = func.coalesce(cases.c.accepted_at, waiting)
    overdue = and_(cases.c.state.in_(WORKABLE), cases.c.resolve_by < now)
    return or_(accepted > cases.c.accept_by, overdue)
