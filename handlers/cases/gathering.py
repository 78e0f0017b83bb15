"""Few words: which step of a case a residents' group hears at once, and which with what follows.

A command given in the group is answered there, and the end of a case is told when it comes. All else waits
up to ten minutes (`gather_seconds`) for the next thing that is said there: steps of one case are one message.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.domain.case import Urgency
from data.domain.gathering import GATHERS
from data.domain.lifecycle import Action

if TYPE_CHECKING:
    from data.domain.areas import Room
    from data.domain.case import Case
    from handlers.context import Context
    from handlers.saying.say import Saying

LONGER = 3
TALK = "talk"  # the bundle of what may be said in one message in a group
AT_ONCE = frozenset({Action.RESOLVE, Action.REJECT, Action.WITHDRAW, Action.REOPEN, Action.UNDO})
CAN_WAIT = frozenset(  # longer: what changes nothing for who raised it
    {
        Action.PROGRESS,
        Action.PART_NOTE,
        Action.CHECK_IN,
        Action.PART_DONE,
        Action.RECLASSIFY,
        Action.REGRADE,
    }
)
UNTOLD = frozenset({Action.CLOSE})  # who rated is thanked alone, and nobody waits to hear that all is well


def goes_at_once(ctx: Context, room: Room, case: Case, action: Action, *, asked_here: bool) -> bool:
    """Whether a step is told in a room as soon as it is taken; `asked_here`: by a command in that room."""
    if not room.public or action in AT_ONCE or case.urgency is Urgency.EMERGENCY or not ctx.policy.gather:
        return True
    if not asked_here or action in CAN_WAIT:
        return False
    since = ctx.now - ctx.policy.gather
    return not ctx.uow.outbox.steps_told(room.id, case.id, since, ctx.now)


def gathered(
    ctx: Context, room: Room, case: Case, action: Action, saying: Saying, *, at_once: bool
) -> Saying:
    """Return a saying as it is said in a group: with what waits there, now or within the ten minutes."""
    if not room.public:
        return saying
    if at_once:
        return replace(saying, bundle=TALK)
    hold = f"{GATHERS}{room.id}:{case.id}"
    until = ctx.now + (LONGER * ctx.policy.gather if action in CAN_WAIT else ctx.policy.gather)
    waiting = ctx.uow.outbox.waits_until(hold)
    if waiting is not None and waiting < until:
        until = waiting
    else:
        ctx.uow.outbox.prolong(hold, until)  # hastens what can wait
    return replace(saying, bundle=TALK, hold=hold, send_at=until, hold_until=until)


def supersede(ctx: Context, case: Case, action: Action, place: str) -> None:
    """Take back what a step makes needless to say: what is given to somebody has been taken in."""
    if action is not Action.ASSIGN:
        return
    for step in ctx.uow.timeline.of_case(case.id):
        if step.action == Action.ACCEPT and not step.undone:
            ctx.uow.outbox.silence(f"step:{step.id}:{place}")
