"""Deferral (挂账): a case rests until a day with its clock stopped, and wakes with the time it had left."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from data.domain.case import State
from data.domain.errors import UserError
from data.domain.lifecycle import Action, target
from handlers.cases.resting import wake
from handlers.cases.steps import take_step
from handlers.hearing.permissions import permitted_case
from handlers.saying.days import day_of
from nlp.reading.days import read_until

if TYPE_CHECKING:
    from datetime import date

    from data.domain.reminder import Reminder
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

WAKES = time(9)


def defer(heard: Heard, command: Command) -> None:
    """Put a case off until a day, if no organisation is still called to it: 挂账 #n 至 日期 原因."""
    case = permitted_case(heard, command)
    target(case, Action.DEFER)
    work = heard.policy.work
    until, reason = _read(heard, command)
    wakes = work.at(until, WAKES)
    if wakes <= heard.now:
        raise UserError("date.past", day=day_of(heard.house.texts, until))
    if heard.uow.whistles.open_on(case.id) is not None:
        raise UserError("defer.whistle", number=case.number)
    take_step(
        heard,
        case,
        Action.DEFER,
        by=heard.person,
        words=heard.house.texts("defer.words", day=day_of(heard.house.texts, until), reason=reason),
        deferred_until=wakes,
        resume_state=case.state,
    )


def resume(heard: Heard, command: Command) -> None:
    """Let a deferred case go on before its day has come: 恢复 #n."""
    case = permitted_case(heard, command)
    target(case, Action.RESUME)
    wake(heard, case, by=heard.person)


def fire(ctx: Context, reminder: Reminder) -> None:
    """Wake a case whose day has come."""
    case = ctx.uow.cases.get(reminder.subject)
    if case.state is State.DEFERRED and case.deferred_until and case.deferred_until <= ctx.now:
        wake(ctx, case, by=None)


def _read(heard: Heard, command: Command) -> tuple[date, str]:
    found = read_until(command.words, heard.policy.work.local(heard.now).date())
    if found is None or not found[1]:
        raise UserError("date.unclear", verb=command.verb.value, example=command.form.example)
    return found
