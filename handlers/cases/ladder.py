"""The ladder: when a deadline is spoken of, and who hears that it was missed; nobody hears it twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.reminder import Reminder, ReminderKind
from handlers.cases.in_charge import officers, operators, street_officers, supervisors
from handlers.saying.say import private_account

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from typing import Any

    from data.domain.case import Case
    from data.domain.people import Person
    from handlers.context import Context

ABOVE = {"officer": officers, "street": street_officers, "supervisor": supervisors}
STAGES = ("soon", "late", *ABOVE)
TOO_SHORT = timedelta(minutes=30)  # a span below this needs no reminder before its end
SOON = 0.8  # of the time that runs


def kinds(clock: ReminderKind) -> list[str]:
    """Return the kinds of reminders that a clock has."""
    return [clock.at_stage(stage) for stage in STAGES]


def dues(ctx: Context, start: datetime, by: datetime, *, on_clock: bool = False) -> dict[str, datetime]:
    """Return when each stage of a deadline falls due; `on_clock` it does not wait for the office."""
    policy, work = ctx.policy, ctx.policy.work
    found = {
        "late": by if on_clock else work.next_open(by),
        "officer": policy.ladder_officer.after(by, work),
        "street": policy.ladder_street.after(by, work),
        "supervisor": policy.ladder_supervisor.after(by, work),
    }
    span = by - start if on_clock else work.between(start, by)
    soon = start + span * SOON if on_clock else work.add(start, span * SOON)
    if span >= TOO_SHORT and soon > ctx.now:
        found["soon"] = soon
    return found


def schedule(
    ctx: Context,
    clock: ReminderKind,
    subject: int,
    due: dict[str, datetime],
    details: dict[str, Any] | None = None,
) -> None:
    """Set the reminder of a clock: one row that goes from stage to stage."""
    dues = {clock.at_stage(stage): due[stage] for stage in STAGES if stage in due}
    ctx.uow.reminders.put_all([Reminder.in_turn(clock.key(subject), subject, dues, details or {})])


def told_at(ctx: Context, case: Case, stage: str, late: Iterable[Person] = ()) -> list[Person]:
    """Return who is told at a stage: not who was told before; the operator where nobody stands above."""
    told = {person.id for person in late}
    rungs: dict[str, list[Person]] = {}
    for name, holders in ABOVE.items():
        found = {p.id: p for _, p in holders(ctx, case) if p.id not in told and private_account(ctx, p.id)}
        rungs[name] = list(found.values())
        told |= set(found)
    if stage == next(iter(ABOVE)) and not any(rungs.values()):
        return [p for p in operators(ctx, case.area_id) if p.id not in told]
    return rungs[stage]


def nobody_above(ctx: Context, case: Case) -> bool:
    """Whether nobody on the roster stands above a case."""
    return not any(private_account(ctx, p.id) for holders in ABOVE.values() for _, p in holders(ctx, case))
