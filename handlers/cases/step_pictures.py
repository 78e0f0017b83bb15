"""Pictures travel: those of a step to whom it is told, those of the appeal to whom the case is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.areas import Room
from data.domain.lifecycle import Action
from handlers.context import Heard
from handlers.saying.say import Saying, say

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.events import CaseStepped
    from data.domain.people import Account
    from handlers.context import Context

MOST = 3  # pictures of one message; the page of the case shows all
GIVEN = {Action.ASSIGN: "step:{step}:to", Action.WHISTLE: "whistle:{step}:"}  # to whom: keys of what is said


def pass_on(ctx: Context, event: CaseStepped) -> None:
    """Send pictures after the words they belong to, wherever these go but where they were sent."""
    pictures, keys = event.pictures, f"step:{event.step_id}:"
    if event.action in GIVEN:
        pictures, keys = raised_with(ctx, event.case), GIVEN[event.action].format(step=event.step_id)
    if not pictures:
        return
    for row in ctx.uow.outbox.under([keys], 50):
        to = ctx.uow.rooms.get(row.room_id) if row.room_id else ctx.uow.people.account(row.account_id)
        if not _saw_them(ctx, to) and not (isinstance(to, Room) and to.public and event.case.discreet):
            for number, picture in enumerate(pictures[:MOST]):
                name = f"{row.dedupe_key}:picture{number}"
                say(ctx, to, Saying("step.picture", name, cases=(event.case,), media=picture))


def raised_with(ctx: Context, case: Case) -> tuple[str, ...]:
    """Return the pictures that a case was raised with."""
    lines = (line for a in ctx.uow.appeals.of_case(case.id) for line in ctx.uow.appeals.lines(a.id))
    return tuple(dict.fromkeys(line.media for line in lines if line.media))


def _saw_them(ctx: Context, to: Room | Account) -> bool:
    """Whether the pictures were sent in that very place."""
    return isinstance(ctx, Heard) and to == (ctx.room or ctx.account)
