"""Commands that name their case by what is wrong, not by a number: 把电梯那件派给物业, 路灯 办结 换了灯泡."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from handlers.hearing import grammar, natural
from handlers.hearing.areas import charge
from handlers.hearing.forms import FORMS
from handlers.hearing.lookup import visible
from handlers.hearing.verbs import Needs, Verb, Who

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
_GIVES = re.compile(r"(?:请|麻烦)?[把将]\S{1,12}?(?:那|这)[件个条单]")
_SAID_BEFORE = re.compile(
    r"^(?:请问|那个|那件|我们?|你们?|上面|前面|刚才|刚刚|之前|昨天|前天|上次|那天|早上)*(?:[说讲报提问]|反映|投诉|报修)?过?的?"
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
    case = _only(heard, named, _theirs(heard))
    return None if case is None else grammar.read(f"{_numbered(heard, case)} {told}", loose=True)


def told_by_thing(heard: Heard, text: str) -> Command | None:
    """Return what is told among staff of a case that its words name.

    A unit tells in its room of the one it has in hand (3栋灯泡换好了); others say 把 and which one, or
    whom it is given to (电梯按钮派给物业).
    """
    if heard.person.organisation_id is None:
        return read_by_thing(heard, text) if _GIVES.match(text) or _gives_away(text) else None
    in_their_room = heard.room is not None and heard.room.organisation_id is not None
    found = _split(text) if in_their_room and not grammar.begins_with_number(text) else None
    if found is None:
        return None
    named, told = found
    case = _only(heard, named, heard.uow.cases.open_of(heard.person.id, heard.person.organisation_id))
    return None if case is None else grammar.read(f"{_numbered(heard, case)} {told}", loose=True)


def _gives_away(text: str) -> bool:
    """Whether a text gives what it names to somebody."""
    found = _split(text)
    done = natural.after_number(found[1]) if found is not None else None
    return done is not None and done.verb is Verb.ASSIGN


def asked_by_thing(heard: Heard, text: str) -> Command | None:
    """Return 进度 of the open case that a question names: 3栋灯修好了吗.

    One's own, else one in one's charge, or one that a neighbour raised in this group. Raises where the
    words fit several in a staff member's charge.
    """
    named = _SAID_BEFORE.sub("", _AROUND.sub("", natural.before_question(text)))
    if not SHORTEST <= len(named) <= LONGEST:
        return None
    own = _named(heard, named, [c for c in heard.uow.cases.of_person(heard.person.id) if c.is_open])
    case = own[0] if len(own) == 1 else None
    if case is None and not own and heard.has_duty:
        case = _only(heard, named, _theirs(heard))
    elif case is None and not own and len(near := _named(heard, named, _spoken_of_here(heard))) == 1:
        case = near[0]
    return None if case is None else grammar.read(f"{Verb.PROGRESS} {_numbered(heard, case)}", loose=True)


def _spoken_of_here(heard: Heard) -> list[Case]:
    """Return the open cases of which neighbours spoke in the group that somebody asks in."""
    if heard.room is None or not heard.room.public or heard.room.area_id is None:
        return []
    areas = [heard.uow.areas.get(heard.room.area_id), *heard.uow.areas.below(heard.room.area_id)]
    here = heard.uow.cases.open_in(area.id for area in areas)
    return [case for case in here if not case.discreet and visible(heard, case)]


def _only(heard: Heard, named: str, cases: Iterable[Case]) -> Case | None:
    """Return the one case that words name, None if they name none; raise where it is several."""
    fitting = _named(heard, named, cases)
    if len(fitting) > 1:
        numbers = "、".join(f"#{case.number}" for case in fitting[:MOST_NAMED])
        raise UserError("case.which_named", said=named, numbers=numbers)
    return fitting[0] if fitting else None


def _numbered(heard: Heard, case: Case) -> str:
    return f"{heard.uow.areas.get(case.community_id).short}#{case.number}"


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


def _named(heard: Heard, named: str, cases: Iterable[Case]) -> list[Case]:
    """Return the cases that words name: in the building they say, by a word of theirs, else by their kind."""
    building = heard.understand(named).place.building
    there = [case for case in cases if building in (None, case.place.building)]
    thing = _PLACE.sub("", named)
    if not thing:
        return there if building is not None else []
    by_word = [case for case in there if thing in f"{case.summary}\n{case.kind_name}"]
    if by_word or building is None:  # of which kind a thing is says too little by itself
        return by_word
    return [case for case in there if _is_its_kind(heard, case, thing)]


def _is_its_kind(heard: Heard, case: Case, thing: str) -> bool:
    """Whether a thing that is broken would be a case of the same kind: 灯泡 of one where it is dark."""
    said = heard.understand(f"{thing}坏了")
    return said.is_appeal and said.category == case.category
