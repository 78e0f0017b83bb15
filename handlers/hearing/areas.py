"""Which areas are the speaker's, and which place in them a word names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind, building_label
from data.domain.case import Place
from data.domain.errors import UserError
from data.domain.people import STAFF

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from data.domain.areas import Area
    from data.domain.people import Role
    from handlers.context import Heard


class Residence(NamedTuple):
    """Where somebody lives: the grid, the building if the roster knows it, the door as far as it was said."""

    grid: Area
    place: Place
    building: Area | None = None


def charge(heard: Heard, among: Collection[Role] = STAFF) -> list[Area]:
    """Return the widest areas of the speaker's duties; in a room none wider than the room's."""
    areas = heard.uow.areas
    ids = set(heard.areas_as(among))
    here = heard.room.area_id if heard.room is not None else None
    if here is not None:
        narrowed = {here if areas.covers(i, here) else i for i in ids}
        ids = {i for i in narrowed if areas.covers(here, i)} or ids
    widest = sorted(i for i in ids if not any(other != i and areas.covers(other, i) for other in ids))
    return [areas.get(i) for i in widest]


class AddressSaid(NamedTuple):
    """An address among words, and the words before and after it."""

    address: Residence
    before: str
    after: str


def address_among(heard: Heard, words: str) -> AddressSaid | None:
    """Return the address in the speaker's charge among the first words: 王奶奶 3栋501 …, 3栋 501 王奶奶 …."""
    said = words.split()
    for start in range(min(2, len(said))):
        for length in (2, 1):
            word = "".join(said[start : start + length])
            if length == 2 and not (len(said) > start + 1 and said[start + 1].rstrip("室号").isdigit()):
                continue
            address = address_in_charge(heard, word)
            if address is not None:
                return AddressSaid(address, " ".join(said[:start]), " ".join(said[start + length :]))
    return None


def address_in_charge(heard: Heard, word: str, among: Collection[Role] = STAFF) -> Residence | None:
    """Return the place a word names in the speaker's charge: 3栋, 3栋501, 3栋2单元501; None if none."""
    said = heard.understand(word).place
    if not said.building:
        return None
    return residence_in_charge(heard, Place(said.building, said.unit, None, said.door), word, among)


def residence_in_charge(heard: Heard, place: Place, said: str, among: Collection[Role] = STAFF) -> Residence:
    """Return where a place with a building is in the speaker's charge; raise with what was `said`."""
    found = buildings_within(heard, heard.areas_as(among), building_label(place.building or ""))
    grids = {
        grid.id: grid
        for building in found
        if (grid := heard.uow.areas.nearest(building.id, AreaKind.GRID)) is not None
    }
    if not grids:
        raise UserError("visit.unknown_building", said=said)
    if len(grids) > 1:
        raise UserError("visit.which_grid", said=said, names="、".join(g.name for g in grids.values()))
    return Residence(next(iter(grids.values())), place, found[0] if len(found) == 1 else None)


def buildings_within(heard: Heard, area_ids: Iterable[int], label: str) -> list[Area]:
    """Return the buildings of a label (`3`) within areas; of several, those of the room one speaks in."""
    areas = heard.uow.areas
    found = {b.id: b for area_id in area_ids for b in areas.buildings(area_id, label)}
    here = heard.room.area_id if heard.room is not None else None
    near = [b for b in found.values() if here is not None and areas.covers(here, b.id)]
    return near or list(found.values())
