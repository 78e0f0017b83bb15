"""Answers to an alarm: 收到, 到场, 马上到, by who was called or in a staff room; then the calling ends."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain import references
from data.domain.case import TOLD_ALONE, WORKABLE
from data.domain.errors import RefusedError, UserError
from data.domain.lifecycle import Action
from handlers.cases.steps import Telling, take_step
from handlers.emergencies.alarm import alarm_of, answer_to
from handlers.emergencies.called import units
from handlers.hearing.lookup import quoted_cases
from handlers.saying.say import Saying, answer_about, say_to_person
from handlers.texts.punctuation import without_marks

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.references import Reference
    from handlers.context import Heard

_GO = r"(?:马上|这就|立刻|现在|正在?)?就?(?:过?[到来去]|赶[来去]|赶过去|[来去]?处理|[来去]?看看?|接手)"
_HERE = r"(?:已经?)?(?:到了?现场|到场|到达|到位|到了)"
_ANSWER = re.compile(
    rf"(?:好的?[,\uff0c ]?)?(收到|(?:我们?)?(?:{_HERE}|在路上)|(?:我们?)?{_GO})[了啦]?"
    rf"(?:[,\uff0c。!\uff01 ]*(?:我们?)?{_GO})?[了啦]?(?=[\s#＃\d。.!\uff01~👌👍✅]|$)"
)
_WHO = r"(?:好的?|收到)?[,\uff0c ]?(?:我们?|人)"
_PLACE = r"(?:现场|楼下|楼上|门口|这里|这边|小区|单元|电梯|车库|\d+[栋楼号])"
_THERE = re.compile(
    rf"{_WHO}(?:已经?|都|刚|现在)*(?:(?:赶到|来到|到达|到)了?[^,\uff0c。!\uff01]{{0,8}}{_PLACE}"
    rf"|在{_PLACE}了?(?=[,\uff0c。!\uff01 ]|$))"
    r"|我们?(?:已经?|都|刚|也)*(?:到了|到场了?|来了|在现场了?)(?=[,\uff0c。!\uff01 ]|$)"
)
_STOP = r"(?=[,\uff0c。!\uff01 ]|$)"
_COMING = re.compile(
    rf"{_WHO}?(?:已经?|都)*(?:在路上|出发|在赶|往(?:那边|现场|\d+[栋楼号])\S{{0,2}}(?:赶|走|去))了?{_STOP}"
    rf"|{_WHO}?(?:[\d一二两三四五十半]+)分钟(?:内|左右|后|以内)?(?:就|能|可以)?(?:赶)?到{_STOP}"
    rf"|{_WHO}(?:马上|这就|立刻|现在|正|就)+"
    rf"(?:在路上|过[来去]|[下上]来|下楼|赶[来去过]|[来去]看|到{_PLACE}|到{_STOP})"
)
_NOT_COMING = re.compile(r"[吗?\uff1f没不]|昨|前天|上次|上周|待会|等会|晚点|明天|改天")
ARRIVED = "到了"
LONGEST = 30  # characters: longer talk tells of something else
_ARRIVED = re.compile(rf"(?:我们?)?{_HERE}")
JUST_ANSWERED = timedelta(hours=1)


def heard_as_answer(heard: Heard) -> bool:
    """Take 收到 and the like, or that one is there or on the way, for the answer to the alarm that waits."""
    said = _said(heard)
    if said is None or not heard.has_duty:
        return False
    words, ref = said
    public = heard.room is not None and heard.room.public
    here = [
        case
        for case in heard.uow.cases.emergencies()
        if _called_here(heard, case) and not (public and case.hazard in TOLD_ALONE)
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


def _said(heard: Heard) -> tuple[str, Reference | None] | None:
    """Return the words of an answer and the case it names, if one is; among residents a bare 收到 is none."""
    text = heard.address.text.strip()
    public = heard.room is not None and heard.room.public
    found = None if public else _ANSWER.match(text)
    if found is not None:
        ref, rest = references.read(without_marks(text[found.end() :]))
        if not without_marks(rest):
            return found[1], ref
    if len(text) > LONGEST or _NOT_COMING.search(text):
        return None
    if _THERE.match(text):
        return ARRIVED, None
    return (text, None) if _COMING.match(text) else None


def _called_here(heard: Heard, case: Case) -> bool:
    """Whether the speaker was called to a case, or speaks where it was called."""
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
    if case.state in WORKABLE and _ARRIVED.fullmatch(words) and not known:
        take_step(heard, case, Action.PROGRESS, by=heard.person, words=arrived)
    return True
