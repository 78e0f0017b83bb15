"""The agenda of a meeting, as its announcement and its reminders show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.texts.wording import Said

if TYPE_CHECKING:
    from handlers.context import Context


def agenda(ctx: Context, meeting_id: int) -> Said:
    """Return the motions before a meeting, a line each; nothing where there are none."""
    texts = ctx.house.texts
    rows = [
        texts("agenda.row", number=one.number, title=Said(one.title))
        for one in ctx.uow.motions.on_agenda(meeting_id)
    ]
    return Said(texts("agenda.shown", rows="\n".join(rows)) if rows else "")
