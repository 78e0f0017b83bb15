"""活动安排: what is ahead, or how one activity stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.activities.announcing import shown
from handlers.activities.which import activity_for, worded
from handlers.hearing.lookup import communities_meant
from handlers.hearing.things import NO_NUMBER
from handlers.saying.rooms_for import serves
from handlers.saying.say import answer, answer_about
from handlers.saying.things import about

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

MOST = 10


def activities(heard: Heard, command: Command) -> None:
    """Show what is ahead here, or how one activity stands: 活动安排, 活动 5."""
    if command.ref is not None:
        one = activity_for(heard, command)
        state = "cancelled" if one.cancelled else "ended" if one.ended_at is not None else "ahead"
        key = f"activity.one.{state}"
        mark = (about(heard, one.counted_as, one),)
        answer_about(heard, key, (), about=mark, **shown(heard, one), result=one.result or "", ended="")
        return
    found = [
        activity
        for community in communities_meant(heard, NO_NUMBER)
        for activity in heard.uow.activities.ahead(community.id, heard.now)
        if heard.room is None
        or not heard.room.public
        or serves(heard, heard.room, heard.uow.areas.get(activity.area_id))
    ]
    if not found:
        answer(heard, "activity.none")
        return
    rows = "\n".join(heard.house.texts(worded(one, "row"), **shown(heard, one)) for one in found[:MOST])
    answer(heard, "activity.list", rows=rows)
