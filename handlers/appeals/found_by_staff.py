"""What staff find on a patrol or a building day: a case that is not announced, its steps as any."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import Place, Urgency
from data.domain.events import EmergencyRaised
from data.domain.lifecycle import Action
from handlers.appeals import filing
from handlers.appeals.listening import line_of
from handlers.cases import opening
from handlers.cases.new_case_news import news_of
from handlers.cases.same_matter import already_open
from handlers.cases.steps import record
from handlers.hearing.pictures import lines_before
from handlers.saying.say import say

if TYPE_CHECKING:
    from data.domain.areas import Area
    from data.domain.case import Case, Source
    from handlers.context import Heard
    from nlp.understanding import Understanding


class FoundCase(NamedTuple):
    """The case of something found: whether it was open already, whether the alarm has answered for it."""

    case: Case
    known: bool = False
    emergency: bool = False


def file_found(
    heard: Heard, said: Understanding, *, grid: Area, building: Area | None, place: Place, source: Source
) -> FoundCase:
    """Write down what staff found as a case, or add it to the one that is open for it.

    Who is in charge is told, the finder apart: they are to be answered.
    """
    known = already_open(heard, grid, said, place)
    lines = [*lines_before(heard), replace(line_of(heard), text=said.text)]  # not the command before it
    if known is not None:
        filing.write_appeal(heard, lines, known.id, joined=True, alone=True)
        record(heard, known, Action.JOIN, by=heard.person)
        return FoundCase(known, known=True)
    case = opening.open_case(heard, grid, said, building=building, place=place, source=source)
    appeal = filing.write_appeal(heard, lines, case.id, alone=True)
    if case.urgency is Urgency.EMERGENCY:
        heard.happened(EmergencyRaised(case, appeal))
        return FoundCase(case, emergency=True)
    for notice in news_of(heard, case, appeal):
        if notice.to != heard.account:
            say(heard, notice.to, notice.saying)
    return FoundCase(case)


def place_of(said: Understanding) -> Place:
    """Return the place that words name."""
    return Place(*said.place)
