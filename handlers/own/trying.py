"""Trying rules and wordings out before they are in force: on a line, and on the last lines that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import yaml

from data.domain.people import OFFICERS
from handlers.own.in_force import checked_rules, checked_wordings
from handlers.texts.masking import mask
from handlers.texts.wording import fields_of

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.texts.wording import Texts
    from nlp.understanding import Understanding

LAST = 200  # lines that rules are tried out on


class Tried(NamedTuple):
    """How a line is understood by the rules in force, and by those that are tried."""

    line: str
    now: str
    then: str
    evidence: tuple[str, ...] = ()


class Trial(NamedTuple):
    """What rules that are tried would change: one's own line, and those kept lines they read otherwise."""

    own: Tried | None
    changed: list[Tried]
    looked_at: int


def try_rules(heard: Heard, text: str, line: str) -> Trial:
    """Understand a line and the last kept ones of one's areas by other rules; raise for bad ones."""
    other = checked_rules(heard.house, text)
    mind, texts = heard.house.understander, heard.house.texts

    def tried(said: str) -> Tried:
        now, then = mind.understand(said), other.understand(said)
        evidence = tuple(str(one) for one in then.evidence)
        return Tried(mask(said), shown(texts, now), shown(texts, then), evidence)

    areas = [
        area.id
        for duty in heard.duties
        if duty.role in OFFICERS
        for area in (heard.uow.areas.get(duty.area_id), *heard.uow.areas.below(duty.area_id))
    ]
    kept = heard.uow.own.lines(areas, LAST)
    looked = [tried(said) for said in kept]
    changed = [one for one in looked if one.now != one.then]
    return Trial(tried(line) if line else None, changed, len(kept))


def try_wording(heard: Heard, key: str, text: str) -> str:
    """Return a wording with examples in its places; raise a keyed error for one that cannot be used."""
    checked_wordings(heard.house, yaml.safe_dump({key: text}, allow_unicode=True))
    texts = heard.house.texts
    names = fields_of(texts.before(key))
    keys = {name: f"own.sample.{name}" for name in names}
    return text.format(**{name: texts(key) if key in texts else f"〔{name}〕" for name, key in keys.items()})


def shown(texts: Texts, found: Understanding) -> str:
    """Return what a line is taken for, in a few words."""
    parts = [texts(f"own.taken.{found.kind.value}")]
    if found.kind.value == "appeal":
        parts += [(found.category or "").partition("/")[2], texts(f"urgency.{found.urgency.value}")]
    if found.dispute:
        parts.append(texts("own.taken.dispute"))
    return " · ".join(part for part in parts if part)
