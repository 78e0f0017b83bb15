"""踢出, 封禁, 解封: an officer puts somebody out of a group, or lets nothing of theirs be heard for a while.

Staff are put out by the roster. A plea of one who is banned that something burns is heard all the same.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.errors import RefusedError, UserError
from data.domain.people import OFFICERS
from handlers.hearing.areas import charge
from handlers.saying.days import when
from handlers.saying.say import Saying, answer, say_to_person

if TYPE_CHECKING:
    from data.domain.areas import Room
    from data.domain.people import Person
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

PUT_OUT = "put_out"  # what a route says in the end, whereupon pages look again whose they are
_DAYS = re.compile(r"(\d{1,3})\s*(?:天|日)")
_LONGEST = 365


def put_out(heard: Heard, command: Command) -> None:
    """Put somebody out of this group (in private: of all groups in the officer's charge): 踢出 姓名."""
    heard.private_answer = True
    person = _meant(heard, command)
    rooms = [heard.room] if heard.room is not None and heard.room.public else _rooms_in_charge(heard)
    for room in rooms:
        heard.uow.sessions.ban(person.id, heard.person.id, heard.now, room_id=room.id, until=None)
    _done(heard, command, person)
    answer(heard, "put_out.out", name=person.name, rooms="、".join(room.topic for room in rooms))


def ban(heard: Heard, command: Command) -> None:
    """Sign somebody out everywhere, and hear them no more for a while: 封禁 姓名 [7天]."""
    heard.private_answer = True
    person = _meant(heard, command)
    found = _DAYS.search(command.words)
    days = min(int(found[1]), _LONGEST) if found else None
    until = heard.now + timedelta(days=days) if days else None
    heard.uow.sessions.ban(person.id, heard.person.id, heard.now, room_id=None, until=until)
    ended = heard.uow.sessions.of_person(person.id, heard.now)
    heard.uow.sessions.end([session.id for session in ended], heard.now)
    shown = (
        heard.house.texts("put_out.until", at=when(heard, until))
        if until
        else heard.house.texts("put_out.open")
    )
    say_to_person(
        heard, person.id, Saying("put_out.told", f"ban:{heard.inbound.message_id}", {"until": shown})
    )
    _done(heard, command, person)
    answer(heard, "put_out.banned", name=person.name, until=shown, devices=len(ended))


def lift(heard: Heard, command: Command) -> None:
    """Hear somebody again who was banned, and let them into the groups: 解封 姓名."""
    heard.private_answer = True
    person = _meant(heard, command)
    lifted = heard.uow.sessions.lift(person.id, heard.now)
    for room in _rooms_in_charge(heard):
        lifted += heard.uow.sessions.lift(person.id, heard.now, room_id=room.id)
    _done(heard, command, person)
    answer(heard, "put_out.lifted" if lifted else "put_out.none", name=person.name)


def is_banned(heard: Heard) -> bool:
    """Whether nothing the speaker says is heard now."""
    banned = heard.uow.sessions.banned_from(heard.person.id, heard.now)
    return None in banned or (heard.room is not None and heard.room.id in banned)


def _done(heard: Heard, command: Command, person: Person) -> None:
    heard.detail = PUT_OUT
    heard.uow.audit.did(heard.now, heard.person.id, None, command.verb.value, f"person:{person.id}")


def _meant(heard: Heard, command: Command) -> Person:
    """Return who is named, or called by an @: a resident of the groups in the officer's charge."""
    found = {person.id: person for person in _called(heard) or _named(heard, command.words)}
    if not found:
        raise UserError("put_out.unknown", said=command.words[:20])
    if len(found) > 1:
        ids = [a.external_id for one in found for a in heard.uow.people.accounts(one)[:1]]
        raise UserError("put_out.which", said=command.words[:20], ids="、".join(ids))
    person = next(iter(found.values()))
    if heard.uow.people.duties(person.id) or person.organisation_id is not None:
        raise RefusedError("put_out.on_duty", verb=command.verb.value, name=person.name)
    return person


def _called(heard: Heard) -> list[Person]:
    """Return whom the message calls with an @, the bot apart."""
    speakers = (
        heard.uow.people.speaker(heard.inbound.channel, one) for one in heard.inbound.mentions if one != "bot"
    )
    return [found[1] for found in speakers if found is not None and found[1].id != heard.person.id]


def _named(heard: Heard, words: str) -> list[Person]:
    """Return who goes by the first word, and was in a group in the officer's charge."""
    name = words.split(maxsplit=1)[0].lstrip("@＠") if words.split() else ""
    mine = {room.id for room in _rooms_in_charge(heard)}
    people = heard.uow.people
    banned = {
        a.person_id
        for a in people.accounts_named(name)
        if heard.uow.sessions.banned_from(a.person_id, heard.now)
    }
    return [
        people.get(account.person_id)
        for account in people.accounts_named(name)
        if account.last_room_id in mine
        or account.person_id in banned
        or _lives_here(heard, account.person_id)
    ]


def _lives_here(heard: Heard, person_id: int) -> bool:
    home = heard.uow.households.home(person_id)
    mine = {area.id for area in charge(heard, OFFICERS)}
    return home is not None and bool(mine & {area.id for area in heard.uow.areas.up(home.building_id)})


def _rooms_in_charge(heard: Heard) -> list[Room]:
    rooms = {r.id: r for area in charge(heard, OFFICERS) for r in heard.uow.rooms.public_in(area.id)}
    return list(rooms.values())
