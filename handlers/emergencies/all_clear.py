"""That a danger is over (灭了, 人出来了, 找到了), by whoever says so where the alarm was heard.

Said by who was called it answers the alarm; by who raised it, nobody more is called; by a neighbour, those
who were called hear it. A case ends by 办结 only, and what was told alone by nothing that is said.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.case import TOLD_ALONE, WORKABLE, Line
from data.domain.errors import UserError
from data.domain.lifecycle import Action
from data.domain.reminder import ReminderKind
from handlers.cases.steps import SILENTLY, take_step
from handlers.cases.telling import tell_staff_rooms
from handlers.emergencies.alarm import alarm_of, answer_to
from handlers.emergencies.alarm_answers import called_here
from handlers.emergencies.alarm_words import ANY_DANGER, over_in
from handlers.hearing.lookup import quoted_cases
from handlers.saying.say import Saying, answer_about, say_to_person
from handlers.saying.showing import case_label
from handlers.texts.wording import Said
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from data.domain.case import Appeal, Case
    from handlers.context import Heard

SPOKEN_OF = timedelta(hours=2)  # after so long 没事了 is about something else


def heard_as_all_clear(heard: Heard) -> bool:
    """Take that a danger is over for what it is; return whether it was said of an alarm that stands."""
    if not over_in(heard.address.text, ANY_DANGER):  # as with nearly every line: no alarm is looked for
        return False
    if heard.understanding.urgency is Urgency.EMERGENCY:
        return False
    alarms = [case for case in heard.uow.cases.emergencies() if _may_be_meant(heard, case)]
    if heard.inbound.quote is not None:
        quoted = {case.id for case in quoted_cases(heard)}
        alarms = [case for case in alarms if case.id in quoted]
    over = over_in(heard.address.text, frozenset(case.hazard or "" for case in alarms)) if alarms else ()
    told_alone = [case for case in alarms if case.hazard in TOLD_ALONE]
    alarms = [case for case in alarms if (case.hazard or "") in over and case not in told_alone]
    if told_alone and over:  # 没事了 may be of somebody of whom nobody else is to know
        return _may_be_of_one_alone(heard, alarms, told_alone)
    if not alarms:
        return False
    return _by_who_was_called(heard, alarms) if heard.has_duty else _by_a_neighbour(heard, alarms)


def _may_be_meant(heard: Heard, case: Case) -> bool:
    """Whether an alarm was heard where somebody speaks, not long ago: called to it, or living there."""
    if heard.now - case.reported_at > SPOKEN_OF:
        return False
    if case.hazard in TOLD_ALONE:
        alarm = alarm_of(heard, case)
        return heard.has_duty and alarm is not None and heard.person.id in alarm.called
    if heard.has_duty:
        return called_here(heard, case)
    if heard.room is None:
        return _own(heard, case) is not None
    if not heard.room.public or heard.room.area_id is None:
        return False
    return heard.uow.areas.covers(heard.room.area_id, case.area_id)


def _may_be_of_one_alone(heard: Heard, alarms: list[Case], told_alone: list[Case]) -> bool:
    """Ask which alarm is meant where it may be one that is told alone; of that one nothing is passed on."""
    if len(told_alone) == 1 and not alarms:
        if heard.room is None:
            answer_about(heard, "alarm.how_to_end", (told_alone[0],), number=told_alone[0].number)
        return heard.room is None
    named = [*alarms, *(told_alone if heard.room is None else ())]
    raise UserError("alarm.which", numbers="、".join(f"#{case.number}" for case in named))


def _own(heard: Heard, case: Case) -> Appeal | None:
    """Return the speaker's appeal of a case."""
    appeals = heard.uow.appeals.of_case(case.id)
    return next((a for a in appeals if a.person_id == heard.person.id and not a.withdrawn), None)


def _by_who_was_called(heard: Heard, alarms: list[Case]) -> bool:
    waiting = [case for case in alarms if answer_to(heard, case) is None]
    if len(waiting) > 1:
        raise UserError("alarm.which", numbers="、".join(f"#{case.number}" for case in waiting))
    theirs = [case for case in alarms if case.handler_id == heard.person.id]
    case = next(iter(waiting or theirs), None)
    if case is None:
        return False
    heard.keep_text = True
    words, alarm = heard.address.text.strip(), alarm_of(heard, case)
    if waiting:
        by = case.handler_id or heard.person.id
        take_step(
            heard, case, Action.ANSWER_ALARM, by=heard.person, words=words, told=SILENTLY, handler_id=by
        )
        _tell_called(heard, case, "alarm.over", but=heard.person.id, called=alarm.called if alarm else ())
    if case.state in WORKABLE:
        take_step(heard, case, Action.PROGRESS, by=heard.person, words=words)
    dedupe = f"alarm.how_to_end:{case.id}"
    say_to_person(
        heard, heard.person.id, Saying("alarm.how_to_end", dedupe, {"number": case.number}, (case,))
    )
    return True


def _by_a_neighbour(heard: Heard, alarms: list[Case]) -> bool:
    """Pass on what a resident says of the one alarm it can be about; who raised it ends the calling."""
    own = [case for case in alarms if _own(heard, case) is not None]
    meant = own or alarms
    if len(meant) > 1:
        return False
    heard.keep_text = True
    case = meant[0]
    alarm, answered = alarm_of(heard, case), answer_to(heard, case)
    if (appeal := _own(heard, case)) is not None:
        _add(heard, appeal)
        heard.uow.reminders.drop(case.id, ReminderKind.EMERGENCY)
    key = "alarm.over" if answered else "alarm.over_by_appellant" if appeal else "alarm.over_by_neighbour"
    called = (answered.person_id,) if answered and answered.person_id else alarm.called if alarm else ()
    _tell_called(heard, case, key, but=heard.person.id, called=called)
    if heard.room is None:
        answer_about(heard, "alarm.heard_over", (case,))
    return True


def _add(heard: Heard, appeal: Appeal) -> None:
    inbound = heard.inbound
    line = Line(inbound.channel, inbound.message_id, heard.now, heard.address.text, inbound.media)
    heard.uow.appeals.add_lines(appeal.id, [line])
    heard.uow.appeals.grow(appeal.id, f"{appeal.words}\n{line.text}", heard.now)


def _tell_called(heard: Heard, case: Case, key: str, *, but: int, called: tuple[int, ...]) -> None:
    """Tell all who were called to an alarm, and the staff rooms, what was said; each speaker's once."""
    values = {
        "label": case_label(heard.policy, case, public=False),
        "who": heard.person.name,
        "words": Said(heard.address.text.strip()),
        "number": case.number,
    }
    saying = Saying(key, f"{key}:{case.id}:{but}", values, (case,), urgent=True)
    for person_id in called:
        if person_id != but:
            say_to_person(heard, person_id, saying.under(f"p{person_id}"))
    tell_staff_rooms(heard, case, saying)
