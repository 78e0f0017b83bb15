"""议事 决议 1 内容 [#12|立件]: what a meeting decided, with or without a case; refused without a quorum."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from data.domain.areas import AreaKind
from data.domain.case import Place, Source
from data.domain.errors import UserError
from data.domain.lifecycle import Action, target
from data.domain.motion import OPEN_MOTIONS, Motion, MotionState, Resolution
from handlers.activities.sparing import say_outcome, tell_who_comes
from handlers.activities.which import meeting_for, own
from handlers.cases import opening
from handlers.cases.in_charge import in_charge
from handlers.cases.steps import take_step
from handlers.context import said_in
from handlers.hearing.permissions import require_for
from handlers.saying.days import day_and_time
from handlers.saying.rooms_for import rooms_serving
from handlers.saying.say import Saying, answer_about, answers_in_private, say_to_person
from handlers.saying.showing import case_label
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from data.domain.case import Case
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

_TAIL = re.compile(r"[\s,，、。;；]*(?:(?P<case>[#＃]\s*\d{1,9})|(?P<open>立件))\s*$")
_MOTION = re.compile(r"^议题\s*[#＃]?(\d{1,9})[\s:：,，]*")


class ResolutionWords(NamedTuple):
    """What a resolution says: words, the numbers of its cases, whether it opens one, the motion named."""

    words: str
    cases: tuple[int, ...]
    opens: bool
    motion: int | None


def decide(heard: Heard, command: Command) -> None:
    """Write down what a meeting decided, and tell whom it concerns."""
    if command.ref is None:
        raise UserError("decide.form", example=command.form.example)
    meeting = own(heard, command, meeting_for(heard, command.ref))
    _require_held(heard, meeting)
    said = _read(command.words)
    if not said.words:
        raise UserError("decide.form", example=command.form.example)
    _require_quorum(heard, meeting)
    motion = _motion(heard, meeting, said.motion)
    cases = [_case(heard, command, meeting, number) for number in said.cases]
    if not cases and not said.opens:
        cases = heard.uow.cases.awaiting(meeting.id)
    for case in cases:
        target(case, Action.DECIDE)
    opened = _open(heard, meeting, motion, said.words) if said.opens else None
    for case in cases:
        take_step(
            heard,
            case,
            Action.DECIDE,
            by=heard.person,
            words=said.words,
            awaits_meeting=False,
            meeting_id=meeting.id,
        )
    concerned = tuple(case.id for case in (*cases, *([opened] if opened else [])))
    made = Resolution(
        0, meeting.id, motion.id if motion else None, said.words, heard.now, heard.person.id, concerned
    )
    heard.uow.resolutions.make(made, said_in(heard))
    if motion is not None:
        heard.uow.motions.change(motion.id, state=MotionState.DECIDED.value)
    if opened is not None or not cases:  # else its appellants hear of it where they spoke
        _announce(heard, meeting, said.words, opened)


def undo(heard: Heard, said: str) -> bool:
    """Take back what a message resolved; return whether it resolved anything."""
    found = heard.uow.resolutions.undo(said)
    for one in found:
        if one.motion_id is not None:
            heard.uow.motions.change(one.motion_id, state=MotionState.LISTED.value)
    return bool(found)


def attendance(ctx: Context, meeting: Activity) -> set[int]:
    """Return the households of a meeting's area that somebody checked in for."""
    of_area = {home.id for home in ctx.uow.households.within([meeting.area_id])}
    homes = (ctx.uow.households.of_person(person_id) for person_id in ctx.uow.activities.came(meeting.id))
    return {home.id for home in homes if home is not None and home.id in of_area}


def _require_held(heard: Heard, meeting: Activity) -> None:
    if meeting.cancelled:
        raise UserError("meeting.over", number=meeting.number)
    if meeting.starts_at > heard.now:
        raise UserError("decide.not_yet", number=meeting.number, time=day_and_time(heard, meeting.starts_at))


