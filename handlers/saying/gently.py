"""A group hears little of community life: what can wait goes to a day on which there is room for it.

What is called, moved or reminded of keeps its time and is counted; news (a wish, what came of a day) waits
for the next morning where the group has heard enough that day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

from handlers.saying.say import say

if TYPE_CHECKING:
    from data.domain.areas import Room
    from handlers.context import Context
    from handlers.saying.say import Saying

MOST_A_DAY = 2
MORNING = time(9)
LIFE = "life:"  # so begin the keys of what is counted
DAYS_AHEAD = 14


def say_gently(ctx: Context, room: Room, saying: Saying) -> bool:
    """Say news of community life on the first day that has room for it: now, or at nine of a later one."""
    work = ctx.policy.work
    at = saying.send_at or ctx.now
    today = work.local(at).date()
    for days in range(DAYS_AHEAD):
        day = today + timedelta(days=days)
        start, end = work.at(day, time.min), work.at(day + timedelta(days=1), time.min)
        if ctx.uow.outbox.count_put(LIFE, room.id, start, end) < MOST_A_DAY:
            at = at if days == 0 else work.at(day, MORNING)
            break
    return say(ctx, room, replace(saying, dedupe=f"{LIFE}{saying.dedupe}", send_at=at))
