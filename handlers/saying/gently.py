"""A group hears little of community life: at most two messages a day, whatever goes on.

What can wait goes to the next morning that has room for it, and what waits for one morning is one message.
The answer to a command given in the group does not wait, and is counted; what cannot wait is the caller's to
tell otherwise: to whom it concerns alone, or at once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

from handlers.context import Heard
from handlers.saying.say import answers_in_private, say

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Room
    from handlers.context import Context
    from handlers.saying.say import Saying

MOST_A_DAY = 2
MORNING = time(9)
LIFE = "life:"  # so begin the keys of what is counted, and the bundle of what is said in one message
DAYS_AHEAD = 14


def say_gently(ctx: Context, room: Room, saying: Saying, *, needed_by: datetime | None = None) -> bool:
    """Say something of community life on the first day that has room for it: now, or at nine of a later one.

    Return False, and say nothing, where that would be later than `needed_by`.
    """
    work = ctx.policy.work
    at = saying.send_at or ctx.now
    key = saying.dedupe if saying.dedupe.startswith(LIFE) else f"{LIFE}{saying.dedupe}"
    saying = replace(saying, dedupe=key, bundle=saying.bundle or LIFE)
    if not room.public or answers_here(ctx, room):
        say(ctx, room, saying)
        return True
    today = work.local(at).date()
    for days in range(DAYS_AHEAD):
        day = today + timedelta(days=days)
        start, end = work.at(day, time.min), work.at(day + timedelta(days=1), time.min)
        morning = work.at(day, MORNING)
        waits = days > 0 and ctx.uow.outbox.count_put(LIFE, room.id, morning, morning + timedelta(seconds=1))
        if waits or ctx.uow.outbox.count_put(LIFE, room.id, start, end) < MOST_A_DAY:
            at = at if days == 0 else morning
            break
    if needed_by is not None and at > ctx.now and at >= needed_by:
        return False
    say(ctx, room, replace(saying, send_at=at))
    return True


def answers_here(ctx: Context, room: Room) -> bool:
    """Whether what is said in a room answers a command that was given there."""
    return isinstance(ctx, Heard) and ctx.room == room and not answers_in_private(ctx)
