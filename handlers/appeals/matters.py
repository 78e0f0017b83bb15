"""Matters: what one message raises, and the open case that a new appeal is about, too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from nlp import threads
from nlp.understanding import Kind, Urgency

if TYPE_CHECKING:
    from data.domain.case import Case, Line
    from handlers.context import Heard
    from nlp.understanding import Understanding

LONGEST_POINTER = 16  # “就是昨天说的那个”: longer talk of yesterday is about something else


class Matter(NamedTuple):
    """One matter that a message raises: what was understood of it, and its lines."""

    said: Understanding
    lines: list[Line]


def raised(heard: Heard, said: Understanding, lines: list[Line]) -> list[Matter]:
    """Return the matters of what was said, one as a rule; an alarm or a quarrel is never taken apart."""
    words = [line for line in lines if line.text and not line.media]
    if len(words) != 1 or said.urgency is Urgency.EMERGENCY or said.dispute:
        return [Matter(said, lines)]
    found = threads.matters_in(said.text, heard.understand)
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
