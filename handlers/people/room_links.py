"""邀请: an officer makes a link, with its QR code, by which many may come into a group of the web chat.

Who comes in by it is a resident without a name known to the roster; 登记 says where they live.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind
from data.domain.errors import UserError
from data.domain.people import OFFICERS
from handlers.context import Context, said_in
from handlers.hearing import things
from handlers.hearing.areas import charge
from handlers.hearing.called_for import area_for
from handlers.people.invitations import new_code, plain
from handlers.saying.days import when
from handlers.saying.qr import as_media
from handlers.saying.say import Saying, answer, answer_about, say
from handlers.saying.things import about
from nlp.reading.numerals import number

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Area, Room
    from data.domain.people import Account
    from data.domain.room_link import RoomLink
    from data.uow import UnitOfWork
    from handlers.context import Heard, House
    from handlers.hearing.grammar import Command

WEB = "web"  # the only channel whose rooms a link opens
DAYS, LONGEST = 7, 90
PLACES, MOST = 50, 1_000
_COUNT = r"(\d{1,6}|[一二两三四五六七八九十百]{1,5})\s*"
_DAYS = re.compile(_COUNT + r"(天|日|周|个?星期)(?:内|有效)?")
_PLACES = re.compile(r"(?:限|最多)?\s*" + _COUNT + r"(?:个?人|次|位)")
_MARKS = " ,，、:：;；。"


class _Asked(NamedTuple):
    """What a 邀请 asks for: words that name the room, days, places."""

    where: str
    days: int
    places: int


def invite(heard: Heard, command: Command) -> None:
    """Make a link into a group, or show those there are: 邀请 第一网格 7天 50人."""
    words = command.words.strip(_MARKS)
    if words.lstrip("#＃").isdigit():
        _show(heard, _numbered(heard, int(words.lstrip("#＃"))))
        return
    asked = _asked(words)
    if asked is None:
        raise UserError("invitation.form", example=command.form.example)
    room = _room_meant(heard, command, asked.where)
    community = heard.uow.areas.community_of(room.area_id)
    if community is None:
        raise UserError("invitation.no_room", name=room.topic)
    link = heard.uow.invitations.open_room(
        community.id,
        room_id=room.id,
        code=new_code(heard.house.chance),
        places=asked.places,
        made_by_id=heard.person.id,
        made_at=heard.now,
        expires_at=heard.now + timedelta(days=asked.days),
        said_in=said_in(heard),
    )
    heard.uow.audit.did(heard.now, heard.person.id, None, command.verb.value, f"invitation:{link.number}")
    _show(heard, link)


def cancel(heard: Heard, command: Command) -> None:
    """End a link, so that nobody comes in by it any more: 邀请 取消 3."""
    open_ones = _mine(heard)
    words = command.words.strip(_MARKS)
    if command.ref is None and words:
        area = area_for(heard, command.verb.value, words, OFFICERS).area
        meant = [one for one in open_ones if _lies_in(heard, one, area)]
        if not meant:
            raise UserError("invitation.none_there", name=area.name)
    else:
        invitations = heard.uow.invitations
        meant = [
            things.meant(
                heard,
                command,
                "invitation",
                numbered=invitations.link_numbered,
                open_in=lambda community: [one for one in open_ones if one.community_id == community],
            )
        ]
        _require_mine(heard, meant[0])
    for link in meant:
        _end(heard, link)
    heard.uow.audit.did(heard.now, heard.person.id, None, command.verb.value, f"invitation:{meant[0].number}")
    numbers = "、".join(str(link.number) for link in meant)
    answer(heard, "invitation.ended", numbers=numbers, used=sum(link.used for link in meant))


def undo(heard: Heard, said: str) -> bool:
    """Take back the link that a message made; return False if it made none."""
    link = heard.uow.invitations.link_said_in(said)
    if link is None or link.ended_at is not None:
        return False
    _end(heard, link)
    answer(heard, "invitation.ended", numbers=str(link.number), used=link.used)
    return True


def opened(uow: UnitOfWork, code: str, now: datetime) -> RoomLink | None:
    """Return the link that a code opens now, however it was typed; None if it opens nothing."""
    found = uow.invitations.link_coded(plain(code))
    return found if found is not None and found.opens(now) else None


def come_in(uow: UnitOfWork, house: House, link: RoomLink, account: Account, now: datetime) -> Room | None:
    """Let an account into the room of a link, and say to it how to register; None if it may not come in.

    Who was put out comes in by no link that hangs in the stairwell; who is in already takes no place.
    """
    room = uow.rooms.get(link.room_id)
    if {None, room.id} & uow.sessions.banned_from(account.person_id, now):
        return None
    if any(known.id == room.id for known in uow.chats.rooms_for(account)):
        return room
    if not uow.invitations.come_by(link.id):
        return None
    if account.last_room_id is None:
        uow.people.seen(account, account.name, room.id)
    if uow.households.of_person(account.person_id) is None:
        saying = Saying("invitation.register", f"invitation:{link.id}:{account.id}", {"topic": room.topic})
        say(Context(house, uow, now), account, saying)
    return room


def url_of(ctx: Context, link: RoomLink) -> str:
    """Return the address that a link is."""
    return f"{ctx.policy.web_address}/sign-in#{shown(link.code)}"


def shown(code: str) -> str:
    """Return a code as people read it: in fours."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _asked(words: str) -> _Asked | None:
    """Read where, how long and for how many; None where something else is said, or more than one may ask."""
    days, places = _DAYS.search(words), _PLACES.search(words)
    rest = _PLACES.sub(" ", _DAYS.sub(" ", words, count=1), count=1)
    rest = re.sub(r"^(?:进|加入|到)\s*", "", rest.strip(_MARKS)).strip(_MARKS)
    long = _number(days[1]) * (7 if days[2] not in "天日" else 1) if days else DAYS
    many = _number(places[1]) if places else PLACES
    if len(rest.split()) > 1 or not 1 <= long <= LONGEST or not 1 <= many <= MOST:
        return None
    return _Asked(rest, long, many)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else number(text) or 0


