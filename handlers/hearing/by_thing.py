"""Commands that name their case by what is wrong, not by a number: 把电梯那件派给物业, 路灯 办结 换了灯泡."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from handlers.hearing import grammar, natural
from handlers.hearing.areas import charge
from handlers.hearing.forms import FORMS
from handlers.hearing.verbs import Needs, Who

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.domain.case import Case
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

SHORTEST, LONGEST = 2, 14  # characters by which a case is named
MOST_NAMED = 8
_WORDS = sorted(
    (
        word
        for form in FORMS
        if form.needs is Needs.CASE and form.who is not Who.ANYONE
        for word in (form.verb.value, *form.also)
    ),
    key=len,
    reverse=True,
)
_VERB = re.compile("|".join(map(re.escape, _WORDS)))
_AROUND = re.compile(
    r"^(?:请|麻烦|帮我|把|将|\s)+|(?:那|这)?(?:一?[件个条单])?的?(?:事情?|问题|诉求)?[\s,，:：]*$"
)
_PLACE = re.compile(r"\d{1,3}\s*(?:栋|号楼|幢|座)|\d{1,2}\s*单元|[\s,，的]+")


def read_by_thing(heard: Heard, text: str) -> Command | None:
    """Return the command that staff give on the one open case of theirs that its words name; None if none is.

    Raises where the words fit several.
    """
    found = _split(text)
    if found is None or not heard.has_duty:
        return None
    named, told = found
    fitting = [case for case in _theirs(heard) if _is_named(heard, case, named)]
    if len(fitting) > 1:
        numbers = "、".join(f"#{case.number}" for case in fitting[:MOST_NAMED])
        raise UserError("case.which_named", said=named, numbers=numbers)
    if not fitting:
        return None
    community = heard.uow.areas.get(fitting[0].community_id).short
    return grammar.read(f"{community}#{fitting[0].number} {told}", loose=True)


def _split(text: str) -> tuple[str, str] | None:
    """Return by what a text names a case, and what is told to be done with it."""
    for start in range(SHORTEST, min(len(text), LONGEST + 6)):
        if _VERB.match(text, start) or natural.after_number(text[start:]) is not None:
            named = _AROUND.sub("", text[:start])
            return (named, text[start:]) if SHORTEST <= len(named) <= LONGEST else None
    return None


def _theirs(heard: Heard) -> Iterable[Case]:
    """Return the open cases in the speaker's charge, and those assigned to them."""
    areas = heard.uow.areas
    ids = {one.id for area in charge(heard) for one in (area, *areas.below(area.id))}
    cases = heard.uow.cases
    own = cases.open_of(heard.person.id, heard.person.organisation_id)
    return {case.id: case for case in (*own, *cases.open_in(ids))}.values()


def _is_named(heard: Heard, case: Case, named: str) -> bool:
    """Whether words name a case: its building if they say one, and a word of it or of its kind."""
    building = heard.understand(named).place.building
    if building is not None and building != case.place.building:
        return False
    thing = _PLACE.sub("", named)
    return (not thing and building is not None) or (
        bool(thing) and thing in f"{case.summary}\n{case.kind_name}"
    )
