"""Taking a step on a case: checked against the table, its clocks set, written to the timeline, told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.domain.case import WORKABLE, State
from data.domain.errors import UserError
from data.domain.events import CaseStepped
from data.domain.lifecycle import Action, target
from data.domain.snapshot import snapshot
from data.domain.steps import NOTHING_ELSE
from handlers.cases import deadlines
from handlers.cases.resolve_clock import set_clock
from handlers.context import Context, Heard, said_in
from handlers.webhooks import telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Unpack

    from data.domain.case import Appeal, Case, CaseChanges
    from data.domain.people import Person
    from data.domain.steps import StepNote


AT_ONCE = timedelta(seconds=1)
MOVES = {
    Action.ACCEPT,
    Action.REJECT,
    Action.ASSIGN,
    Action.HAND_BACK,
    Action.RESOLVE,
    Action.DEFER,
    Action.RESUME,
    Action.REOPEN,
    Action.MERGE,
    Action.RECLASSIFY,
    Action.REGRADE,
    Action.SUPERVISE,
    Action.AWAIT_MEETING,
    Action.DECIDE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a step is told: `silent` to staff only, a `note` only to whom it lands on, `who` it is about.

    `audience` is whose case it is, where that changes with the step.
    """

    audience: Sequence[Appeal] | None = None
    silent: bool = False
    note: str | None = None
    who: str = ""


ALOUD = Telling()
SILENTLY = Telling(silent=True)


def take_step(
    ctx: Context,
    case: Case,
    action: Action,
    *,
    by: Person | None,
    words: str | None = None,
    told: Telling = ALOUD,
    note: StepNote = NOTHING_ELSE,
    **changes: Unpack[CaseChanges],
) -> CaseStepped:
    """Move a case by one step and return what happened.

    `changes` are fields of the case that change with it, `note` is what 撤销 needs besides them.
    """
    _refuse_if_just_moved(ctx, case, action, by)
    before = snapshot(case) | note.kept()
    audience = ctx.uow.appeals.of_case(case.id) if told.audience is None else told.audience
    was, case.state = case.state, target(case, action)
    case.change(**changes)
    _set_clocks(ctx, case, action, was)
    ctx.uow.cases.save(case)
    step_id = record(ctx, case, action, by=by, words=words, was=was, before=before)
    deadlines.schedule(ctx, case)
    event = CaseStepped(
        case,
        action,
        step_id,
        by,
        words,
        was,
        tuple(audience),
        told.silent,
        told.note,
        told.who,
        pictures=note.pictures,
    )
    ctx.happened(event)
    return event


def _refuse_if_just_moved(ctx: Context, case: Case, action: Action, by: Person | None) -> None:
    """Raise if somebody else moved the case this very second: who says this has not seen that.

    Who quotes, or acts on a page, has seen what they answer, however quick.
    """
    saw = isinstance(ctx, Heard) and (ctx.inbound.quote is not None or bool(ctx.inbound.seen))
    if by is None or action not in MOVES or saw:
        return
    for step in ctx.uow.timeline.since(case.id, ctx.now - AT_ONCE):
        if step.person_id not in (None, by.id) and step.action in MOVES and not step.undone:
            who = ctx.uow.people.get(step.person_id).name if step.person_id else ""
            raise UserError("case.just_moved", number=case.number, who=who, action=step.action)


def record(
    ctx: Context,
    case: Case,
    action: Action,
    *,
    by: Person | None,
    words: str | None = None,
    was: State | None = None,
    before: dict[str, Any] | None = None,
) -> int:
    """Write a row into a case's timeline, and tell the software that asked to hear of it."""
    from_state = None if action is Action.REPORT else was or case.state
    step_id = ctx.uow.timeline.write(
        {
            "case_id": case.id,
            "at": ctx.now,
            "person_id": by.id if by else None,
            "action": action.value,
            "from_state": from_state and from_state.value,
            "to_state": case.state.value,
            "words": words,
            "said_in": said_in(ctx),
            "before": before or {},
        }
    )
    telling.tell(ctx, case, action, step_id, from_state)
    return step_id


def require_reopenable(ctx: Context, case: Case) -> None:
    """Raise if a case was filed too long ago to be taken up again."""
    if case.closed_at is not None and ctx.now - case.closed_at > ctx.policy.reopen_within:
        raise UserError("reopen.too_late", number=case.number, days=ctx.policy.reopen_within.days)


def _set_clocks(ctx: Context, case: Case, action: Action, was: State) -> None:
    now = ctx.now
    ran_from = case.resolve_from
    if was is State.REPORTED and case.state in WORKABLE:
        case.accepted_at = case.resolve_from = now
    elif action is Action.REOPEN:
        case.resolve_from = now
        case.reopened += 1
        case.resolved_at = case.closed_at = None
    elif action is Action.RESOLVE:
        case.resolved_at = now
    elif action is Action.CLOSE:
        case.closed_at = now
    by = None
    if case.resolve_from is not None and (case.resolve_from != ran_from or action is Action.REGRADE):
        by = deadlines.set_by_order(
            ctx, case, ctx.policy.resolve[case.grade].after(case.resolve_from, ctx.policy.work)
        )
    set_clock(ctx, case, by)
