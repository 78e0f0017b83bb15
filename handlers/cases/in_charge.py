"""Who is in charge of a case: whom a new one is told to, who is late, who comes next on the ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind
from data.domain.paths import STREET
from data.domain.people import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.case import Case, Grade, Unclaimed
    from data.domain.people import Organisation, Person
    from handlers.context import Context

STAND_INS = (Role.GRID_LEADER, Role.GRID_WORKER, Role.OFFICER, Role.OPERATOR)
MEDIATES = (Role.MEDIATOR, Role.OFFICER, Role.OPERATOR, Role.GRID_LEADER, Role.GRID_WORKER)


class Holder(NamedTuple):
    """Somebody, and the role in which they are meant."""

    role: Role
    person: Person


def holders(ctx: Context, area_id: int, roles: Sequence[Role]) -> list[Holder]:
    """Return who holds the first of `roles` that anybody holds over an area; the nearest area counts."""
    areas = [area.id for area in ctx.uow.areas.up(area_id)]
    found = ctx.uow.people.holders(roles, areas)
    best = min(((roles.index(h.role), areas.index(h.area_id)) for h in found), default=None)
    return [Holder(h.role, h.person) for h in found if (roles.index(h.role), areas.index(h.area_id)) == best]


def in_charge(ctx: Context, case: Case | Unclaimed) -> list[Holder]:
    """Return who takes a case in: the mediator for a dispute, else whom the path of its grade names.

    What an officer handles is the grid's leader's to know, too; so is what an organisation handles.
    """
    if case.dispute:
        return mediators(ctx, case)
    path = ctx.policy.paths[case.grade]
    if path.handler == STREET:
        return [
            *holders(ctx, case.area_id, (Role.GRID_LEADER,)),
            *(street_officers(ctx, case) or officers(ctx, case)),
        ]
    role = Role.OFFICER if path.organisation and not path.takes(case.category) else path.role
    near = role if role in (Role.BUILDING_HEAD, Role.GRID_WORKER) else Role.GRID_LEADER
    where = case.building_id or case.area_id
    found = holders(ctx, where, (near, *(stand_in for stand_in in STAND_INS if stand_in is not near)))
    above = holders(ctx, where, (role,)) if role not in (None, near) else []
    return found + [holder for holder in above if holder.person not in [h.person for h in found]]


def mediators(ctx: Context, case: Case | Unclaimed) -> list[Holder]:
    """Return who mediates: the mediator who is on duty now, else the area's, else who stands in."""
    areas = [area.id for area in ctx.uow.areas.up(case.area_id)]
    on_duty = {shift.person_id for shift in ctx.uow.shifts.on(areas, ctx.now)}
    found = {h.person.id: h.person for h in ctx.uow.people.holders([Role.MEDIATOR], areas)}
    on_shift = [Holder(Role.MEDIATOR, person) for id_, person in found.items() if id_ in on_duty]
    return on_shift or holders(ctx, case.area_id, MEDIATES)


def path_organisation(ctx: Context, area_id: int, grade: Grade, category: str) -> Organisation | None:
    """Return the organisation that handles matters of a grade in an area, if its path names one's kind.

    The nearest counts; where two are as near, a human must say which.
    """
    path = ctx.policy.paths[grade]
    kind = path.organisation
    if kind is None or not path.takes(category):
        return None
    areas = [area.id for area in ctx.uow.areas.up(area_id)]
    of_kind = [o for o in ctx.uow.organisations.all_of_them() if o.kind == kind and o.area_id in areas]
    best = min((areas.index(o.area_id) for o in of_kind if o.area_id), default=None)
    nearest = [o for o in of_kind if o.area_id and areas.index(o.area_id) == best]
    return nearest[0] if len(nearest) == 1 else None


def responsible(ctx: Context, case: Case) -> list[Person]:
    """Return who has to resolve a case: the assignee, else who accepted it, else who is in charge."""
    if case.assignee_id is not None:
        return [ctx.uow.people.get(case.assignee_id)]
    if case.assignee_org_id is not None:
        members = ctx.uow.people.members(case.assignee_org_id)
        return members or [person for _, person in in_charge(ctx, case)]
    if case.handler_id is not None:
        return [ctx.uow.people.get(case.handler_id)]
    return [person for _, person in in_charge(ctx, case)]


def officers(ctx: Context, case: Case | Unclaimed) -> list[Holder]:
    """Return the officers over a case."""
    return holders(ctx, case.area_id, (Role.OFFICER, Role.OPERATOR))


def supervisors(ctx: Context, case: Case) -> list[Holder]:
    """Return the supervising leaders over a case."""
    return holders(ctx, case.area_id, (Role.SUPERVISOR,))


def street_officers(ctx: Context, case: Case | Unclaimed) -> list[Holder]:
    """Return the officers of the street a case lies in."""
    street = ctx.uow.areas.nearest(case.area_id, AreaKind.STREET)
    found = ctx.uow.people.holders([Role.OFFICER], [street.id]) if street else []
    return [Holder(h.role, h.person) for h in found]


def operators(ctx: Context, area_id: int) -> list[Person]:
    """Return the operators over an area; where there are none, all there are."""
    near = [person for _, person in holders(ctx, area_id, (Role.OPERATOR,))]
    return near or ctx.uow.people.all_holding(Role.OPERATOR)


def holder_name(ctx: Context, case: Case) -> str:
    """Return with whom a case is: the assignee, else who accepted it; nothing if it is with nobody yet."""
    if case.assignee_id is None and case.assignee_org_id is not None:
        return ctx.uow.organisations.get(case.assignee_org_id).name
    person_id = case.assignee_id or case.handler_id
    return ctx.uow.people.get(person_id).name if person_id is not None else ""
