"""For which area something is called: the room's own, else the caller's duty, or parts of it that are named.

In a residents' room it is the room's area. In private or in a staff room it is the caller's duty; grids or
buildings of it may be named first: `表决 第一网格,3栋 题目 …`, `楼栋日 3栋 周五上午9点 …`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind, building_label, called
from data.domain.errors import RefusedError, UserError
from data.domain.people import OFFICERS, STAFF
from handlers.hearing.areas import charge
from handlers.hearing.permissions import above_duty
from handlers.hearing.verbs import Who

if TYPE_CHECKING:
    from collections.abc import Collection

    from data.domain.areas import Area
    from data.domain.people import Role
    from handlers.context import Heard

_COMMA = re.compile("[,，、;；&+]")
_TRAILING = re.compile("[:：,，]+$")
_GRID = re.compile(r".*网格")
_BUILDING = re.compile(r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z])(?:栋|号楼|幢|座|#)楼?")
_PLACE = re.compile(r"(?:网格|号楼|号院|[栋幢座楼号#])$")  # else it is the first word of what is called
_PARTS = (AreaKind.GRID, AreaKind.BUILDING)


class CalledFor(NamedTuple):
    """The areas something is called for, and the words left after their names."""

    areas: tuple[Area, ...]
    words: str


class Named(NamedTuple):
    """The one area a thing is for, and the words that follow."""

    area: Area
    rest: str


def called_for(heard: Heard, verb: str, words: str, among: Collection[Role]) -> CalledFor:
    """Return for which areas a command calls something; raise if that is not the speaker's to do there."""
    mine = _within(heard, verb, among)
    if heard.room is not None and heard.room.public:
        return CalledFor(mine, words)
    first, _, rest = words.partition(" ")
    named = {name: _part_named(heard, mine, name) for name in _COMMA.split(first)}
    if all(named.values()):
        return CalledFor(tuple({area.id: area for area in named.values() if area}.values()), rest.strip())
    for name, area in named.items():
        if area is None and _is_place(name):
            raise UserError("visit.unknown_building", said=name)
    return CalledFor((_only(mine, verb),), words)


def area_for(heard: Heard, verb: str, words: str, among: Collection[Role] = STAFF) -> Named:
    """Return the one area that something takes place in; in a residents' room a part of it may be named."""
    mine = _within(heard, verb, among)
    first, _, rest = words.partition(" ")
    first = _TRAILING.sub("", first)
    if not _is_place(first):
        return Named(_only(mine, verb), words)
    area = _part_named(heard, mine, first)
    if area is None:
        raise UserError("visit.unknown_building", said=first)
    return Named(area, rest.strip())


def _is_place(name: str) -> bool:
    """Whether a name can be nothing but a building's or a grid's."""
    return bool(_BUILDING.fullmatch(name) or _GRID.fullmatch(name))


def _within(heard: Heard, verb: str, among: Collection[Role]) -> tuple[Area, ...]:
    """Return the room's area if residents sit there, else the speaker's own; raise if it is not theirs."""
    if heard.room is not None and heard.room.public:
        area = heard.uow.areas.get(heard.room.area_id or 0)
        if not heard.roles_at(area.id) & set(among):
            raise RefusedError("refused.room", verb=verb)
        return (area,)
    mine = tuple(charge(heard, among))
    if not mine:
        raise above_duty(verb, Who.OFFICER if set(among) <= OFFICERS else Who.STAFF)
    return mine


def _only(mine: tuple[Area, ...], verb: str) -> Area:
    if len(mine) > 1:
        raise UserError("area.which", names="、".join(area.name for area in mine), verb=verb)
    return mine[0]


def _part_named(heard: Heard, mine: tuple[Area, ...], name: str) -> Area | None:
    """Return the grid or building within some areas that goes by a name; raise if several do."""
    if not _PLACE.search(name) and not _BUILDING.fullmatch(name):
        return None
    below = {a.id: a for own in mine for a in (own, *heard.uow.areas.below(own.id)) if a.kind in _PARTS}
    fitting = called(list(below.values()), name)
    if not fitting:
        label = building_label(name)
        buildings = (a for a in below.values() if a.kind is AreaKind.BUILDING)
        fitting = [a for a in buildings if building_label(a.name) == label]
    if len(fitting) > 1:
        raise UserError("area.several", said=name, names="、".join(_in_full(heard, a) for a in fitting))
    return fitting[0] if fitting else None


def _in_full(heard: Heard, area: Area) -> str:
    above = heard.uow.areas.get(area.parent_id).name if area.parent_id is not None else ""
    return f"{above}{area.name}"
