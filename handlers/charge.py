"""Who is in charge of a case: whom a new one is told to, who is late, who comes next on the ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
    for role in roles:
        for area in ctx.uow.areas.up(area_id):
            found = ctx.uow.people.holders(role, area.id)
            if found:
                return [Holder(role, person) for person in found]
    return []


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
