"""Supervision (督办): a leader keeps an eye on a case; on the day both leader and handler are reminded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from data.domain.lifecycle import Action, target
from handlers.cases.in_charge import holder_name, responsible
from handlers.cases.steps import take_step
from handlers.cases.telling import tell_assignee
from handlers.hearing.permissions import permitted_case
from handlers.saying.days import day_of
from handlers.saying.say import Saying, say_to_person
from handlers.saying.showing import case_label, resent
from handlers.texts.wording import Said
from nlp.reading.days import read_until

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.events import CaseStepped
    from data.domain.reminder import Reminder
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command


def supervise(heard: Heard, command: Command) -> None:
    """Supervise a case until a day, else until its own deadline: 督办 #n [至 日期] [话]."""
    case = permitted_case(heard, command)
    target(case, Action.SUPERVISE)
    until, words = _read(heard, command, case)
    if case.supervised_by_id is not None and case.supervised_until == until and not words:
        who = heard.uow.people.get(case.supervised_by_id).name
        raise UserError("supervise.again", number=case.number, who=who, day=_day(heard, until))
    step = take_step(
        heard,
        case,
        Action.SUPERVISE,
        by=heard.person,
        words=heard.house.texts("supervise.words", day=_day(heard, until), words=words),
        supervised_by_id=heard.person.id,
        supervised_until=until,
    )
    _tell_handler(heard, case, _saying(heard, case, "supervise.told", f"step:{step.step_id}:handler", words))


def carry_over(heard: Heard, merged: CaseStepped, into: Case) -> None:
    """Let a case that another went into be supervised as that one was; of two days the earlier counts."""
    case = merged.case
    if case.supervised_by_id is None or case.supervised_until is None:
        return
    leader = into.supervised_by_id or case.supervised_by_id
    until = min(case.supervised_until, into.supervised_until or case.supervised_until)
    if (leader, until) != (into.supervised_by_id, into.supervised_until):
        words = heard.house.texts("supervise.carried", number=case.number)
        take_step(
            heard,
            into,
            Action.SUPERVISE,
            by=heard.person,
            words=heard.house.texts("supervise.words", day=_day(heard, until), words=words),
            supervised_by_id=leader,
            supervised_until=until,
        )
    saying = _saying(heard, into, "supervise.merged", f"step:{merged.step_id}:supervised", "")
    saying.values["merged"] = case
    for person_id in {case.supervised_by_id, leader} - {heard.person.id}:
        say_to_person(heard, person_id, saying.under(f"leader{person_id}"))
    _tell_handler(heard, into, saying)


def fire(ctx: Context, reminder: Reminder) -> None:
    """Remind leader and handler on the day, if the case is still open."""
    case = ctx.uow.cases.get(reminder.subject)
    until = case.supervised_until
    if not case.is_open or until is None or until > ctx.now or case.supervised_by_id is None:
        return
    dedupe = f"rem:{reminder.id}:{reminder.due.isoformat()}"
    saying = _saying(ctx, case, "supervise.due", dedupe, "")
    saying.values["resent"] = resent(ctx, reminder)
    say_to_person(ctx, case.supervised_by_id, replace(saying, dedupe=f"{dedupe}:leader"))
    _tell_handler(ctx, case, saying)


def half_way(ctx: Context, reminder: Reminder) -> None:
    """Tell the leader of a case that a rule supervises that half of the time is over, if it is still open."""
    case = ctx.uow.cases.get(reminder.subject)
    if not case.is_open or case.supervised_by_id is None or case.supervised_until is None:
        return
    saying = _saying(ctx, case, "supervise.half", f"rem:{reminder.id}:{reminder.due.isoformat()}", "")
    saying.values["resent"] = resent(ctx, reminder)
    say_to_person(ctx, case.supervised_by_id, saying)


def tell_leader(ctx: Context, event: CaseStepped) -> None:
    """Tell who keeps an eye on a case that it is resolved."""
    if event.action is not Action.RESOLVE or event.silent:
        return
    case = event.case
    if case.supervised_by_id is None or (event.by is not None and event.by.id == case.supervised_by_id):
        return
    dedupe = f"step:{event.step_id}:leader"
    say_to_person(ctx, case.supervised_by_id, _saying(ctx, case, "supervise.end", dedupe, event.words or ""))


def _tell_handler(ctx: Context, case: Case, saying: Saying) -> None:
    if tell_assignee(ctx, case, saying):
        return
    for person in responsible(ctx, case):
        if person.id != case.supervised_by_id:
            say_to_person(ctx, person.id, saying.under(str(person.id)))


def _saying(ctx: Context, case: Case, key: str, dedupe: str, words: str) -> Saying:
    texts = ctx.house.texts
    values = {
        "label": case_label(ctx.policy, case, public=False),
        "day": _day(ctx, case.supervised_until) if case.supervised_until else "",
        "leader": ctx.uow.people.get(case.supervised_by_id).name if case.supervised_by_id else "",
        "who": holder_name(ctx, case) or texts("nobody"),
        "state": texts(f"state.{case.state.value}"),
        "words": Said(words),
        "number": case.number,
        "resent": "",
    }
    return Saying(key, dedupe, values, (case,))


def _read(heard: Heard, command: Command, case: Case) -> tuple[datetime, str]:
    """Return when both are reminded: the opening of the day said, its close if that is today."""
    work = heard.policy.work
    found = read_until(command.words, work.local(heard.now).date())
    if found is None:
        if command.words.startswith(("至", "到")):
            raise UserError("date.unclear", verb=command.verb.value, example=command.form.example)
        by = max(case.resolve_by or case.accept_by or heard.now, work.end_of_day_after(heard.now, 1))
        return work.at(work.local(by).date(), work.opens), command.words
    day, words = found
    for at in (work.at(day, work.opens), work.at(day, work.closes)):
        if at > heard.now:
            return at, words
    raise UserError("date.past", day=day_of(heard.house.texts, day))


def _day(ctx: Context, at: datetime) -> str:
    return day_of(ctx.house.texts, ctx.policy.work.local(at))
