"""Deadlines: set when a step starts a clock, dropped when it stops, said to the one who is late."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.domain.case import WORKABLE, State, Urgency
from data.domain.rating import ANSWER_WITHIN
from data.domain.reminder import Reminder
from handlers.announce import Saying, say_to_person
from handlers.charge import holder_name, in_charge, officers, responsible, supervisors
from handlers.showing import case_label, when
from handlers.telling import tell_assignee

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from handlers.context import Context

STAGES = ("late", "officer", "supervisor")
CLOCKS = (*(f"{clock}.{stage}" for clock in ("accept", "resolve") for stage in STAGES), "close", "resume")


def schedule(ctx: Context, case: Case) -> None:
    """Set the reminders of the clocks that run for a case now, and drop all others."""
    if case.version > 0 or case.state is not State.REPORTED:
        ctx.uow.reminders.drop(case.id, *CLOCKS)
    due = _clocks(ctx, case)
    if due:
        ctx.uow.reminders.put_all(
            [Reminder(0, kind, case.id, at, key=f"{kind}:{case.id}") for kind, at in due.items()]
        )


def _clocks(ctx: Context, case: Case) -> dict[str, datetime]:
    """Return what falls due for a case in its state; an emergency has a ladder of its own, on the clock."""
    emergency = case.urgency is Urgency.EMERGENCY
    if case.state is State.REPORTED and case.accept_by and not emergency:
        return _ladder(ctx, "accept", case.accept_by)
    if case.state in WORKABLE and case.resolve_by:
        return _ladder(ctx, "resolve", case.resolve_by)
    if case.state is State.RESOLVED and case.resolved_at:
        return {"close": case.resolved_at + ANSWER_WITHIN}
    if case.state is State.DEFERRED and case.deferred_until:
        return {"resume": case.deferred_until}
    return {}


def _ladder(ctx: Context, clock: str, by: datetime) -> dict[str, datetime]:
    policy = ctx.policy
    return {
        f"{clock}.late": policy.work.next_open(by),
        f"{clock}.officer": policy.ladder_officer.after(by, policy.work),
        f"{clock}.supervisor": policy.ladder_supervisor.after(by, policy.work),
    }


def fire(ctx: Context, reminder: Reminder) -> None:
    """Tell who is late, then the officer, then the supervisor; never the group, only in office hours."""
    case = ctx.uow.cases.get(reminder.subject)
    clock, _, stage = reminder.kind.partition(".")
    by = case.accept_by if clock == "accept" else case.resolve_by
    runs = case.state is State.REPORTED if clock == "accept" else case.state in WORKABLE
    if not runs or by is None or by > ctx.now:
        return
    late = [p for _, p in in_charge(ctx, case)] if clock == "accept" else responsible(ctx, case)
    saying = Saying(
        f"deadline.{clock}.{stage}",
        dedupe=f"rem:{reminder.id}:{reminder.due.isoformat()}",
        values={
            "label": case_label(ctx.policy, case, public=False),
            "by": when(ctx, by),
            "who": holder_name(ctx, case) or "、".join(p.name for p in late) or ctx.house.texts("nobody"),
            "number": case.number,
            "resent": resent(ctx, reminder),
        },
        cases=(case,),
    )
    if stage == "late" and tell_assignee(ctx, case, saying):
        return
    above = {"officer": officers, "supervisor": supervisors}
    for person in late if stage == "late" else [p for _, p in above[stage](ctx, case)]:
        say_to_person(ctx, person.id, replace(saying, dedupe=f"{saying.dedupe}:{person.id}"))


def resent(ctx: Context, reminder: Reminder) -> str:
    """Return the mark of what is said late because the bot was down."""
    return ctx.house.texts("resent") if reminder.missed(ctx.now) else ""
