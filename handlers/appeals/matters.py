"""Matters: what one message raises, and the open case that a new appeal is about, too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from handlers.cases.grading import is_dispute, private_matter
from nlp import similar, threads
from nlp.understanding import Kind, Urgency
from nlp.understanding import Place as Where

if TYPE_CHECKING:
    from data.domain.areas import Area
    from data.domain.case import Case, Line, Place
    from handlers.context import Context, Heard
    from nlp.understanding import Understanding

LONGEST_POINTER = 16  # “就是昨天说的那个”: longer talk of yesterday is about something else


class Matter(NamedTuple):
    """One matter that a message raises: what was understood of it, and its lines."""

    said: Understanding
    lines: list[Line]


def raised(heard: Heard, said: Understanding, lines: list[Line]) -> list[Matter]:
    """Return the matters of what was said, one as a rule; an emergency is never taken apart."""
    words = [line for line in lines if line.text and not line.media]
    if len(words) != 1 or said.urgency is Urgency.EMERGENCY:
        return [Matter(said, lines)]
    found = threads.matters_in(said.text, heard.house.understander.understand)
    if len(found) == 1:
        return [Matter(said, lines)]
    rest = [line for line in lines if line not in words]  # pictures go with the first
    texts = [replace(words[0], text=part.text) for part in found]
    return [
        Matter(part, [*rest, text] if number == 0 else [text])
        for number, (part, text) in enumerate(zip(found, texts, strict=True))
    ]


def pointed_back(heard: Heard, said: Understanding) -> Case | None:
    """Return the speaker's own open case that a line points back to: “还是昨天说的那个”."""
    if not threads.refers_back(said.text):
        return None
    if said.kind is Kind.QUESTION or not (said.is_appeal or len(said.text) <= LONGEST_POINTER):
        return None
    home = heard.community
    own = [
        case
        for case in heard.uow.cases.of_person(heard.person.id)
        if case.is_open and (home is None or case.community_id == home.id)
    ]
    return next((case for case in own if said.category in (None, case.category)), None)


def already_open(ctx: Context, area: Area, said: Understanding, place: Place) -> Case | None:
    """Return the open case of the grid that is about the same matter: same kind and place, like words."""
    if said.category is None or is_dispute(said) or private_matter(ctx.policy, said) is not None:
        return None
    new = similar.matter(said.text, said.category, _near(place))
    alike = [
        (similar.likeness(new, similar.matter(gist.summary, said.category, _near(gist.place))), gist.case_id)
        for gist in ctx.uow.cases.open_here(area.id, said.category, place.building)
        if similar.shares_words(new, gist.summary)
    ]
    score, case_id = max(alike, key=lambda pair: pair[0], default=(0.0, 0))
    return ctx.uow.cases.get(case_id) if score >= similar.SAME else None


def same_matter(one: Case, other: Case) -> bool:
    """Whether two cases are about the same matter."""
    first = similar.matter(one.summary, one.category, _near(one.place))
    second = similar.matter(other.summary, other.category, _near(other.place))
    return similar.likeness(first, second) >= similar.SAME


def _near(place: Place) -> Where:
    return Where(place.building, place.unit, place.floor, place.door, place.spot)
