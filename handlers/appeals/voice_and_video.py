"""Voice and video: the bot reads text and pictures only, and says so before somebody waits in vain.

Neighbours chat by voice. So it is said seldom: alone where the channel can, to one person not twice in a week
(in a day, to whom speaks to the bot alone), in a group's room not twice in a day.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.messages import MessageKind
from data.domain.purpose import Purpose
from handlers.appeals.listening import earlier
from handlers.saying.say import Saying, say

if TYPE_CHECKING:
    from data.domain.areas import Room
    from data.domain.people import Account
    from handlers.context import Context, Heard

TO_NEIGHBOUR, ALONE, IN_ROOM = timedelta(days=7), timedelta(days=1), timedelta(days=1)


def hear(heard: Heard) -> bool:
    """Tell a resident who sent what the bot cannot hear; return whether it may have been meant for it."""
    room, account = heard.room, heard.account
    if heard.has_duty or (room is not None and not room.public):
        return False
    if room is not None and heard.inbound.kind is MessageKind.VIDEO and earlier(heard) is None:
        return False  # a clip for the neighbours; one right after an appeal belongs to it
    if room is not None and not heard.house.reach(account.channel).private:
        tell_room(heard, room, account)
        return True
    since = heard.now - (ALONE if room is None else TO_NEIGHBOUR)
    if not heard.uow.outbox.put_since(f"{Purpose.UNHEARD}:", since, account_id=account.id):
        key = f"{Purpose.UNHEARD}:{account.channel}:{heard.inbound.message_id}"
        purpose = Purpose.UNHEARD.of(room.id, account.id) if room is not None else None
        say(heard, account, Saying("unheard", key, purpose=purpose, quiet=True))
    return True


def tell_room(ctx: Context, room: Room, account: Account) -> None:
    """Say it in the group, to somebody who cannot be spoken to alone, unless it was said there today."""
    if not ctx.uow.outbox.put_since(f"{Purpose.UNHEARD}:", ctx.now - IN_ROOM, room_id=room.id):
        key = f"{Purpose.UNHEARD}:r{room.id}:{ctx.now.isoformat()}"
        say(ctx, room, Saying("unheard", key, mentions=(account,)))


def undelivered(ctx: Context, room_id: int, account_id: int) -> None:
    """Say it in the group after all: the message alone did not arrive."""
    tell_room(ctx, ctx.uow.rooms.get(room_id), ctx.uow.people.account(account_id))
