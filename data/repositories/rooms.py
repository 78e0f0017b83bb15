"""Rooms: group chats, each on one channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, bindparam, or_, select, update

from data.domain.areas import Room, RoomKind
from data.repositories.base import Repository
from data.tables.areas import areas
from data.tables.rooms import rooms

if TYPE_CHECKING:
    from sqlalchemy.engine import Row


_ROOM = select(rooms).where(rooms.c.id == bindparam("id"))
_ROOM_OF = select(rooms).where(
    rooms.c.channel == bindparam("channel"), rooms.c.external_id == bindparam("external_id")
)
_ROOMS_IN = select(rooms).where(rooms.c.area_id == bindparam("area")).order_by(rooms.c.id)
_ROOMS_OF_ORG = select(rooms).where(rooms.c.organisation_id == bindparam("organisation")).order_by(rooms.c.id)


_within = select(bindparam("area", type_=Integer()).label("id")).cte("within", recursive=True)
_within = _within.union_all(select(areas.c.id).join(_within, areas.c.parent_id == _within.c.id))
_PUBLIC_IN = (
    select(rooms)
    .where(
        rooms.c.kind == RoomKind.RESIDENTS.value,
        rooms.c.area_id.in_(select(_within.c.id)),
        rooms.c.id > bindparam("after"),
    )
    .order_by(rooms.c.id)
    .limit(bindparam("most", type_=Integer()))
)
EVERY = 1_000_000


class Rooms(Repository):
    """Group chats by their ids, by their channels' ids, and by their areas."""

    def get(self, room_id: int) -> Room:
        """Return a room that exists."""
        found = self.directory.rooms.get(room_id)
        if found is None:
            row = self.one(_ROOM, id=room_id)
            found = self._remember(row)
        return found

    def of(self, channel: str, external_id: str) -> Room | None:
        """Return the room that a channel calls `external_id`."""
        known = self.directory.room_ids.get((channel, external_id))
        if known is not None:
            return self.get(known)
        row = self.first(_ROOM_OF, channel=channel, external_id=external_id)
        return self._remember(row) if row else None

    def of_area(self, area_id: int, kind: RoomKind) -> list[Room]:
        """Return the rooms of one kind that belong to an area itself."""
        return [r for r in map(room_of, self.all(_ROOMS_IN, area=area_id)) if r.kind is kind]

    def all_public(self, most: int) -> list[Room]:
        """Return residents' rooms, the oldest first."""
        statement = select(rooms).where(rooms.c.kind == RoomKind.RESIDENTS.value).order_by(rooms.c.id)
        return [room_of(row) for row in self.all(statement.limit(most))]

    def everywhere(self) -> list[Room]:
        """Return all rooms."""
        return [room_of(row) for row in self.all(select(rooms).order_by(rooms.c.id))]

    def public_in(self, area_id: int, *, after: int = 0, most: int = EVERY) -> list[Room]:
        """Return the residents' rooms of an area and of all that lies within it, by their ids `after` one."""
        return [room_of(row) for row in self.all(_PUBLIC_IN, area=area_id, after=after, most=most)]

    def of_organisation(self, organisation_id: int) -> list[Room]:
        """Return the rooms of an organisation."""
        return [room_of(row) for row in self.all(_ROOMS_OF_ORG, organisation=organisation_id)]

    def called(self, name: str) -> list[Room]:
        """Return the rooms that go by an id or a topic, on whatever channel."""
        here = or_(rooms.c.external_id == name, rooms.c.topic == name)
        return [room_of(row) for row in self.all(select(rooms).where(here).order_by(rooms.c.id))]

    def rename(self, room_id: int, topic: str) -> None:
        """Change the topic of a room."""
        self.run(update(rooms).where(rooms.c.id == room_id).values(topic=topic))
        self.directory.rooms.pop(room_id, None)

    def bind(self, room_id: int, channel: str, external_id: str) -> Room:
        """Let a group of a channel be what a room is: that very room, or one like it if it is elsewhere."""
        like = self.one(_ROOM, id=room_id)
        values = {name: getattr(like, name) for name in ("kind", "area_id", "organisation_id")}
        known = self.first(_ROOM_OF, channel=channel, external_id=external_id)
        if known is None and like.channel == channel:
            self.run(update(rooms).where(rooms.c.id == room_id).values(external_id=external_id))
            known = like
        if known is None:
            new = {**values, "topic": like.topic, "channel": channel, "external_id": external_id}
            room_id = self.add(rooms, new)
        else:
            room_id = known.id
            self.run(update(rooms).where(rooms.c.id == room_id).values(**values))
        self.directory.forget()
        return self.get(room_id)

    def _remember(self, row: Row[Any]) -> Room:
        room = room_of(row)
        self.directory.rooms[room.id] = room
        self.directory.room_ids[room.channel, room.external_id] = room.id
        return room


def room_of(row: Row[Any]) -> Room:
    """Return the room that a row holds."""
    return Room(
        row.id,
        row.channel,
        row.external_id,
        row.topic,
        RoomKind(row.kind),
        row.area_id,
        row.organisation_id,
    )
