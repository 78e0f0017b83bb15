"""议事中: a case waits for a meeting, its clock stopped, until the meeting decides or will not be held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain import references
from data.domain.errors import UserError
from data.domain.lifecycle import Action, target
from handlers.cases.resting import proceed
from handlers.cases.steps import Telling, take_step
from handlers.context import Heard
from handlers.hearing.lookup import case_for
from handlers.hearing.permissions import require_for
from handlers.saying.days import day_and_time

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from data.domain.case import Case
    from data.domain.events import ActivityCancelled
    from handlers.context import Context
    from handlers.hearing.grammar import Command


def await_meeting(heard: Heard, command: Command) -> None:
    """Let a case wait for a meeting, this one if it is known: 上会 #n [#m]."""
    case = _undisputed(heard, command, case_for(heard, command))
    target(case, Action.AWAIT_MEETING)
    meeting = _meeting(heard, case, command)
    meeting_id = meeting.id if meeting else None
    if case.awaits_meeting and case.meeting_id == meeting_id:
        raise UserError("decide.waits", number=case.number)
    take_step(
        heard,
        case,
        Action.AWAIT_MEETING,
        by=heard.person,
        told=Telling(who=_called(heard, meeting)),
        awaits_meeting=True,
        meeting_id=meeting_id,
    )


def proceed_without(ctx: Context, event: ActivityCancelled) -> None:
    """Give the cases that wait for a meeting that will not be held back to where they were."""
    words = ctx.house.texts("decide.cancelled", number=event.activity.number)
    for case in ctx.uow.cases.awaiting(event.activity.id):
        proceed(ctx, case, words, by=ctx.person if isinstance(ctx, Heard) else None)


def _undisputed(heard: Heard, command: Command, case: Case) -> Case:
    require_for(heard, command.form, case)
    if case.dispute:
        raise UserError("decide.dispute", number=case.number)
    return case


def _meeting(heard: Heard, case: Case, command: Command) -> Activity | None:
    ref, _ = references.read(command.words)
    if ref is None:
        if command.words:
            raise UserError("decide.await_form", example=command.form.example)
        return None
    meeting = heard.uow.activities.numbered(case.community_id, "meeting", ref.number)
    if meeting is None:
        raise UserError("meeting.unknown", number=ref.number)
    if meeting.cancelled:
        raise UserError("meeting.over", number=meeting.number)
    return meeting


def _called(heard: Heard, meeting: Activity | None) -> str:
    texts = heard.house.texts
    if meeting is None:
        return texts("decide.any")
    return texts("decide.which", number=meeting.number, time=day_and_time(heard, meeting.starts_at))
