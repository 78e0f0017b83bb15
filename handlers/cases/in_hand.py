"""What is on somebody's hands: the list of 待办, said in the morning too."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from data.domain.areas import AreaKind
from data.domain.case import State, Unclaimed
from data.domain.people import STAFF, Role
from handlers.cases.in_charge import in_charge
from handlers.cases.marks import marked_state
from handlers.saying.days import when
from handlers.saying.showing import case_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.domain.areas import Area
    from data.domain.case import Case
    from data.domain.people import Duty, Person
    from handlers.context import Context


def to_do(ctx: Context, person: Person, duties: list[Duty]) -> list[Case]:
    """Return the open cases in somebody's charge or assigned to them (待办), first due first."""
    areas = _below(ctx, [ctx.uow.areas.get(duty.area_id) for duty in duties if duty.role in STAFF])
    wide = {area.id for area in areas if area.kind is not AreaKind.BUILDING}
    buildings = [a.id for a in areas if a.kind is AreaKind.BUILDING and a.parent_id not in wide]
    cases = ctx.uow.cases
    own = cases.open_of(person.id, person.organisation_id)
    found = {one.id: one for one in (*own, *cases.open_in(wide), *cases.open_in_buildings(buildings))}
    if any(
        duty.role is Role.MEDIATOR for duty in duties
    ):  # whose area's cases are not theirs, but the disputes
        found |= {one.id: one for one in in_hand(ctx, person, duties)}
    return by_due(found.values())


def in_hand(ctx: Context, person: Person, duties: list[Duty]) -> list[Case]:
    """Return what of that is on somebody's own hands: theirs to handle or take in, not asleep (挂账)."""
    cases = ctx.uow.cases
    over = [
        ctx.uow.areas.get(duty.area_id) for duty in duties if duty.role in STAFF or duty.role is Role.MEDIATOR
    ]
    accepted = [one for one in cases.accepted_by(person.id) if _lies_in(ctx, one, over)]
    unclaimed = cases.some(_to_take_in(ctx, person, over))
    found = {one.id: one for one in (*cases.open_of(person.id, None), *accepted, *unclaimed)}
    return by_due(one for one in found.values() if one.state is not State.DEFERRED)


def _to_take_in(ctx: Context, person: Person, over: list[Area]) -> list[int]:
    """Return the cases with nobody yet that are somebody's to take in; those alike are looked at once."""
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    homes = [ctx.uow.areas.get(a.parent_id or a.id) if a.kind is AreaKind.BUILDING else a for a in over]
    areas = {area.id for area in _below(ctx, homes) if area.kind is not AreaKind.BUILDING}
    for one in ctx.uow.cases.nobodys(sorted(areas)):
        alike[one[1:]].append(one.id)
    return [
        case_id
        for kind, ids in alike.items()
        if _lies_in(ctx, one := Unclaimed(ids[0], *kind), over)
        and any(holder.person.id == person.id for holder in in_charge(ctx, one))
        for case_id in ids
    ]


def _below(ctx: Context, areas: list[Area]) -> list[Area]:
    return [one for area in areas for one in (area, *ctx.uow.areas.below(area.id))]


def _lies_in(ctx: Context, case: Case | Unclaimed, areas: list[Area]) -> bool:
    return any(ctx.uow.areas.covers(area.id, case.building_id or case.area_id) for area in areas)


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
