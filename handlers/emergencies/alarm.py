"""Emergencies: answered at once with the number to call; the ladder is called until somebody answers.

The bot never says that it has called anybody outside: it cannot. Gas and lift numbers come from the config.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import TOLD_ALONE
from data.domain.lifecycle import Action
from data.domain.reminder import ReminderKind
from handlers.cases.in_charge import operators
from handlers.cases.telling import staff_rooms
from handlers.emergencies.called import RUNGS, next_alone, units
from handlers.saying.say import Saying, private_account, say, say_to_person
from handlers.saying.showing import case_label, place_name
from handlers.texts.wording import Said
from nlp.understanding import Urgency as Urgent

if TYPE_CHECKING:
    from data.domain.case import Appeal, Case
    from data.domain.events import EmergencyRaised
    from data.domain.people import Person
    from data.domain.reminder import Reminder
    from data.domain.steps import Step
    from handlers.context import Context

ALONE = 2  # so many are called to somebody in despair, or beaten at home, at first, each in private


def raised(ctx: Context, event: EmergencyRaised) -> None:
    """Answer whoever reported it at once, and call the first on the ladder."""
    case, appeal = event.case, event.appeal
    if appeal is not None:
        _answer(ctx, case, appeal)
    after = ctx.uow.timeline.of_case(case.id)[-1].id
    alarm = Alarm(0, after, (), *_raised_by(ctx, appeal))
    _call_next(ctx, case, alarm)
    _call_units(ctx, case, alarm)


def _raised_by(ctx: Context, appeal: Appeal | None) -> tuple[int | None, str | None]:
    """Return the appeal that raised an alarm, and its line that did: all who are called read it first."""
    if appeal is None:
        return None, None
    lines = [line for line in ctx.uow.appeals.lines(appeal.id) if line.text]
    understand = ctx.understand
    alarming = [line for line in lines if understand(line.text).urgency is Urgent.EMERGENCY]
    found = next(iter(alarming or lines[-1:]), None)
    return appeal.id, found.message_id if found is not None else None


def fire(ctx: Context, reminder: Reminder) -> None:
    """Call the next on the ladder, unless somebody has taken the case in hand."""
    case = ctx.uow.cases.get(reminder.subject)
    if case.is_open and answer_to(ctx, case) is None:
        _call_next(ctx, case, _alarm_in(reminder))


def call_on(ctx: Context, case: Case) -> None:
    """Go on calling after the answer to an alarm was taken back."""
    reminder = ctx.uow.reminders.under(ReminderKind.EMERGENCY.key(case.id))
    if reminder is not None and case.is_open and answer_to(ctx, case) is None:
        _in_five_minutes(ctx, case, _alarm_in(reminder))


class Alarm(NamedTuple):
    """How far the calling for one emergency has come: the next rung, the step before it, who was called.

    `appeal` and `line` (a message id) are what raised it.
    """

    rung: int
    after: int
    called: tuple[int, ...]
    appeal: int | None = None
    line: str | None = None


def alarm_of(ctx: Context, case: Case) -> Alarm | None:
    """Return how far the calling for a case has come; None if it never was an emergency."""
    reminder = ctx.uow.reminders.under(ReminderKind.EMERGENCY.key(case.id))
    return _alarm_in(reminder) if reminder is not None else None


def answer_to(ctx: Context, case: Case) -> Step | None:
    """Return the first step that anybody took on a case after the alarm: whoever did so has answered it."""
    alarm = alarm_of(ctx, case)
    if alarm is None:
        return None
    steps = [s for s in ctx.uow.timeline.of_case(case.id) if s.id > alarm.after and not s.undone]
    return next((s for s in steps if s.person_id is not None and s.action not in NO_ANSWER), None)


NO_ANSWER = {Action.JOIN, Action.SECOND, Action.RATE, Action.FEED_BACK, Action.UNDO}


class AlarmCall(NamedTuple):
    """One call: its wording, its step of the calling, and who is named in it."""

    key: str
    step: str
    shown: list[Person]


def _call_next(ctx: Context, case: Case, alarm: Alarm) -> None:
    """Call the next rung that somebody stands on who was not called yet; past the last tell the operator."""
    if case.hazard in TOLD_ALONE:
        _call_alone(ctx, case, alarm)
        return
    rooms = staff_rooms(ctx, _areas(ctx, case))
    for number, rung in enumerate(RUNGS[alarm.rung :], alarm.rung + 1):
        people = {p.id: p for p in rung(ctx, case) if p.id not in alarm.called}
        if people and (rooms or any(private_account(ctx, person_id) for person_id in people)):
            _call(
                ctx, case, alarm, AlarmCall("alarm.call", f"{number}", [*people.values()]), [*people.values()]
            )
            _in_five_minutes(ctx, case, alarm._replace(rung=number, called=(*alarm.called, *people)))
            return
    if alarm.rung <= len(RUNGS):
        operators_too = [p for p in operators(ctx, case.area_id) if p.id not in alarm.called]
        called = [ctx.uow.people.get(person_id) for person_id in alarm.called]
        _call(ctx, case, alarm, AlarmCall("alarm.nobody", "end", called), operators_too)
        all_called = (*alarm.called, *(p.id for p in operators_too))
        _in_five_minutes(ctx, case, alarm._replace(rung=len(RUNGS) + 1, called=all_called))


def _call_alone(ctx: Context, case: Case, alarm: Alarm) -> None:
    """Call two to what is told alone, each in private; while nobody answers, one more of the ladder."""
    people = next_alone(ctx, case, alarm.called, 1 if alarm.called else ALONE)
    if people:
        saying = _saying(
            ctx, case, alarm, AlarmCall(f"alarm.call_alone.{case.hazard}", f"alone{alarm.rung}", people)
        )
        for person in people:
            say_to_person(ctx, person.id, saying.under(f"p{person.id}"))
        called = (*alarm.called, *(person.id for person in people))
        _in_five_minutes(ctx, case, alarm._replace(rung=alarm.rung + 1, called=called))


def _call_units(ctx: Context, case: Case, alarm: Alarm) -> None:
    """Call the units whose sort of danger it is, in their rooms, else their members, once."""
    for unit in units(ctx, case):
        saying = _saying(ctx, case, alarm, AlarmCall("alarm.unit", f"unit{unit.id}", []))
        rooms = ctx.uow.rooms.of_organisation(unit.id)
        for room in rooms:
            say(ctx, room, saying.under(f"r{room.id}"))
        for member in [] if rooms else ctx.uow.people.members(unit.id):
            say_to_person(ctx, member.id, saying.under(f"p{member.id}"))


def _answer(ctx: Context, case: Case, appeal: Appeal) -> None:
    texts = ctx.house.texts
    hazard = case.hazard if f"emergency.{case.hazard}" in texts else "danger"
    number = ctx.policy.numbers.get(hazard or "", "")
    account = ctx.uow.people.account(appeal.account_id)
    saying = Saying(
        f"emergency.{hazard}",
        dedupe=f"emergency:{case.id}:{appeal.id}",
        values={
            "place": place_name(case.place, public=True),
            "number": texts("emergency.number", number=number) if number else "",
        },
        cases=(case,),
        reply_to=ctx.uow.appeals.lines(appeal.id)[-1].message_id,
        urgent=True,
    )
    ctx.uow.outbox.silence(f"ack:{appeal.id}")
    if appeal.room_id is None:
        say(ctx, account, saying)
    else:
        room = ctx.uow.rooms.get(appeal.room_id)
        say(ctx, room, replace(saying, mentions=(account,)))


def _call(ctx: Context, case: Case, alarm: Alarm, call: AlarmCall, people: list[Person]) -> None:
    """Call people alone, and in the community's staff rooms."""
    saying = _saying(ctx, case, alarm, call)
    for person in people:
        say_to_person(ctx, person.id, saying.under(f"p{person.id}"))
    for room in staff_rooms(ctx, _areas(ctx, case)):
        say(ctx, room, saying.under(f"r{room.id}"))


