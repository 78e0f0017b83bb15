"""绑定: by a code an account becomes somebody's of the roster, or a group one of the roster's.

Codes are those of invitations. Whoever says 绑定 without one, on a channel that knows them, gets one for
another channel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.errors import RefusedError, UserError
from handlers.context import address
from handlers.hearing.grammar import bare_binding, read
from handlers.hearing.verbs import Verb
from handlers.people import invitations
from handlers.saying.say import answer

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from data.domain.areas import Room
    from data.domain.messages import Inbound
    from data.uow import UnitOfWork
    from handlers.context import Heard, House
    from handlers.hearing.grammar import Command


def bind(heard: Heard, command: Command) -> None:
    """Bind the account that speaks, or the group it speaks in, as the code says."""
    heard.keep_text = False
    if not heard.house.reach(heard.inbound.channel).stable_ids:
        raise RefusedError("refused.unstable", verb=command.verb.value)
    if not command.words:
        _give(heard)
        return
    code = invitations.valid(heard.uow, command.words, heard.now)
    if code is None or (code.purpose == invitations.ROOM) is not (code.person_id is None):
        raise UserError("binding.wrong")
    if code.purpose == invitations.ROOM:
        _bind_room(heard, code)
    else:
        _bind_account(heard, code.person_id)
    heard.uow.invitations.use(code.id, heard.now)


def opens(house: House, uow: UnitOfWork, now: datetime, inbound: Inbound) -> Room | None:
    """Return the room that a group nobody set up becomes by what is said there; None if nothing says so."""
    said = address(inbound.text, house.policy.bot_name, mentioned="bot" in inbound.mentions)
    command = read(said.command, loose=True) if said.spoken_to else bare_binding(said.text)
    if command is None or command.verb is not Verb.BIND or not house.reach(inbound.channel).stable_ids:
        return None
    code = invitations.valid(uow, command.words, now)
    if code is None or code.purpose != invitations.ROOM:
        return None
    room = uow.rooms.bind(code.room_id, inbound.channel, inbound.room or "")
    uow.roster_changed()
    return room


def _give(heard: Heard) -> None:
    """Give somebody a code for an account of theirs on another channel."""
    if heard.room is not None:
        raise UserError("binding.in_private")
    code = invitations.invite(heard.uow, heard.now, person_id=heard.person.id)
    answer(heard, "binding.code", code=code, bot=heard.policy.bot_name)


def _bind_account(heard: Heard, person_id: int) -> None:
    """Let the account be somebody's, with what was said from it so far."""
    whose = heard.uow.people.get(person_id)
    if heard.person.on_roster and heard.person.id != person_id:
        raise UserError("binding.taken", name=heard.person.name)
    heard.uow.personal.hand_over(heard.account.id, person_id)
    answer(heard, "binding.account", name=whose.name)


def _bind_room(heard: Heard, code: Any) -> None:
    if heard.room is None:
        raise UserError("binding.in_the_group")
    room = heard.uow.rooms.bind(code.room_id, heard.inbound.channel, heard.room.external_id)
    heard.uow.roster_changed()
    answer(heard, "binding.room", topic=room.topic)
