"""Where a report from outside lies: by its address as a line's is read, else by the nearest centre."""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING

from data.domain.areas import AreaKind
from data.domain.case import Place
from handlers.cases.opening import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data.domain.areas import Area
    from handlers.context import Context

Position = tuple[float, float]


def community_of(ctx: Context, known: Sequence[Area], address: str, at: Position | None) -> Area | None:
    """Return the community that an address names, the nearest, or the only one; None if it is not clear."""
    if len(known) == 1:
        return known[0]
    named = [area for area in known if area.name in address]
    named = named or [area for area in known if len(area.short) > 1 and area.short in address]
    if len(named) == 1:
        return named[0]
    if at is None:
        return None
    inner = [area for one in known for area in (one, *ctx.uow.areas.below(one.id))]
    near = _nearest(inner, at)
    return ctx.uow.areas.community_of(near.id) if near is not None else None


def area_of(ctx: Context, community: Area, words: str, at: Position | None) -> Area:
    """Return the building or grid that words name in a community, else the nearest grid, else itself."""
    place = Place(*ctx.house.understander.place(words)) if words else Place()
    area, building = within(ctx, community, place)
    if building is not None:
        return building
    if area.kind is AreaKind.GRID:
        return area
    named = [grid for grid in ctx.uow.areas.grids(community.id) if grid.name in words]
    if len(named) == 1:
        return named[0]
    if at is not None and place.building is None:
        near = _nearest(ctx.uow.areas.below(community.id), at)
        return ctx.uow.areas.nearest(near.id if near else None, AreaKind.GRID) or community
    return community


def _nearest(areas: Iterable[Area], at: Position) -> Area | None:
    """Return the area whose centre is nearest; degrees of longitude are shorter than those of latitude."""
    shorter = cos(radians(at[0]))

    def distance(centre: Position) -> float:
        return (centre[0] - at[0]) ** 2 + ((centre[1] - at[1]) * shorter) ** 2

    known = [(distance(area.centre), -len(area.code), area) for area in areas if area.centre is not None]
    return min(known, key=lambda one: one[:2])[2] if known else None