def _areas(ctx: Context, case: Case) -> list[int]:
    """Return the areas whose staff rooms hear of an alarm: from the grid up to the street and above."""
    return [area.id for area in ctx.uow.areas.up(case.area_id)]


def _saying(ctx: Context, case: Case, alarm: Alarm, call: AlarmCall) -> Saying:
    return Saying(
        call.key,
        dedupe=f"emergency:{case.id}:{call.step}",
        values={
            "label": case_label(ctx.policy, case, public=False),
            "summary": Said(_words(ctx, case, alarm)),
            "number": case.number,
            "who": "、".join(p.name for p in call.shown) or ctx.house.texts("nobody"),
        },
        cases=(case,),
        urgent=True,
    )


def _words(ctx: Context, case: Case, alarm: Alarm) -> str:
    """Return what was said, the line that raised the alarm first."""
    lines = [line for line in ctx.uow.appeals.lines(alarm.appeal) if line.text] if alarm.appeal else []
    lines.sort(key=lambda line: line.message_id != alarm.line)
    return "\n".join(line.text for line in lines) or case.summary


def _in_five_minutes(ctx: Context, case: Case, alarm: Alarm) -> None:
    due = ctx.now + ctx.policy.answer_emergency
    ctx.uow.reminders.put(
        ReminderKind.EMERGENCY.key(case.id), ReminderKind.EMERGENCY, case.id, due, alarm._asdict()
    )


def _alarm_in(reminder: Reminder) -> Alarm:
    details = reminder.details
    raised_by = details.get("appeal"), details.get("line")
    return Alarm(details["rung"], details["after"], tuple(details["called"]), *raised_by)
