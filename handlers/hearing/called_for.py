"""For which area something is called: the room's own, else the caller's duty, or parts of it that are named.

In a residents' room it is the room's area. In private or in a staff room it is the caller's duty; grids or
buildings of it may be named first: `表决 第一网格,3栋 题目 …`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind, called
from data.domain.errors import RefusedError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from data.domain.areas import Area
    from data.domain.people import Role
    from handlers.context import Heard
    from handlers.hearing.verbs import Verb

_COMMA = re.compile("[,，、;；&+]")
_PLACE = re.compile(r"(?:网格|号楼|号院|[栋幢座楼号#])$")  # else it is the first word of what is called
_PARTS = (AreaKind.GRID, AreaKind.BUILDING)


class CalledFor(NamedTuple):
    """The areas something is called for, and the words left after their names."""

    areas: tuple[Area, ...]
    words: str


def called_for(heard: Heard, verb: Verb, words: str, roles: AbstractSet[Role]) -> CalledFor:
    """Return for which areas a command calls something; raise if that is not the speaker's to do there."""
    if heard.room is not None and heard.room.public:
        area = heard.uow.areas.get(heard.room.area_id or 0)
        if not heard.roles_at(area.id) & roles:
            raise RefusedError("refused.room", verb=verb.value)
        return CalledFor((area,), words)
    mine = _own(heard, roles)
    if not mine:
        raise RefusedError("refused.duty", verb=verb.value)
    first, _, rest = words.partition(" ")
    named = _named(heard, mine, first)
    if named:
        return CalledFor(named, rest.strip())
    if len(mine) > 1:
        raise UserError("area.which", names="、".join(a.name for a in mine), verb=verb.value)
    return CalledFor((mine[0],), words)


def _own(heard: Heard, roles: AbstractSet[Role]) -> list[Area]:
    """Return the widest areas in which the speaker holds some roles; in a room none wider than the room's."""
    areas = heard.uow.areas
    mine = {duty.area_id for duty in heard.duties if duty.role in roles}
    here = heard.room.area_id if heard.room is not None else None
    if here is not None:
        narrowed = {here if areas.covers(area, here) else area for area in mine}
        mine = {area for area in narrowed if areas.covers(here, area)} or mine
    widest = [a for a in mine if not any(b != a and areas.covers(b, a) for b in mine)]
    return [areas.get(area_id) for area_id in sorted(widest)]


def _named(heard: Heard, mine: Iterable[Area], said: str) -> tuple[Area, ...]:
    """Return the grids and buildings of the speaker's that a word names; none unless it names only such."""
    below = [a for own in mine for a in (own, *heard.uow.areas.below(own.id)) if a.kind in _PARTS]
    found: dict[int, Area] = {}
    for name in _COMMA.split(said):
        fitting = called(below, name) if _PLACE.search(name) else []
        if len(fitting) > 1:
            raise UserError("area.several", said=name, names="、".join(_in_full(heard, a) for a in fitting))
        if not fitting:
            return ()
        found[fitting[0].id] = fitting[0]
    return tuple(found.values())


def _in_full(heard: Heard, area: Area) -> str:
    above = heard.uow.areas.get(area.parent_id).name if area.parent_id is not None else ""
    return f"{above}{area.name}"
