"""Who is in charge of a case: whom a new one is told to, who is late, who comes next on the ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind
from data.domain.people import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.case import Case
    from data.domain.people import Person
    from handlers.context import Context


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


def in_charge(ctx: Context, case: Case) -> list[Holder]:
    """Return who takes a case in: the mediator for a dispute, else the grid's leader, or who stands in."""
    first = (Role.MEDIATOR,) if case.dispute else ()
    stand_ins = (Role.GRID_LEADER, Role.GRID_WORKER, Role.OFFICER, Role.OPERATOR)
    return holders(ctx, case.area_id, (*first, *stand_ins))


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


def officers(ctx: Context, case: Case) -> list[Holder]:
    """Return the officers over a case."""
    return holders(ctx, case.area_id, (Role.OFFICER, Role.OPERATOR))


def supervisors(ctx: Context, case: Case) -> list[Holder]:
    """Return the supervising leaders over a case."""
    return holders(ctx, case.area_id, (Role.SUPERVISOR,))


def street_officers(ctx: Context, case: Case) -> list[Holder]:
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
