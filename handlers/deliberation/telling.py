"""Saying something of a motion, ballot or publicity in every residents' room of its areas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handlers.context import Heard
from handlers.saying.rooms_for import rooms_serving
from handlers.saying.say import Saying, answer_about, answers_in_private, say, say_to_person
from handlers.saying.things import about

if TYPE_CHECKING:
    from collections.abc import Collection

    from data.domain.areas import Room
    from data.domain.ballot import Ballot
    from data.domain.case import Case
    from handlers.context import Context
    from handlers.deliberation.which import Placed

OPENING = 1  # a group hears three messages of a ballot: its opening, its end, and one between


def say_in_rooms(
    ctx: Context,
    kind: str,
    one: Placed,
    key: str,
    values: dict[str, Any],
    *,
    media: tuple[str, ...] = (),
    cases: tuple[Case, ...] = (),
    after_at_most: int | None = None,
) -> bool:
    """Say something, with pictures, in every room of a thing's areas, and to who caused it elsewhere.

    Where a group has heard more than `after_at_most` messages of it, it is not said there: return False.
    """
    heard = ctx if isinstance(ctx, Heard) else None
    this = (about(ctx, kind, one),)
    said_here = False
    first, *more = media or (None,)
    rooms = rooms_serving(ctx, (ctx.uow.areas.get(area_id) for area_id in one.areas))
    hearing = [room for room in rooms if _may_hear(ctx, room, kind, one, after_at_most)]
    if heard is not None and heard.room in rooms and heard.room not in hearing:
        heard.private_answer = True
    for room in hearing:
        here = heard is not None and heard.room == room and not answers_in_private(heard)
        reply_to = heard.inbound.message_id if heard is not None and here else None
        name = f"{key}:{one.id}:{ctx.now.isoformat()}:r{room.id}"
        say(ctx, room, Saying(key, name, values, cases, about=this, reply_to=reply_to, media=first))
        for count, picture in enumerate(more, start=2):
            say(ctx, room, Saying("notice.picture", f"{name}:{count}", about=this, media=picture))
        said_here = said_here or here
    if heard is not None and not said_here:
        answer_about(heard, key, cases, about=this, **values)
    return hearing == rooms


def _may_hear(ctx: Context, room: Room, kind: str, one: Placed, after_at_most: int | None) -> bool:
    if after_at_most is None or not room.public:
        return True
    return ctx.uow.outbox.count_about(room.id, kind, one.id) <= after_at_most


def tell_the_roll(ctx: Context, one: Ballot, saying: Saying, *, but: Collection[int] = ()) -> None:
    """Tell everybody who lives in a household on a ballot's roll in private, but those of some."""
    saying = replace(saying, about=(about(ctx, "ballot", one),))
    for person_id, household_id in ctx.uow.ballots.lived_in(one.id, ctx.now).items():
        if household_id not in but:
            say_to_person(ctx, person_id, saying.under(str(person_id)))
