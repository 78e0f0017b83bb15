"""进度 of any link of the chain, case, motion, meeting, ballot, publicity: its neighbours in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.activities.which import meeting_for
from handlers.deliberation import ballots, motions, publicity
from handlers.deliberation.motions import motion_for
from handlers.deliberation.publicity import publicity_for
from handlers.deliberation.which import ballot_for
from handlers.hearing.lookup import quoted_cases, quoted_id
from handlers.queries import progress as cases
from handlers.saying.chain import links_of_meeting, links_of_motion, links_to
from handlers.saying.days import day_and_time
from handlers.saying.say import answer_about
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.context import Heard
    from handlers.hearing.grammar import Command

_QUOTED = {"motion": "议题", "meeting": "议事会", "ballot": "表决", "publicity": "公示"}


def progress(heard: Heard, command: Command) -> None:
    """Show a case, motion, meeting, ballot or publicity with its neighbours in the chain: 进度 议题 3."""
    thing = command.thing or _quoted(heard, command)
    if thing in LINKS:
        heard.private_answer = True
        LINKS[thing](heard, command)
    else:
        cases.progress(heard, command)


def _quoted(heard: Heard, command: Command) -> str:
    """Return the word of what the quoted message is about, where nothing is named and it is about no case."""
    if command.ref is not None or quoted_cases(heard):
        return ""
    return next((word for kind, word in _QUOTED.items() if quoted_id(heard, kind) is not None), "")


def _motion(heard: Heard, command: Command) -> None:
    one = motion_for(heard, command.ref)
    motions.show(heard, command.ref)
    _neighbours(heard, links_of_motion(heard, one))


def _meeting(heard: Heard, command: Command) -> None:
    meeting = meeting_for(heard, command.ref)
    texts = heard.house.texts
    values = {
        "name": texts("link.meeting", number=meeting.number),
        "state": Said(
            texts(
                "link.state.meeting", topic=Said(meeting.topic), time=day_and_time(heard, meeting.starts_at)
            )
        ),
        "line": _line(heard, links_of_meeting(heard, meeting.id)),
    }
    answer_about(heard, "link.shown", (), about=(about(heard, "meeting", meeting),), **values)


def _ballot(heard: Heard, command: Command) -> None:
    one = ballot_for(heard, command.ref)
    ballots.show(heard, command.ref)
    _neighbours(heard, links_to(heard, one.motion_id, one.case_id))


def _publicity(heard: Heard, command: Command) -> None:
    one = publicity_for(heard, command.ref)
    publicity.show(heard, command.ref)
    _neighbours(heard, links_to(heard, one.motion_id, one.case_id))


def _neighbours(heard: Heard, links: list[str]) -> None:
    if links:
        answer_about(heard, "link.line", (), links=" → ".join(links))


def _line(heard: Heard, links: list[str]) -> str:
    texts = heard.house.texts
    return texts("link.line", links=" → ".join(links)) if links else texts("link.nothing")


LINKS: dict[str, Callable[[Heard, Command], None]] = {
    "议题": _motion,
    "议事会": _meeting,
    "表决": _ballot,
    "公示": _publicity,
}
