"""Answers to an alarm: 收到, 到场, 马上到, by who was called or in a staff room; then the calling ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain import references
from data.domain.errors import RefusedError, UserError
from data.domain.lifecycle import Action
from handlers.announce import Saying, answer_about, say_to_person
from handlers.emergencies import alarm_of, answer_to
from handlers.lookup import quoted_cases
from handlers.steps import take_step

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard

_ANSWER = re.compile(
    r"(?:好的?[,, ]?)?"
    r"(收到|(?:我?已经?)?(?:到了?现场|到场|到达)|我?到了|(?:我们?)?(?:马上|这就|立刻|正)(?:到|来|去|赶[来去]|过[来去])"
    r"|我们?(?:来|去|接手)|在路上|接手)[了啦]?(?:[,,。!! ]*(?:马上|这就)(?:到|来|去))?"
)
_TRAILING = "。.!!~ \u2005👌👍✅"


def heard_as_answer(heard: Heard) -> bool:
    """Take 收到 and the like for the answer to the one alarm that waits for it here."""
    found = _ANSWER.match(heard.address.text.strip())
    if found is None or not _may_answer(heard):
        return False
    ref, rest = references.read(heard.address.text.strip()[found.end() :].strip(_TRAILING))
    if rest.strip(_TRAILING):
        return False
    here = [case for case in heard.uow.cases.emergencies() if _called_here(heard, case)]
    if heard.inbound.quote is not None:
        quoted = {case.id for case in quoted_cases(heard)}
        here = [case for case in here if case.id in quoted]
    if ref is not None:
        here = [case for case in here if case.number == ref.number]
    waiting = [case for case in here if answer_to(heard, case) is None]
    if len(waiting) > 1:
        raise UserError("alarm.which", numbers="、".join(f"#{case.number}" for case in waiting))
    if waiting:
        _answer(heard, waiting[0], found[1])
    elif len(here) == 1:
        _say_who_came_first(heard, here[0])
    return bool(here)


def _may_answer(heard: Heard) -> bool:
    """Whether alarms are answered here at all: alone or among staff, by somebody of the house."""
    return heard.has_duty and (heard.room is None or not heard.room.public)


def _called_here(heard: Heard, case: Case) -> bool:
    """Whether the speaker was called to a case, or speaks where it was called."""
    alarm = alarm_of(heard, case)
    if alarm is None:
        return False
    if heard.room is None:
        return heard.person.id in alarm.called or heard.is_staff_for(case)
    return heard.room.area_id is not None and heard.uow.areas.covers(heard.room.area_id, case.area_id)


def _answer(heard: Heard, case: Case, words: str) -> None:
    """Note who comes; the others who were called need not."""
    if not heard.house.reach(heard.inbound.channel).stable_ids:
        raise RefusedError("refused.unstable", verb=words)
    name = heard.person.name
    handler_id = case.handler_id or heard.person.id
    step = take_step(
        heard, case, Action.ANSWER_ALARM, by=heard.person, words=words, who=name, handler_id=handler_id
    )
    alarm = alarm_of(heard, case)
    for person_id in alarm.called if alarm is not None else ():
        if person_id != heard.person.id:
            dedupe = f"step:{step.step_id}:called:{person_id}"
            values = {"who": name, "number": case.number}
            say_to_person(heard, person_id, Saying("alarm.taken", dedupe, values, (case,), urgent=True))


def _say_who_came_first(heard: Heard, case: Case) -> None:
    step = answer_to(heard, case)
    who = heard.uow.people.get(step.person_id).name if step is not None and step.person_id else ""
    answer_about(heard, "alarm.taken", (case,), who=who, number=case.number)
