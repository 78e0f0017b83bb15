"""Invitations: one-time codes, known by their hashes only; links into a room, for many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from sqlalchemy import bindparam, delete, select, update

from data.domain.room_link import RoomLink
from data.repositories.base import Repository
from data.repositories.counters import next_number
from data.tables.invitations import invitations, room_links

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


_INVITATION = select(invitations).where(invitations.c.code_hash == bindparam("code_hash"))


class NewInvitation(TypedDict):
    """The fields of an invitation: a code for somebody known, a newcomer, or a room; `expires_at` is UTC."""

    code_hash: str
    person_id: int | None
    room_id: int | None
    name: str | None
    purpose: str
    expires_at: datetime


class NewRoomLink(TypedDict):
    """The fields of a link into a room; times are UTC."""

    room_id: int
    code: str
    places: int
    made_by_id: int
    made_at: datetime
    expires_at: datetime
    said_in: NotRequired[str | None]


class Invitations(Repository):
    """Who may sign in with which code, until when."""

    def invite(self, **values: Unpack[NewInvitation]) -> int:
        """Write an invitation, known by the hash of its code only."""
        return self.add(invitations, values)

    def coded(self, code_hash: str) -> Any | None:
        """Return the invitation whose code has that hash."""
        return self.first(_INVITATION, code_hash=code_hash)

    def use(self, invitation_id: int, at: datetime) -> bool:
        """Use an invitation up, and forget whom it was for; return False if it was used before."""
        statement = update(invitations).where(
            invitations.c.id == invitation_id, invitations.c.used_at.is_(None)
        )
        return self.run(statement.values(used_at=at, name=None)) == 1

    def forget(self, before: datetime) -> int:
        """Forget invitations that ended before then; return how many."""
        return self.run(delete(invitations).where(invitations.c.expires_at < before))

    def open_room(self, community_id: int, **values: Unpack[NewRoomLink]) -> RoomLink:
        """Make a link into a room under the next number of its community."""
        number = next_number(self, community_id, "invitation")
        row = {**values, "community_id": community_id, "number": number, "used": 0}
        return self.link(self.add(room_links, row))

    def link(self, link_id: int) -> RoomLink:
        """Return a link that exists."""
        return _link(self.one(select(room_links).where(room_links.c.id == link_id)))

    def link_coded(self, code: str) -> RoomLink | None:
        """Return the link with a code, open or not."""
        row = self.first(select(room_links).where(room_links.c.code == code))
        return _link(row) if row else None

    def link_numbered(self, community_id: int, number: int) -> RoomLink | None:
        """Return the link with that number in a community."""
        mine = room_links.c.community_id == community_id, room_links.c.number == number
        row = self.first(select(room_links).where(*mine))
        return _link(row) if row else None

    def link_said_in(self, message: str) -> RoomLink | None:
        """Return the link that a message made."""
        row = self.first(select(room_links).where(room_links.c.said_in == message))
        return _link(row) if row else None

    def links_open(self, now: datetime) -> list[RoomLink]:
        """Return the links by which somebody may still come in, the oldest first."""
        still = room_links.c.ended_at.is_(None), room_links.c.expires_at > now
        rows = self.all(select(room_links).where(*still).order_by(room_links.c.id))
        return [found for found in map(_link, rows) if found.opens(now)]

    def come_by(self, link_id: int) -> bool:
        """Count one who comes in by a link; return False if its places are all taken."""
        table = room_links
        free = table.c.id == link_id, table.c.ended_at.is_(None), table.c.used < table.c.places
        return self.run(update(table).where(*free).values(used=table.c.used + 1)) == 1

    def end_link(self, link_id: int, at: datetime) -> None:
        """Let nobody in by a link any more."""
        self.run(update(room_links).where(room_links.c.id == link_id).values(ended_at=at))


def _link(row: Row[Any]) -> RoomLink:
    kept = row._mapping
    return RoomLink(**{name: kept[name] for name in RoomLink.__slots__})
