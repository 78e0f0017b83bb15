"""Saying something to an area: in every residents' room that serves it.

A building's own room if it has one, else its grid's; what is wider than a building in the grids' rooms, in a
building's only where its grid has none (COMMUNITY.md, “Area”).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.areas import AreaKind, RoomKind
from handlers.saying.say import say

if TYPE_CHECKING:
    from data.domain.areas import Area, Room
    from handlers.context import Context
    from handlers.saying.say import Saying


def serving(ctx: Context, area_id: int) -> list[Room]:
    """Return the residents' rooms that serve an area."""
    area = ctx.uow.areas.get(area_id)
    if area.kind is AreaKind.BUILDING:
        own = _of(ctx, area)
        return own or (_of(ctx, ctx.uow.areas.get(area.parent_id)) if area.parent_id else [])
    grids = ctx.uow.areas.grids(area_id)
    found = [room for grid in grids for room in _of(ctx, grid) or _of_buildings(ctx, grid)]
    return found or _of(ctx, area)


def say_in_area(ctx: Context, area_id: int, saying: Saying) -> list[Room]:
    """Say something in every room that serves an area, in each once; return the rooms."""
    rooms = serving(ctx, area_id)
    for room in rooms:
        say(ctx, room, saying.under(f"r{room.id}"))
    return rooms


def serves(ctx: Context, room: Room | None, area_id: int) -> bool:
    """Whether a room is one of those that serve an area."""
    return room is not None and room.public and any(room.id == one.id for one in serving(ctx, area_id))


def _of(ctx: Context, area: Area) -> list[Room]:
    return ctx.uow.rooms.of_area(area.id, RoomKind.RESIDENTS)


def _of_buildings(ctx: Context, grid: Area) -> list[Room]:
    return [room for building in ctx.uow.areas.children(grid.id) for room in _of(ctx, building)]
