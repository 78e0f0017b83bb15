"""Deadlines: set when a step starts a clock, dropped when it stops, said to the one who is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import WORKABLE, State, Urgency
from data.domain.rating import ANSWER_WITHIN
from handlers.announce import Saying, say_to_person
from handlers.charge import in_charge, officers, responsible, supervisors
from handlers.showing import case_label, when

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.reminder import Reminder
    from handlers.context import Context

STAGES = ("late", "officer", "supervisor")


def schedule(ctx: Context, case: Case) -> None:
    """Set the reminders of the clocks that run for a case now, and drop all others."""
    for clock in ("accept", "resolve", "close", "resume"):
        ctx.uow.reminders.drop(f"{clock}*", case.id)
    emergency = case.urgency is Urgency.EMERGENCY  # which has a ladder of its own, on the clock
    if case.state is State.REPORTED and case.accept_by and not emergency:
        _ladder(ctx, case, "accept", case.accept_by)
    elif case.state in WORKABLE and case.resolve_by:
        _ladder(ctx, case, "resolve", case.resolve_by)
    elif case.state is State.RESOLVED and case.resolved_at:
        _set(ctx, case, "close", case.resolved_at + ANSWER_WITHIN)
    elif case.state is State.DEFERRED and case.deferred_until:
        _set(ctx, case, "resume", case.deferred_until)


def _ladder(ctx: Context, case: Case, clock: str, by: datetime) -> None:
    policy = ctx.policy
    after = {"late": None, "officer": policy.ladder_officer, "supervisor": policy.ladder_supervisor}
    for stage, span in after.items():
        due = policy.work.next_open(by) if span is None else span.after(by, policy.work)
        _set(ctx, case, f"{clock}.{stage}", due)


def _set(ctx: Context, case: Case, kind: str, due: datetime) -> None:
    ctx.uow.reminders.put(f"{kind}:{case.id}", kind, case.id, due)


def fire(ctx: Context, reminder: Reminder) -> None:
    """Tell who is late, then the officer, then the supervisor; never the group, only in office hours."""
    case = ctx.uow.cases.get(reminder.subject)
    clock, _, stage = reminder.kind.partition(".")
    by = case.accept_by if clock == "accept" else case.resolve_by
    runs = case.state is State.REPORTED if clock == "accept" else case.state in WORKABLE
    if not runs or by is None or by > ctx.now:
        return
    late = [p for _, p in in_charge(ctx, case)] if clock == "accept" else responsible(ctx, case)
    above = {"officer": officers, "supervisor": supervisors}
    for person in late if stage == "late" else [p for _, p in above[stage](ctx, case)]:
        saying = Saying(
            f"deadline.{clock}.{stage}",
            dedupe=f"rem:{reminder.id}:{reminder.due.isoformat()}:{person.id}",
            values={
                "label": case_label(ctx.policy, case, public=False),
                "by": when(ctx, by),
                "who": "、".join(p.name for p in late) or ctx.house.texts("nobody"),
                "number": case.number,
                "resent": resent(ctx, reminder),
            },
            cases=(case,),
        )
        say_to_person(ctx, person.id, saying)


def resent(ctx: Context, reminder: Reminder) -> str:
    """Return the mark of what is said late because the bot was down."""
    return ctx.house.texts("resent") if reminder.missed(ctx.now) else ""
