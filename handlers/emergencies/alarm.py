"""Emergencies: answered at once with the number to call; the ladder is called until somebody answers.

The bot never says that it has called anybody outside: it cannot. Gas and lift numbers come from the config.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import State
from data.domain.lifecycle import Action
from data.domain.people import Role
from data.domain.reminder import ReminderKind
from handlers.cases import resting
from handlers.cases.in_charge import holders, operators, street_officers
from handlers.cases.telling import staff_rooms
from handlers.saying.say import Saying, private_account, say
from handlers.saying.showing import case_label, place_name
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.case import Appeal, Case
    from data.domain.events import EmergencyRaised
    from data.domain.people import Person
    from data.domain.reminder import Reminder
    from data.domain.steps import Step
    from handlers.context import Context

Rung = Callable[["Context", "Case"], "list[Person]"]


def raised(ctx: Context, event: EmergencyRaised) -> None:
    """Answer whoever reported it at once, and call the first on the ladder."""
    case, appeal = event.case, event.appeal
    if appeal is not None:
        _answer(ctx, case, appeal)
    if case.state is State.DEFERRED:
        resting.wake(ctx, case, by=None)
    if case.awaits_meeting:
        resting.proceed(ctx, case, ctx.house.texts("decide.emergency"), by=None)
    after = ctx.uow.timeline.of_case(case.id)[-1].id
    _call_next(ctx, case, Alarm(0, after, ()))


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
    """How far the calling for one emergency has come: the next rung, the step before it, who was called."""

    rung: int
    after: int
    called: tuple[int, ...]


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


def _call_next(ctx: Context, case: Case, alarm: Alarm) -> None:
    """Call the next rung that somebody stands on who was not called yet; past the last tell the operator."""
    rooms = staff_rooms(ctx, _areas(ctx, case))
    for number, rung in enumerate(RUNGS[alarm.rung :], alarm.rung + 1):
        people = {p.id: p for p in rung(ctx, case) if p.id not in alarm.called}
        if people and (rooms or any(private_account(ctx, person_id) for person_id in people)):
            _call(ctx, case, "alarm.call", f"{number}", list(people.values()))
            _in_five_minutes(ctx, case, Alarm(number, alarm.after, (*alarm.called, *people)))
            return
    if alarm.rung <= len(RUNGS):
        operators_too = [p for p in operators(ctx, case.area_id) if p.id not in alarm.called]
        called = [ctx.uow.people.get(person_id) for person_id in alarm.called]
        _call(ctx, case, "alarm.nobody", "end", operators_too, shown=called)
        spent = Alarm(len(RUNGS) + 1, alarm.after, (*alarm.called, *(p.id for p in operators_too)))
        _in_five_minutes(ctx, case, spent)


def _on_shift(ctx: Context, case: Case) -> list[Person]:
    areas = [area.id for area in ctx.uow.areas.up(case.area_id)]
    shifts = sorted(ctx.uow.shifts.on(areas, ctx.now), key=lambda shift: areas.index(shift.area_id))
    return [ctx.uow.people.get(shift.person_id) for shift in shifts]


def _who_are(*roles: Role) -> Rung:
    return lambda ctx, case: [p for role in roles for _, p in holders(ctx, case.area_id, [role])]


RUNGS: tuple[Rung, ...] = (
    _on_shift,
    _who_are(Role.GRID_LEADER, Role.GRID_WORKER),
    _who_are(Role.OFFICER),
    lambda ctx, case: [person for _, person in street_officers(ctx, case)],
    _who_are(Role.SUPERVISOR),
)


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


def _call(
    ctx: Context, case: Case, key: str, step: str, people: list[Person], *, shown: list[Person] | None = None
) -> None:
    """Call people alone, and in the community's staff rooms; `shown` are named in their stead."""
    names = "、".join(p.name for p in (people if shown is None else shown))
    saying = Saying(
        key,
        dedupe=f"emergency:{case.id}:{step}",
        values={
            "label": case_label(ctx.policy, case, public=False),
            "summary": Said(case.summary),
            "number": case.number,
            "who": names or ctx.house.texts("nobody"),
        },
        cases=(case,),
        urgent=True,
    )
    for person in people:
        account = private_account(ctx, person.id)
        if account is not None:
            say(ctx, account, saying.under(f"p{person.id}"))
    for room in staff_rooms(ctx, _areas(ctx, case)):
        say(ctx, room, saying.under(f"r{room.id}"))


def _areas(ctx: Context, case: Case) -> list[int]:
    """Return the areas whose staff rooms hear of an alarm: from the grid up to the street and above."""
    return [area.id for area in ctx.uow.areas.up(case.area_id)]


def _in_five_minutes(ctx: Context, case: Case, alarm: Alarm) -> None:
    due = ctx.now + ctx.policy.answer_emergency
    ctx.uow.reminders.put(
        ReminderKind.EMERGENCY.key(case.id), ReminderKind.EMERGENCY, case.id, due, alarm._asdict()
    )


def _alarm_in(reminder: Reminder) -> Alarm:
    details = reminder.details
    return Alarm(details["rung"], details["after"], tuple(details["called"]))
