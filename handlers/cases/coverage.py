"""How many households of an area were visited in a span of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind, building_label

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Area
    from handlers.context import Context


class Covered(NamedTuple):
    """How many households of an area were visited in a span of time, by whom how many."""

    visited: int
    households: int
    by_person: dict[int, int]


def covered(ctx: Context, area: Area, start: datetime, end: datetime) -> Covered:
    """Count the households of an area that were visited in a span of time."""
    inside = [area.id, *(inner.id for inner in ctx.uow.areas.below(area.id))]
    grid = ctx.uow.areas.nearest(area.id, AreaKind.GRID)
    visits = ctx.uow.visits.between([*inside, *([grid.id] if grid is not None else [])], start, end)
    households = ctx.uow.households.within([area.id])
    doors: dict[tuple[int, str, str], int] = {}
    for home in households:
        building = ctx.uow.areas.get(home.building_id)
        doors[building.parent_id or building.id, building_label(building.name), home.door] = home.id
    seen: set[int] = set()
    by_person: dict[int, set[int]] = {}
    for visit in visits:
        key = visit.area_id, visit.place.building or "", visit.place.door or ""
        if key in doors:
            seen.add(doors[key])
            by_person.setdefault(visit.visitor_id, set()).add(doors[key])
    return Covered(len(seen), len(households), {person: len(ids) for person, ids in by_person.items()})
