"""What every message goes through, in this order: seen before, our own, who speaks, too fast, route."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from data.domain.errors import RefusedError, UserError
from data.domain.messages import MessageKind
from handlers import commands
from handlers.context import Heard
from handlers.hearing.quoting import find_quote
from handlers.people import binding, putting_out
from handlers.reactions import react
from handlers.routes import route
from handlers.saying.refusals import values_of
from handlers.saying.say import answer
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from datetime import datetime

    from bot.limiter import Limiter
    from data.domain.areas import Room
    from data.domain.messages import Inbound
    from data.uow import UnitOfWork
    from handlers.context import House


log = structlog.get_logger()

DUPLICATE, OURS, UNKNOWN_ROOM, REFUSED, FLOOD, BANNED = (
    "duplicate",
    "ours",
    "unknown_room",
    "refused",
    "flood",
    "banned",
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message on its way in, with what was found out of it so far."""

    house: House
    uow: UnitOfWork
    now: datetime
    inbound: Inbound
    pace: Limiter  # how many messages a speaker may send
    known: set[tuple[str, str]]  # what was taken in before
    ahead: Any = None  # what was looked up for it


def take_in(message: Message) -> str:
    """Take a message through the house and return what became of it."""
    inbound, uow = message.inbound, message.uow
    if (inbound.channel, inbound.message_id) in message.known:
        return DUPLICATE
    if inbound.sender in message.house.reach(inbound.channel).own_ids:
        return OURS
    room = uow.rooms.of(inbound.channel, inbound.room) if inbound.room is not None else None
    if inbound.room is not None and room is None:
        room = binding.opens(message.house, uow, message.now, inbound)
    if inbound.room is not None and room is None:
        log.info("message from a room nobody set up", channel=inbound.channel, room=inbound.room)
        return UNKNOWN_ROOM
    heard = _who_speaks(message, room)
    if putting_out.is_banned(heard) and heard.understanding.urgency is not Urgency.EMERGENCY:
        return BANNED
    find_quote(heard)
    went = _flooded(message, heard) or route(heard)
    react(heard)
    uow.inbox.take(
        inbound,
        went,
        room.id if room else None,
        heard.account.id,
        inbound.text if heard.keep_text else None,
    )
    return went


def look_ahead(house: House, uow: UnitOfWork, now: datetime, inbound: Inbound) -> Any:
    """Look up what the answer to somebody who is known is made of, if it takes long; changes nothing."""
    room = uow.rooms.of(inbound.channel, inbound.room) if inbound.room is not None else None
    speaker = uow.people.speaker(inbound.channel, inbound.sender)
    if speaker is None or (inbound.room is not None and room is None):
        return None
    account, person = speaker
    heard = Heard(house, uow, now, inbound=inbound, room=room, account=account, person=person)
    return None if putting_out.is_banned(heard) else commands.look_ahead(heard)


def refuse(message: Message, error: UserError) -> str:
    """Tell somebody in one line what is wrong; a command above their duty goes into the audit."""
    inbound, uow = message.inbound, message.uow
    room = uow.rooms.of(inbound.channel, inbound.room) if inbound.room is not None else None
    heard = _who_speaks(message, room)
    heard.private_answer, heard.to_oneself = error.private, error.to_oneself
    values = values_of(message.house.texts, error)
    answer(heard, f"error.{error.key}", **values)
    if isinstance(error, RefusedError):
        where = room.id if room else None
        uow.audit.refused(message.now, heard.person.id, where, str(values.get("verb", "")), error.key)
    uow.inbox.take(inbound, REFUSED, room.id if room else None, heard.account.id, inbound.text)
    return REFUSED


def _who_speaks(message: Message, room: Room | None) -> Heard:
    """Find the speaker by account, or make them known; note in which residents' room they spoke last."""
    inbound, people = message.inbound, message.uow.people
    found = people.speaker(inbound.channel, inbound.sender)
    if found is None:
        public = room.id if room is not None and room.public else None
        found = people.meet(inbound.channel, inbound.sender, inbound.name, public)
    account, person = found
    spoke = room is not None and room.public and inbound.kind is not MessageKind.LEAVE
    last_room = room.id if room is not None and spoke else account.last_room_id
    if (account.name, account.last_room_id) != (inbound.name, last_room):
        people.seen(account, inbound.name, last_room)
        account = account.seen_as(inbound.name, last_room)
    heard = Heard(
        message.house, message.uow, message.now, inbound=inbound, room=room, account=account, person=person
    )
    heard.ahead = message.ahead
    return heard


def _flooded(message: Message, heard: Heard) -> str | None:
    """Leave alone what comes too fast, an emergency apart; say so once a minute to the one who floods."""
    inbound = message.inbound
    who = inbound.channel, inbound.sender
    if inbound.kind is not MessageKind.TEXT or heard.account.is_outside:  # software has a limit of its own
        return None
    if message.pace.allow(who, inbound.message_id):
        return None
    if heard.understanding.urgency is Urgency.EMERGENCY:
        return None
    heard.private_answer = True
    once = f"flood:{heard.account.id}:{message.now:%Y%m%d%H%M}"
    answer(heard, "error.flood", once=once, limit=message.house.policy.flood)
    return FLOOD
