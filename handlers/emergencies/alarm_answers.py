"""Answers to an alarm: 收到, 到场, 马上到, by who was called or in a staff room; then the calling ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.case import TOLD_ALONE, WORKABLE
from data.domain.errors import RefusedError, UserError
from data.domain.lifecycle import Action
from handlers.cases.steps import Telling, take_step
from handlers.emergencies.alarm import alarm_of, answer_to
from handlers.emergencies.alarm_words import answer_in, says_arrived
from handlers.emergencies.called import units
from handlers.hearing.lookup import quoted_cases
from handlers.saying.say import Saying, answer_about, say_to_person

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard

JUST_ANSWERED = timedelta(hours=1)


def heard_as_answer(heard: Heard) -> bool:
    """Take 收到 and the like, or that one is there or on the way, for the answer to the alarm that waits."""
    public = heard.room is not None and heard.room.public
    said = answer_in(heard.address.text, public=public) if heard.has_duty else None
    if said is None:
        return False
    words, ref = said
    here = [
        case
        for case in heard.uow.cases.emergencies()
        if called_here(heard, case) and not (public and case.hazard in TOLD_ALONE)
    ]
    if heard.inbound.quote is not None:
        quoted = {case.id for case in quoted_cases(heard)}
        here = [case for case in here if case.id in quoted]
    if ref is not None:
        here = [case for case in here if case.number == ref.number]
    waiting = [case for case in here if answer_to(heard, case) is None]
    if len(waiting) > 1:
        raise UserError("alarm.which", numbers="、".join(f"#{case.number}" for case in waiting))
    if waiting:
        _answer(heard, waiting[0], words)
        return True
    return len(here) == 1 and _again(heard, here[0], words)


def called_here(heard: Heard, case: Case) -> bool:
    """Return whether the speaker was called to a case, or speaks where it was called."""
    alarm = alarm_of(heard, case)
    if alarm is None:
        return False
    theirs = heard.person.organisation_id in {unit.id for unit in units(heard, case)}
    if heard.room is None or heard.room.organisation_id is not None:
        return theirs or (
            heard.room is None and (heard.person.id in alarm.called or heard.is_staff_for(case))
        )
    if heard.room.public and not (theirs or heard.person.id in alarm.called or heard.is_staff_for(case)):
        return False
    return heard.room.area_id is not None and heard.uow.areas.covers(heard.room.area_id, case.area_id)


def _answer(heard: Heard, case: Case, words: str) -> None:
    """Note who comes; the others who were called need not."""
    if not heard.house.reach(heard.inbound.channel).stable_ids:
        raise RefusedError("refused.unstable", verb=words)
    name = heard.person.name
    handler_id = case.handler_id or heard.person.id
    step = take_step(
        heard,
        case,
        Action.ANSWER_ALARM,
        by=heard.person,
        words=words,
        told=Telling(who=name),
        handler_id=handler_id,
    )
    alarm = alarm_of(heard, case)
    for person_id in alarm.called if alarm is not None else ():
        if person_id != heard.person.id:
            dedupe = f"step:{step.step_id}:called:{person_id}"
            values = {"who": name, "number": case.number}
            say_to_person(heard, person_id, Saying("alarm.taken", dedupe, values, (case,), urgent=True))


def _again(heard: Heard, case: Case, words: str) -> bool:
    """Take what is said after the answer: who answered has arrived; who comes second hears who was first."""
    step = answer_to(heard, case)
    if step is None or step.person_id is None or heard.now - step.at > JUST_ANSWERED:
        return False
    name = heard.uow.people.get(step.person_id).name
    if step.person_id != heard.person.id:
        if heard.room is None:
            answer_about(heard, "alarm.taken", (case,), who=name, number=case.number)
        return heard.room is None
    arrived = heard.house.texts("alarm.arrived", who=name)
    known = any(s.words == arrived for s in heard.uow.timeline.of_case(case.id))
    if case.state in WORKABLE and says_arrived(words) and not known:
        take_step(heard, case, Action.PROGRESS, by=heard.person, words=arrived)
    return True
