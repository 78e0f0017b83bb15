"""In which residents' rooms something for an area is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.areas import AreaKind, RoomKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.domain.areas import Area, Room
    from handlers.context import Context


def rooms_serving(ctx: Context, areas: Iterable[Area]) -> list[Room]:
    """Return every residents' room that serves some areas.

    What is for a building is said in its own room, else in its grid's; what is wider in the rooms of the
    grids, and in a building's only where its grid has none.
    """
    found: dict[int, Room] = {}
    for area in areas:
        rooms = _up(ctx, area) if area.kind is AreaKind.BUILDING else _down(ctx, area) or _up(ctx, area)
        found |= {room.id: room for room in rooms}
    return list(found.values())


def serves(ctx: Context, room: Room | None, area: Area) -> bool:
    """Whether a room is one of those in which something for an area is said."""
    return room is not None and room.public and room.id in {one.id for one in rooms_serving(ctx, [area])}


def _down(ctx: Context, area: Area) -> list[Room]:
    """Return an area's own rooms, with those of what lies below it as far as a grid has none."""
    own = ctx.uow.rooms.of_area(area.id, RoomKind.RESIDENTS)
    if own and area.kind is AreaKind.GRID:
        return own
    return own + [room for child in ctx.uow.areas.children(area.id) for room in _down(ctx, child)]


def _up(ctx: Context, area: Area) -> list[Room]:
    """Return the rooms of the nearest area, itself or around it, that has any: no wider than a community."""
    for around in ctx.uow.areas.up(area.id):
        rooms = ctx.uow.rooms.of_area(around.id, RoomKind.RESIDENTS)
        if rooms or around.kind is AreaKind.COMMUNITY:
            return rooms
    return []
