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
_AND = re.compile(r"[和与及跟]")
_MORE = re.compile(
    rf"((?:[,，、/;；&+和与及跟]|还有|以及)\s*)?({_NAME}(?:{_COMMA}{_NAME})*)(?=[\s:：])[\s:：]*"
)
_AREA_WORD = re.compile(r"(?:网格|社区|小区|[栋幢座楼]|号院)$")
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
    found = [_named(heard, command, name) for name in _names_in(heard, names)]
    while (more := _MORE.match(words)) is not None:
        named = _also_named(heard, command, more[2], linked=bool(more[1]))
        if not named:
            break
        found += named
        words = words[more.end() :].strip()
    if not words:
        raise UserError("notice.form", example=command.form.example)
    return Targets(list({area.id: area for area in found}.values()), words)


def _names_in(heard: Heard, said: str) -> list[str]:
    """Return the names that a word lists: 第一网格、第二网格, 第一网格和第二网格; one with 和 in it whole."""
    mine = areas_in_charge(heard)
    return [
        name
        for part in _NAMES.findall(said)
        for name in ([part] if called(mine, part) else [n for n in _AND.split(part) if n])
    ]


def _also_named(heard: Heard, command: Command, said: str, *, linked: bool) -> list[Area]:
    """Return the areas that a further word names; nothing if the notice begins with it."""
    names = _names_in(heard, said)
    mine = areas_in_charge(heard)
    if not linked and not all(_AREA_WORD.search(name) and called(mine, name) for name in names):
        return []
    return [_named(heard, command, name) for name in names]


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
    mine = [heard.uow.areas.get(area_id) for area_id in heard.areas_as(OFFICERS)]
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
