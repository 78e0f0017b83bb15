"""签到 4827: where the place wants it a code says who is there; whoever calls a meeting hears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.saying.say import Saying, say_to_person
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.events import ActivityCalled
    from handlers.context import Context

CODES = 10_000


def give(ctx: Context, event: ActivityCalled) -> None:
    """Give a meeting its code, and tell it to whoever called the meeting, in private."""
    meeting = event.activity
    if not meeting.is_meeting or not ctx.policy.deliberation.check_in_code:
        return
    code = f"{ctx.house.chance.randrange(CODES):04d}"
    ctx.uow.activities.change(meeting.id, code=code)
    values = {"number": meeting.number, "topic": Said(meeting.topic), "code": code}
    saying = Saying(
        "meeting.code", f"meeting:code:{meeting.id}", values, about=(about(ctx, "meeting", meeting),)
    )
    say_to_person(ctx, meeting.caller_id, saying)
