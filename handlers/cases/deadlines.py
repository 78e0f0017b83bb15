"""Deadlines: set when a step starts a clock, dropped when it stops, said to the one who is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import WORKABLE, Source, State, Urgency
from data.domain.rating import ANSWER_WITHIN
from data.domain.reminder import Reminder, ReminderKind
from handlers.cases import ladder
from handlers.cases.in_charge import holder_name, in_charge, operators, responsible
from handlers.cases.oversight import half_way
from handlers.cases.telling import tell_assignee
from handlers.saying.days import when
from handlers.saying.say import Saying, say_to_person
from handlers.saying.showing import case_label, resent

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from handlers.context import Context

REMINDED = "deadlines"  # what somebody is reminded of at one moment is one message
CLOCKS = (
    *ladder.kinds(ReminderKind.ACCEPT),
    *ladder.kinds(ReminderKind.RESOLVE),
    ReminderKind.CLOSE,
    ReminderKind.RESUME,
    ReminderKind.SUPERVISE,
    ReminderKind.SUPERVISE_HALF,
)


def schedule(ctx: Context, case: Case) -> None:
    """Set the reminders of the clocks that run for a case now, and drop all others."""
    if case.version > 0 or case.state is not State.REPORTED:
        ctx.uow.reminders.drop(case.id, *CLOCKS)
    _schedule_ladder(ctx, case)
    due = _other_clocks(ctx, case)
    if due:
        ctx.uow.reminders.put_all(
            [Reminder(0, kind, case.id, at, key=kind.key(case.id)) for kind, at in due.items()]
        )
    warn_of_unknown_years(ctx, case.area_id)


def _schedule_ladder(ctx: Context, case: Case) -> None:
    """Set the reminders of a deadline; an emergency has a ladder of its own, on the clock."""
    emergency = case.urgency is Urgency.EMERGENCY
    if case.state is State.REPORTED and case.accept_by and not emergency:
        ladder.schedule(ctx, ReminderKind.ACCEPT, case.id, ladder.dues(ctx, case.reported_at, case.accept_by))
    elif case.state in WORKABLE and case.resolve_by:
        start = case.resolve_from or case.reported_at
        ladder.schedule(ctx, ReminderKind.RESOLVE, case.id, ladder.dues(ctx, start, case.resolve_by))


def _other_clocks(ctx: Context, case: Case) -> dict[ReminderKind, datetime]:
    """Return what else falls due for a case in its state."""
    due: dict[ReminderKind, datetime] = {}
    if case.state is State.RESOLVED and case.resolved_at:
        due[ReminderKind.CLOSE] = case.resolved_at + ANSWER_WITHIN
    if case.state is State.DEFERRED and case.deferred_until:
        due[ReminderKind.RESUME] = case.deferred_until
    if case.is_open and case.supervised_until and case.supervised_until > ctx.now:
        due[ReminderKind.SUPERVISE] = ctx.policy.work.next_open(case.supervised_until)
        half = half_way(ctx, case)
        if half is not None and half > ctx.now:
            due[ReminderKind.SUPERVISE_HALF] = ctx.policy.work.next_open(half)
    return due


def set_by_order(ctx: Context, case: Case, by: datetime) -> datetime:
    """Return by when a case is to be resolved, where the place's rules say `by`: an order has its own.

    What a neighbour raised is due when either is. After a 重办 a deadline that is past binds nobody.
    """
    due = ctx.uow.orders.due(case.id)
    if due is None or (case.reopened and due <= ctx.now):
        return by
    return due if case.source is Source.HOTLINE else min(by, due)


def fire(ctx: Context, reminder: Reminder) -> None:
    """Remind who has to act, then tell who stands above; never the group, only in office hours."""
    case = ctx.uow.cases.get(reminder.subject)
    clock, stage = reminder.what, reminder.stage
    by = case.accept_by if clock is ReminderKind.ACCEPT else case.resolve_by
    runs = case.state is State.REPORTED if clock is ReminderKind.ACCEPT else case.state in WORKABLE
    if not runs or by is None or (by > ctx.now) is not (stage == "soon"):
        return
    late = [p for _, p in in_charge(ctx, case)] if clock is ReminderKind.ACCEPT else responsible(ctx, case)
    nobody = not late and case.assignee_org_id is None and ladder.nobody_above(ctx, case)
    if nobody:
        late = operators(ctx, case.area_id) if stage != "soon" else []
    saying = Saying(
        "deadline.nobody" if nobody else f"deadline.{clock}.{stage}",
        dedupe=f"rem:{reminder.id}:{stage}:{reminder.due.isoformat()}",
        values={
            "label": case_label(ctx.policy, case, public=False),
            "by": when(ctx, by),
            "who": holder_name(ctx, case) or "、".join(p.name for p in late) or ctx.house.texts("nobody"),
            "number": case.number,
            "resent": resent(ctx, reminder),
        },
        cases=(case,),
        bundle=REMINDED,
    )
    above = stage in ladder.ABOVE
    if not above and tell_assignee(ctx, case, saying):
        return
    for person in ladder.told_at(ctx, case, stage, late) if above else late:
        say_to_person(ctx, person.id, saying.under(str(person.id)))


def warn_of_unknown_years(ctx: Context, area_id: int) -> None:
    """Tell the operator, once a year, that a year's holidays are not announced: the law's are taken."""
    for year in sorted(ctx.policy.work.unknown_years()):
        for person in operators(ctx, area_id):
            values = {"years": str(year)}
            say_to_person(
                ctx,
                person.id,
                Saying("deadline.calendar", f"calendar:{year}:{person.id}", values, quiet=True),
            )
