"""列入 3 #1: a motion is put on a meeting's agenda, also one that 主动治理 proposed; 议事 议程 1 shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from data.domain import references
from data.domain.errors import RefusedError, UserError
from data.domain.motion import OPEN_MOTIONS, Motion, MotionState
from data.domain.people import STAFF
from data.domain.purpose import Purpose
from handlers.activities.which import ahead_here, meeting_for
from handlers.context import said_in
from handlers.deliberation.motions import motion_for, require_open, values_of
from handlers.hearing.lookup import quoted_id, quoted_purpose
from handlers.saying.agenda import agenda
from handlers.saying.days import day_and_time
from handlers.saying.say import Saying, answer_about, say_to_person
from handlers.saying.showing import place_name
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from data.domain.case import Case
    from data.domain.references import Reference
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

_MEETING = re.compile(r"^(?:到|进|上)?\s*(?:议事会)?\s*")


class AgendaEntry(NamedTuple):
    """What 列入 names: the motion (None: the one quoted), and the meeting (None: the only one ahead)."""

    motion: Reference | None
    meeting: Reference | None


def put_on_agenda(heard: Heard, command: Command) -> None:
    """Put a motion on a meeting's agenda: 列入 3 #1."""
    named = _named(heard, command)
    one = _motion(heard, named.motion)
    meeting = _meeting(heard, named.meeting, command)
    if not heard.roles_at(one.areas[0]) & STAFF:
        raise RefusedError("refused.motion", verb=command.verb.value, number=one.number)
    require_open(one)
    if one.meeting_id == meeting.id:
        raise UserError("motion.listed_before", number=one.number, meeting=meeting.number)
    said = said_in(heard)
    heard.uow.motions.change(
        one.id,
        meeting_id=meeting.id,
        state=MotionState.LISTED.value,
        listed_in=said,
        listed_before=one.meeting_id,
    )
    listed = heard.uow.motions.get(one.id)
    time = day_and_time(heard, meeting.starts_at)
    values = values_of(heard, listed) | {"meeting": meeting.number, "time": time}
    this = (about(heard, "motion", listed), about(heard, "meeting", meeting))
    heard.private_answer = True
    answer_about(heard, "motion.listed", (), about=this, **values)
    if listed.by_id != heard.person.id:
        name = told_proposer(listed, said)
        say_to_person(heard, listed.by_id, Saying("motion.yours_listed", name, values, about=this))


def told_proposer(one: Motion, said: str | None) -> str:
    """Return the name under which the proposer is told what a message put on an agenda."""
    return f"motion:listed:{one.id}:{said}"


def show(heard: Heard, command: Command) -> None:
    """Show a meeting's agenda: 议事 议程 1."""
    meeting = meeting_for(heard, command.ref)
    heard.private_answer = True
    rows = agenda(heard, meeting.id)
    values: dict[str, Any] = {
        "number": meeting.number,
        "topic": Said(meeting.topic),
        "time": day_and_time(heard, meeting.starts_at),
    }
    key = "agenda.of_meeting" if rows else "agenda.empty"
    answer_about(heard, key, (), about=(about(heard, "meeting", meeting),), **values, agenda=rows)


def _named(heard: Heard, command: Command) -> AgendaEntry:
    ref, _ = references.read(_MEETING.sub("", command.words))
    quotes = quoted_id(heard, "motion") is not None or quoted_purpose(heard, Purpose.TOPIC) is not None
    if quotes and ref is None:
        return AgendaEntry(None, command.ref)
    if command.ref is None and not quotes:
        raise UserError("motion.list_form", example=command.form.example)
    return AgendaEntry(command.ref, ref)


def _motion(heard: Heard, ref: Reference | None) -> Motion:
    topic = quoted_purpose(heard, Purpose.TOPIC) if ref is None else None
    return _of_topic(heard, heard.uow.cases.get(topic)) if topic is not None else motion_for(heard, ref)


def _of_topic(heard: Heard, case: Case) -> Motion:
    """Return the motion that a repeat matter becomes; once it is one, that."""
    known = [one for one in heard.uow.motions.of_case(case.id) if one.state in OPEN_MOTIONS]
    if known:
        return known[0]
    return heard.uow.motions.propose(
        {
            "community_id": case.community_id,
            "areas": (case.area_id,),
            "title": f"{place_name(case.place, public=True)}{case.kind_name}",
            "by_id": heard.person.id,
            "at": heard.now,
            "case_id": case.id,
            "said_in": said_in(heard),
        }
    )


def _meeting(heard: Heard, ref: Reference | None, command: Command) -> Activity:
    if ref is None:
        ahead = ahead_here(heard, ("meeting",))
        if len(ahead) != 1:
            raise UserError("motion.list_form", example=command.form.example)
        return ahead[0]
    meeting = meeting_for(heard, ref)
    if not meeting.takes_names(heard.now):
        raise UserError("meeting.over", number=meeting.number)
    return meeting
