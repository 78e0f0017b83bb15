"""Whom a case's outcome is asked of, and when once more: those it was done for, never those who do it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.case import TOLD_ALONE, State
from data.domain.lifecycle import Action
from data.domain.rating import ANSWER_WITHIN
from data.domain.reminder import ReminderKind
from handlers.cases.steps import take_step
from handlers.cases.telling import audience
from handlers.saying.say import Saying, say
from handlers.saying.showing import calling, resent

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.events import CaseStepped
    from data.domain.reminder import Reminder
    from handlers.context import Context


AGAIN_AFTER = timedelta(days=2)  # on the clock; said in office time


def handles(ctx: Context, person_id: int, case: Case) -> bool:
    """Whether somebody is staff for a case: on duty in its area, its handler, of an organisation at work."""
    if person_id in (case.assignee_id, case.handler_id):
        return True
    place = case.building_id or case.area_id
    areas = ctx.uow.areas
    for duty in ctx.uow.people.duties(person_id):
        if areas.covers(duty.area_id, place) or areas.covers(case.area_id, duty.area_id):
            return True
    organisation = ctx.uow.people.get(person_id).organisation_id
    return organisation is not None and organisation in _at_work(ctx, case)


def ask_appellants(ctx: Context, event: CaseStepped) -> None:
    """Note whom a case that is resolved is asked of, and when once more; the question goes with the news."""
    case = event.case
    if event.action is not Action.RESOLVE or event.silent or case.hazard in TOLD_ALONE:
        return
    asked = [a for a in event.audience if not handles(ctx, a.person_id, case)]
    for appeal in asked:
        ctx.uow.ratings.ask(
            {
                "case_id": case.id,
                "person_id": appeal.person_id,
                "account_id": appeal.account_id,
                "room_id": appeal.room_id,
                "round": case.reopened,
                "asked_at": ctx.now,
            }
        )
    if asked:
        ctx.uow.reminders.put(
            ReminderKind.RATE.key(case.id, case.reopened),
            ReminderKind.RATE,
            case.id,
            _again_at(ctx),
            {"round": case.reopened},
        )


def fire(ctx: Context, reminder: Reminder) -> None:
    """Ask those who have not answered once more, where they spoke; after that they are left alone."""
    case = ctx.uow.cases.get(reminder.subject)
    if case.state is not State.RESOLVED or case.reopened != reminder.details["round"]:
        return
    silent = {a.person_id for a in ctx.uow.ratings.of_round(case.id, case.reopened) if a.digit is None}
    to = audience(ctx, case, [a for a in ctx.uow.appeals.of_case(case.id) if a.person_id in silent])
    dedupe = f"rem:{reminder.id}:{reminder.due.isoformat()}"
    texts, mark = ctx.house.texts, resent(ctx, reminder)
    for room_id, accounts in to.rooms.items():
        kind = "" if case.dispute else texts("rate.kind", kind=case.kind_name)
        values = {"resent": mark, "kind": kind, "ask": texts("rate.ask", at=calling(accounts))}
        saying = Saying("rate.again", f"{dedupe}:r{room_id}", values, (case,), mentions=tuple(accounts))
        say(ctx, ctx.uow.rooms.get(room_id), saying)
    for account in to.alone:
        kind = texts("rate.kind", kind=case.kind_name)
        values = {"resent": mark, "kind": kind, "ask": texts("rate.ask", at="")}
        say(ctx, account, Saying("rate.again", f"{dedupe}:a{account.id}", values, (case,), quiet=True))


def last_asked(ctx: Context, case_id: int, turn: int, first: datetime) -> datetime:
    """Return when a question was last put, the first time or again; what was asked at night, after it."""
    again = ctx.uow.reminders.under(ReminderKind.RATE.key(case_id, turn))
    at = again.due if again is not None and again.due <= ctx.now else first
    return ctx.policy.quiet.hold(at, ctx.policy.work)


def _again_at(ctx: Context) -> datetime:
    """Return when to ask again: in office time, unless a long holiday would let the seven days pass by."""
    policy, at = ctx.policy, ctx.now + AGAIN_AFTER
    office = policy.work.next_open(at)
    return office if office < ctx.now + ANSWER_WITHIN else policy.quiet.hold(at, policy.work)


def _at_work(ctx: Context, case: Case) -> set[int]:
    """Return the organisations that handle a case, or were called to it."""
    whistles = ctx.uow.whistles
    called = {part.organisation_id for w in whistles.of_case(case.id) for part in whistles.parts(w.id)}
    return called if case.assignee_org_id is None else called | {case.assignee_org_id}


def close(ctx: Context, reminder: Reminder) -> None:
    """Close a case that nobody has rated for seven days."""
    case = ctx.uow.cases.get(reminder.subject)
    if case.state is State.RESOLVED:
        take_step(ctx, case, Action.CLOSE, by=None)
