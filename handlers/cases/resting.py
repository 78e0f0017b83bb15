"""A case that rests goes on: its day has come (挂账), or it waits for no meeting any more (议事中)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.lifecycle import Action
from handlers.cases.steps import take_step

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.people import Person
    from handlers.context import Context


def wake(ctx: Context, case: Case, *, by: Person | None) -> None:
    """Return a case to the state it had; its clock goes on where it stood."""
    take_step(ctx, case, Action.RESUME, by=by, deferred_until=None, resume_state=None)


def proceed(ctx: Context, case: Case, words: str, *, by: Person | None) -> None:
    """Let a case wait for no meeting any more."""
    take_step(ctx, case, Action.PROCEED, by=by, words=words, awaits_meeting=False, meeting_id=None)
