"""Which area is meant: the room's, one named first (第一网格, 3栋), or one's own; where a door is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind, building_label, called
from data.domain.case import Place
from data.domain.errors import RefusedError, UserError
from data.domain.people import STAFF

if TYPE_CHECKING:
    from collections.abc import Collection

    from data.domain.areas import Area
    from data.domain.people import Role
    from handlers.context import Heard

_BUILDING = re.compile(r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z])(?:栋|号楼|幢|座|#)楼?")
_GRID = re.compile(r".*网格")


class Named(NamedTuple):
    """The area a thing is for, and the words that follow."""

    area: Area
    rest: str


class Address(NamedTuple):
    """Where somebody lives: the grid, the building if the roster knows it, the door as far as it was said."""

    grid: Area
    place: Place
    building: Area | None = None


def area_for(heard: Heard, verb: str, words: str, among: Collection[Role] = STAFF) -> Named:
    """Return the area that something called here is for: the room's; elsewhere one's own, or one named."""
    areas = heard.uow.areas
    if heard.room is not None and heard.room.public:
        if not heard.roles_at(heard.room.area_id or 0) & set(among):
            raise RefusedError("refused.room", verb=verb)
        return _named(heard, [areas.get(heard.room.area_id or 0)], words) or Named(
            areas.get(heard.room.area_id or 0), words
        )
    mine = charge(heard, among)
    named = _named(heard, mine, words)
    if named is not None:
        return named
    if not mine:
        raise RefusedError("refused.duty", verb=verb)
    if len(mine) > 1:
        raise UserError("area.which", names="、".join(area.name for area in mine), verb=verb)
    return Named(mine[0], words)


def charge(heard: Heard, among: Collection[Role] = STAFF) -> list[Area]:
    """Return the widest areas of the speaker's duties; in a room only those of its community."""
    areas = heard.uow.areas
    ids = list(dict.fromkeys(duty.area_id for duty in heard.duties if duty.role in among))
    here = heard.community
    if here is not None:
        near = [i for i in ids if areas.covers(here.id, i) or areas.covers(i, here.id)]
        ids = near or ids
    widest = [i for i in ids if not any(other != i and areas.covers(other, i) for other in ids)]
    return [areas.get(i) for i in widest]


def address_in_charge(heard: Heard, word: str, among: Collection[Role] = STAFF) -> Address | None:
    """Return the place a word names in the speaker's charge: 3栋, 3栋501, 3栋2单元501; None if none."""
    said = heard.understand(word).place
    if not said.building:
        return None
    place = Place(said.building, said.unit, None, said.door)
    found: dict[int, Area] = {}
    for duty in heard.duties:
        if duty.role in among:
            for building in heard.uow.areas.buildings(duty.area_id, building_label(said.building)):
                found[building.id] = building
    grids = {
        grid.id: grid
        for building in found.values()
        if (grid := heard.uow.areas.nearest(building.id, AreaKind.GRID)) is not None
    }
    if not grids:
        raise UserError("visit.unknown_building", said=word)
    if len(grids) > 1:
        raise UserError("visit.which_grid", said=word, names="、".join(g.name for g in grids.values()))
    buildings = list(found.values())
    return Address(next(iter(grids.values())), place, buildings[0] if len(buildings) == 1 else None)


def _named(heard: Heard, within: list[Area], words: str) -> Named | None:
    """Return the grid or building within some areas that the first word names."""
    first, _, rest = words.partition(" ")
    first = re.sub("[:,,]+$", "", first)
    if not (_BUILDING.fullmatch(first) or _GRID.fullmatch(first)):
        return None
    found: dict[int, Area] = {}
    for area in within:
        inside = [area, *heard.uow.areas.below(area.id)]
        if _GRID.fullmatch(first):
            near = called([a for a in inside if a.kind is AreaKind.GRID], first)
        else:
            label = building_label(first)
            near = [a for a in inside if a.kind is AreaKind.BUILDING and building_label(a.name) == label]
        found |= {a.id: a for a in near}
    if len(found) > 1:
        grids = [heard.uow.areas.nearest(a.id, AreaKind.GRID) or a for a in found.values()]
        raise UserError("visit.which_grid", said=first, names="、".join(g.name for g in grids))
    if not found:
        raise UserError("visit.unknown_building", said=first)
    return Named(next(iter(found.values())), rest.strip())