def _require_quorum(heard: Heard, meeting: Activity) -> None:
    """Raise with the count unless enough households came; the number itself is enough."""
    quorum = heard.policy.deliberation.quorum
    if quorum is None:
        return
    whole = len(heard.uow.households.within([meeting.area_id]))
    came, needed = len(attendance(heard, meeting)), quorum.needed(whole)
    if came < needed:
        raise UserError("decide.quorum", number=meeting.number, came=came, whole=whole, needed=needed)


def _read(words: str) -> ResolutionWords:
    """Take the numbers of cases and 立件 off the end, and the motion off the beginning."""
    cases: list[int] = []
    opens = False
    while (found := _TAIL.search(words)) is not None:
        if found["case"]:
            cases.insert(0, int(re.sub(r"\D", "", found["case"])))
        opens = opens or bool(found["open"])
        words = words[: found.start()]
    named = _MOTION.match(words)
    words = words[named.end() if named else 0 :]
    return ResolutionWords(
        words.strip(), tuple(dict.fromkeys(cases)), opens, int(named[1]) if named else None
    )


def _motion(heard: Heard, meeting: Activity, number: int | None) -> Motion | None:
    """Return the motion a resolution is on: the one named, else the only one still before the meeting."""
    if number is not None:
        found = heard.uow.motions.numbered(meeting.community_id, number)
        if found is None:
            raise UserError("motion.unknown", number=number)
        if found.state is MotionState.WITHDRAWN:
            raise UserError("motion.taken_back", number=number)
        return found
    left = [one for one in heard.uow.motions.on_agenda(meeting.id) if one.state in OPEN_MOTIONS]
    return left[0] if len(left) == 1 else None


def _case(heard: Heard, command: Command, meeting: Activity, number: int) -> Case:
    case = heard.uow.cases.numbered(meeting.community_id, number)
    if case is None:
        raise UserError("case.unknown", ref=f"#{number}")
    require_for(heard, command.form, case)
    if case.dispute:
        raise UserError("decide.dispute", number=case.number)
    return case


def _open(heard: Heard, meeting: Activity, motion: Motion | None, words: str) -> Case:
    """Open a case from a resolution: its kind and place are those of the motion, else of its own words."""
    said = heard.understand(f"{motion.title}:{words}" if motion else words)
    area = heard.uow.areas.get(meeting.area_id)
    grid = heard.uow.areas.nearest(area.id, AreaKind.GRID) or area
    building = area if area.kind is AreaKind.BUILDING else None
    case = opening.open_case(
        heard, grid, said, building=building, place=Place(*said.place), source=Source.MEETING
    )
    values = {
        "label": case_label(heard.policy, case, public=False),
        "meeting": meeting.number,
        "words": Said(words),
        "number": case.number,
    }
    for _, person in in_charge(heard, case):
        saying = Saying("resolution.in_charge", f"resolution:{case.id}:{person.id}", values, (case,))
        say_to_person(heard, person.id, saying)
    return case


def _announce(heard: Heard, meeting: Activity, words: str, opened: Case | None) -> None:
    """Say a resolution in the rooms of the meeting's area."""
    values: dict[str, Any] = {
        "number": meeting.number,
        "topic": Said(meeting.topic),
        "words": Said(words.rstrip("。.!！ ")),
        "opened": heard.house.texts("resolution.opened", label=case_label(heard.policy, opened))
        if opened
        else "",
    }
    cases = (opened,) if opened else ()
    key = "resolution.with_case" if opened else "resolution.said"
    this = (about(heard, "meeting", meeting),)
    said_here = False
    for room in rooms_serving(heard, [heard.uow.areas.get(meeting.area_id)]):
        here = heard.room == room and not answers_in_private(heard)
        name = f"resolution:{meeting.id}:{heard.inbound.channel}:{heard.inbound.message_id}:r{room.id}"
        reply_to = heard.inbound.message_id if here else None
        saying = Saying(key, name, values, cases, about=this, reply_to=reply_to)
        if not say_outcome(heard, room, meeting, saying):
            tell_who_comes(heard, meeting, saying)
            heard.private_answer = heard.private_answer or here
        else:
            said_here = said_here or here
    if not said_here:
        answer_about(heard, key, cases, about=this, **values)
