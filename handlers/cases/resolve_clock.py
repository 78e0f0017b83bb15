"""A case rests while it is put off (挂账) or waits for a meeting (议事中): its resolve clock stands still.

`time_left` holds the working time that was left when the clock stopped; it is None while the clock runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import State

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from handlers.context import Context


def set_clock(ctx: Context, case: Case, by: datetime | None) -> None:
    """After a step, let the resolve clock of a case run to `by` (None: as before), stop, or go on.

    What rests keeps the time it has left; what rests no more has it from now on.
    """
    work = ctx.policy.work
    since = _stopped_at(ctx, case) if case.time_left is not None else ctx.now
    if case.state is State.DEFERRED or case.awaits_meeting:
        by = by or case.resolve_by
        if by is not None:
            case.time_left, case.resolve_by = work.between(since, by), None
    elif by is not None:
        case.resolve_by, case.time_left = by, None
    elif case.time_left is not None:
        start = case.resolve_from or since
        case.resolve_from = work.add(start, work.between(since, ctx.now))
        case.resolve_by, case.time_left = work.add(ctx.now, case.time_left), None


def _stopped_at(ctx: Context, case: Case) -> datetime:
    """Return when the clock of a case was stopped: by the last step before which it ran."""
    steps = [s for s in ctx.uow.timeline.of_case(case.id) if "time_left" in s.before and not s.undone]
    return next((s.at for s in reversed(steps) if s.before["time_left"] is None), ctx.now)
