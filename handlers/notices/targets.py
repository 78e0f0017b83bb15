"""Where a notice goes: the grids and communities named, in the charge of the officer who gives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind, called
from data.domain.errors import RefusedError, UserError
from data.domain.people import OFFICERS

if TYPE_CHECKING:
    from data.domain.areas import Area
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

ALL = frozenset({"全部", "所有", "全体", "全部网格", "所有网格", "全部群", "所有群", "全社区"})
_NAME, _COMMA = r"[^\s,，、/;；&+:：]+", r"\s*[,，、/;；&+]\s*"
_NAMES = re.compile(_NAME)
_SAID = re.compile(rf"({_NAME}(?:{_COMMA}{_NAME})*)[\s:：]+(\S.*)", re.DOTALL)


class Targets(NamedTuple):
    """The areas a notice is for, and what it says."""

    areas: list[Area]
    words: str


def read_targets(heard: Heard, command: Command) -> Targets:
    """Read `全部|网格1,网格2 内容`; raise for names that nobody or several bear, or of another's areas."""
    said = _SAID.fullmatch(command.words.strip())
    if said is None:
        raise UserError("notice.form", example=command.form.example)
    names, words = said[1], said[2].strip()
    if names in ALL:
        return Targets(_all_of_mine(heard), words)
    found = [_named(heard, command, name) for name in _NAMES.findall(names)]
    return Targets(list({area.id: area for area in found}.values()), words)


def areas_in_charge(heard: Heard) -> list[Area]:
    """Return the areas of the speaker's officer duties, with the communities and grids below them."""
    areas = heard.uow.areas
    found: dict[int, Area] = {}
    for duty in heard.duties:
        if duty.role in OFFICERS:
            communities = [c for c in areas.communities() if areas.covers(duty.area_id, c.id)]
            for part in communities or [areas.get(duty.area_id)]:
                found |= {area.id: area for area in (areas.get(duty.area_id), part, *areas.grids(part.id))}
    return list(found.values())


def _all_of_mine(heard: Heard) -> list[Area]:
    """Return the community spoken in, if it is the speaker's; else all areas of their officer duties."""
    mine = [heard.uow.areas.get(duty.area_id) for duty in heard.duties if duty.role in OFFICERS]
    here = heard.community
    if here is not None and any(heard.uow.areas.covers(area.id, here.id) for area in mine):
        return [here]
    return mine


def _named(heard: Heard, command: Command, name: str) -> Area:
    """Return the one area of the speaker's that goes by a name."""
    mine = areas_in_charge(heard)
    found = called(mine, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError("notice.which", said=name, names="、".join(a.name for a in found))
    if any(name in (c.name, c.short) for c in heard.uow.areas.communities()):
        raise RefusedError("refused.notice", verb=command.verb.value, name=name)
    names = "、".join(a.name for a in mine if a.kind is AreaKind.GRID)
    raise UserError("notice.unknown_area", said=name[:20], names=names)
