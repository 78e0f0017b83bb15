"""A meeting is at most four messages in a group, whatever happens; what becomes of it is one of them.

What there is no room for is told in private to whom it concerns: a list to who is on it, a reminder or
another time to who signed up. The next reminder tells the group the time it has not heard of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.domain.gathering import GATHERS
from data.domain.motion import OPEN_MOTIONS
from handlers.saying.say import say, say_to_person

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from data.domain.areas import Room
    from handlers.context import Context
    from handlers.saying.say import Saying

IN_GROUP = 4
TALK = "talk"


def has_room_for(ctx: Context, room: Room, meeting: Activity, *, kept_back: int = 1) -> bool:
    """Whether a group may hear one more message of a meeting, and `kept_back` later ones.

    One is kept back until the end: that it is cancelled, or what came of it, is said in any case.
    """
    if not meeting.is_meeting or not room.public:
        return True
    return said_of(ctx, room, meeting) + 1 + kept_back <= IN_GROUP


def said_of(ctx: Context, room: Room, meeting: Activity) -> int:
    """Return how many messages of a meeting a group has heard, or is to hear, answers apart."""
    return ctx.uow.outbox.count_about(room.id, "meeting", meeting.id)


def is_to_decide(ctx: Context, meeting: Activity) -> bool:
    """Whether something on a meeting's agenda, or a case that waits for it, is not decided."""
    motions = ctx.uow.motions.on_agenda(meeting.id)
    return any(one.state in OPEN_MOTIONS for one in motions) or bool(ctx.uow.cases.awaiting(meeting.id))


def tell_who_comes(ctx: Context, meeting: Activity, saying: Saying) -> None:
    """Tell in private whoever signed up for a meeting by themselves."""
    people = {one.person_id for one in ctx.uow.activities.names(meeting.id) if one.person_id is not None}
    for person_id in sorted(people):
        say_to_person(ctx, person_id, saying.under(f"p{person_id}"))


def say_outcome(ctx: Context, room: Room, meeting: Activity, saying: Saying) -> bool:
    """Say in a group what came of a meeting, the fourth message at most.

    The last one waits up to ten minutes for what is still to be decided, and goes with it. Return False
    where there is no room for it any more.
    """
    hold = f"{GATHERS}{room.id}:meeting{meeting.id}"
    waiting = ctx.uow.outbox.waits_until(hold)
    count = said_of(ctx, room, meeting)
    if waiting is None and count >= IN_GROUP:
        return False
    last = waiting is not None or count == IN_GROUP - 1
    if not last or not is_to_decide(ctx, meeting) or not ctx.policy.gather:
        return say(ctx, room, replace(saying, bundle=TALK))
    until = waiting or ctx.now + ctx.policy.gather
    return say(ctx, room, replace(saying, bundle=TALK, hold=hold, send_at=until, hold_until=until))
