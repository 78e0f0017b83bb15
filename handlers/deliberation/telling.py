"""Saying something of a motion, ballot or publicity in every residents' room of its areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.context import Heard
from handlers.saying.say import Saying, answer_about, answers_in_private, say
from handlers.saying.serving import rooms_serving
from handlers.saying.things import about

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Context
    from handlers.deliberation.which import Placed


def say_in_rooms(
    ctx: Context,
    kind: str,
    one: Placed,
    key: str,
    values: dict[str, Any],
    *,
    media: tuple[str, ...] = (),
    cases: tuple[Case, ...] = (),
) -> None:
    """Say something, with pictures, in every room of a thing's areas, and to who caused it elsewhere."""
    heard = ctx if isinstance(ctx, Heard) else None
    this = (about(ctx, kind, one),)
    said_here = False
    first, *more = media or (None,)
    for room in rooms_serving(ctx, (ctx.uow.areas.get(area_id) for area_id in one.areas)):
        here = heard is not None and heard.room == room and not answers_in_private(heard)
        reply_to = heard.inbound.message_id if heard is not None and here else None
        name = f"{key}:{one.id}:{ctx.now.isoformat()}:r{room.id}"
        say(ctx, room, Saying(key, name, values, cases, about=this, reply_to=reply_to, media=first))
        for count, picture in enumerate(more, start=2):
            say(ctx, room, Saying("notice.picture", f"{name}:{count}", about=this, media=picture))
        said_here = said_here or here
    if heard is not None and not said_here:
        answer_about(heard, key, cases, about=this, **values)
