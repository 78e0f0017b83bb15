"""Who is called to an emergency: the rungs of the ladder, and the units whose sort of danger it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from data.domain.people import Role
from handlers.cases.in_charge import holders, street_officers
from handlers.saying.say import private_account

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.domain.case import Case
    from data.domain.people import Organisation, Person
    from handlers.context import Context

Rung = Callable[["Context", "Case"], "list[Person]"]


def _on_shift(ctx: Context, case: Case) -> list[Person]:
    areas = [area.id for area in ctx.uow.areas.up(case.area_id)]
    shifts = sorted(ctx.uow.shifts.on(areas, ctx.now), key=lambda shift: areas.index(shift.area_id))
    return [ctx.uow.people.get(shift.person_id) for shift in shifts]


def _who_are(*roles: Role) -> Rung:
    return lambda ctx, case: [p for role in roles for _, p in holders(ctx, case.area_id, [role])]


RUNGS: tuple[Rung, ...] = (
    _on_shift,
    _who_are(Role.GRID_LEADER, Role.GRID_WORKER),
    _who_are(Role.OFFICER),
    lambda ctx, case: [person for _, person in street_officers(ctx, case)],
    _who_are(Role.SUPERVISOR),
)


def next_alone(ctx: Context, case: Case, called: Iterable[int], most: int) -> list[Person]:
    """Return the next people of the ladder who can be spoken to alone, one after the other."""
    before = set(called)
    ladder = {person.id: person for rung in RUNGS for person in rung(ctx, case) if person.id not in before}
    return [p for p in ladder.values() if private_account(ctx, p.id) is not None][:most]


def units(ctx: Context, case: Case) -> list[Organisation]:
    """Return the nearest units that the config names for a case's hazard: by kind, or by a word of a name."""
    words = ctx.policy.units.get(case.hazard or "", ())
    areas = [area.id for area in ctx.uow.areas.up(case.area_id)]
    near = [o for o in ctx.uow.organisations.all_of_them() if o.area_id in areas]
    found: dict[int, Organisation] = {}
    for word in words:
        named = [o for o in near if o.kind == word or any(word in name for name in (o.name, *o.aliases))]
        best = min((areas.index(o.area_id) for o in named if o.area_id is not None), default=None)
        found |= {o.id: o for o in named if o.area_id is not None and areas.index(o.area_id) == best}
    return list(found.values())
