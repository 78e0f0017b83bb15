"""What is on somebody's hands: the list of 待办, said in the morning too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import State
from data.domain.figures import Scope
from data.domain.people import STAFF, Role
from handlers.cases.in_charge import in_charge
from handlers.cases.marks import marked_state
from handlers.saying.days import when
from handlers.saying.showing import case_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.domain.case import Case
    from data.domain.people import Duty, Person
    from handlers.context import Context


def to_do(ctx: Context, person: Person, duties: list[Duty]) -> list[Case]:
    """Return the open cases in somebody's charge or assigned to them (待办), first due first."""
    areas = [
        area.id
        for duty in duties
        if duty.role in STAFF
        for area in (ctx.uow.areas.get(duty.area_id), *ctx.uow.areas.below(duty.area_id))
    ]
    own = ctx.uow.cases.open_of(person.id, person.organisation_id)
    found = {case.id: case for case in (*own, *ctx.uow.cases.open_in(areas))}
    return by_due(found.values())


def in_hand(ctx: Context, person: Person, duties: list[Duty]) -> list[Case]:
    """Return what of that is on somebody's own hands: theirs to handle or take in, not asleep (挂账)."""
    found = {case.id: case for case in ctx.uow.cases.open_of(person.id, None)}
    for duty in duties:
        if duty.role in STAFF or duty.role is Role.MEDIATOR:
            scope = Scope(ctx.uow.areas.get(duty.area_id))
            found |= {case.id: case for case in ctx.uow.figures.open(scope)}
    theirs = [c for c in found.values() if c.state is not State.DEFERRED and _is_theirs(ctx, person, c)]
    return by_due(theirs)


def by_due(cases: Iterable[Case]) -> list[Case]:
    """Return cases in the order they fall due; what has no deadline comes last."""
    return sorted(cases, key=lambda case: (case.due is None, case.due or case.reported_at, case.id))


def in_hand_row(ctx: Context, case: Case, number: str) -> str:
    """Return one line of the list: number, label, state with its marks, by when or since when it is late."""
    texts = ctx.house.texts
    state = marked_state(texts, ctx.policy, ctx.uow, case)
    if case.due is not None:
        key = "todo.late" if case.due < ctx.now else "todo.due"
        state = texts(key, state=state, by=when(ctx, case.due))
    return texts("row", case=number, label=case_label(ctx.policy, case, public=False), state=state)


def _is_theirs(ctx: Context, person: Person, case: Case) -> bool:
    if person.id in (case.assignee_id, case.handler_id):
        return True
    if case.assignee_id is not None or case.assignee_org_id is not None or case.handler_id is not None:
        return False
    return any(holder.person.id == person.id for holder in in_charge(ctx, case))