def _room_meant(heard: Heard, command: Command, where: str) -> Room:
    """Return the one room of the web chat that a link is to open."""
    called = [room for room in heard.uow.rooms.called(where) if room.channel == WEB and room.public]
    mine = charge(heard, OFFICERS)
    called = [r for r in called if any(heard.uow.areas.covers(area.id, r.area_id or 0) for area in mine)]
    if len(called) == 1:
        return called[0]
    named = area_for(heard, command.verb.value, where, OFFICERS)
    if named.rest:
        raise UserError("invitation.form", example=command.form.example)
    rooms = _rooms_for(heard, named.area)
    if not rooms:
        raise UserError("invitation.no_room", name=named.area.name)
    if len(rooms) > 1:
        raise UserError("invitation.which", rooms="、".join(room.topic for room in rooms))
    return rooms[0]


def _rooms_for(heard: Heard, area: Area) -> list[Room]:
    """Return the web chat's residents' rooms of an area; for a building without one those of its grid."""
    rooms = [room for room in heard.uow.rooms.public_in(area.id) if room.channel == WEB]
    own = [room for room in rooms if room.area_id == area.id]
    grid = heard.uow.areas.nearest(area.id, AreaKind.GRID) if area.kind is AreaKind.BUILDING else None
    if rooms or grid is None:
        return own or rooms
    return [r for r in heard.uow.rooms.public_in(grid.id) if r.channel == WEB and r.area_id == grid.id]


def _numbered(heard: Heard, wanted: int) -> RoomLink:
    found = next((link for link in _mine(heard) if link.number == wanted), None)
    if found is None:
        raise UserError("thing.unknown", name=heard.house.texts("thing.invitation"), number=wanted)
    return found


def _mine(heard: Heard) -> list[RoomLink]:
    """Return the open links into rooms of the officer's charge."""
    mine = charge(heard, OFFICERS)
    return [
        link
        for link in heard.uow.invitations.links_open(heard.now)
        if any(_lies_in(heard, link, area) for area in mine)
    ]


def _lies_in(heard: Heard, link: RoomLink, area: Area) -> bool:
    return heard.uow.areas.covers(area.id, heard.uow.rooms.get(link.room_id).area_id or 0)


def _require_mine(heard: Heard, link: RoomLink) -> None:
    if link.id not in {one.id for one in _mine(heard)}:
        raise UserError("invitation.over", number=link.number)


def _end(heard: Heard, link: RoomLink) -> None:
    heard.uow.invitations.end_link(link.id, heard.now)


def _show(heard: Heard, link: RoomLink) -> None:
    """Answer with a link: its address, its QR code, until when and for how many it is."""
    address = url_of(heard, link)
    answer_about(
        heard,
        "invitation.made",
        (),
        about=(about(heard, "invitation", link),),
        media=as_media(address),
        number=link.number,
        topic=heard.uow.rooms.get(link.room_id).topic,
        link=address,
        code=shown(link.code),
        until=when(heard, link.expires_at),
        places=link.places,
        used=link.used,
    )
