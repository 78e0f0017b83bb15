"""People come into a group and leave it: a welcome with the notice of what the bot keeps, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.purpose import Purpose
from handlers.saying.say import Saying, say, wording

if TYPE_CHECKING:
    from handlers.context import Heard


def joined(heard: Heard) -> bool:
    """Welcome somebody who is new in a residents' group; several at once in one message."""
    room = heard.room
    if room is None:
        return False
    new = heard.uow.people.join(room.id, heard.account.id)
    if not new or not room.public:
        return True
    purpose = Purpose.WELCOME.of(room.id)
    saying = Saying(
        "welcome",
        dedupe=f"{purpose}:{heard.account.id}",
        values={"bot": heard.policy.bot_name},
        mentions=(heard.account,),
        send_at=heard.now + heard.policy.hold,
        purpose=purpose,
    )
    waiting = heard.uow.outbox.waiting_for(purpose, room.id)
    if waiting is None:
        say(heard, room, saying)
    else:
        heard.uow.outbox.add_mention(waiting, heard.account.external_id, wording(heard, room, saying))
    return True


def left(heard: Heard) -> bool:
    """Note that somebody has left a group; it is not where they spoke last any more."""
    if heard.room is not None:
        heard.uow.people.leave(heard.room.id, heard.account.id)
        if heard.account.last_room_id == heard.room.id:
            heard.uow.people.seen(heard.account, heard.account.name, None)
    return True
