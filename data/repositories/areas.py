"""Areas, organisations and rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, or_, select, update

from data.domain.areas import Area, AreaKind, Room, RoomKind
from data.domain.people import Organisation
from data.repositories.base import Repository
from data.tables.places import areas, organisations, rooms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Row

_AREA = select(areas).where(areas.c.id == bindparam("id"))
_CHILDREN = select(areas).where(areas.c.parent_id == bindparam("parent")).order_by(areas.c.id)
_LABELLED = _CHILDREN.where(areas.c.label == bindparam("label"))
_BY_CODE = select(areas).where(areas.c.code == bindparam("code"))
_COMMUNITIES = select(areas).where(areas.c.kind == AreaKind.COMMUNITY.value).order_by(areas.c.id)
_ROOM = select(rooms).where(rooms.c.id == bindparam("id"))
_ROOM_OF = select(rooms).where(
    rooms.c.channel == bindparam("channel"), rooms.c.external_id == bindparam("external_id")
)
_ROOMS_IN = select(rooms).where(rooms.c.area_id == bindparam("area")).order_by(rooms.c.id)
_ROOMS_OF_ORG = select(rooms).where(rooms.c.organisation_id == bindparam("organisation")).order_by(rooms.c.id)
_ORGANISATION = select(organisations).where(organisations.c.id == bindparam("id"))
_ORGANISATIONS = select(organisations).order_by(organisations.c.id)


class Areas(Repository):
    """The tree of areas. Looking up costs a query the first time only."""

    def get(self, area_id: int) -> Area:
        """Return an area that exists."""
        found = self.directory.areas.get(area_id)
        if found is None:
            row = self.one(_AREA, id=area_id)
            found = self.directory.areas[area_id] = _area(row)
        return found

    def by_code(self, code: str) -> Area | None:
        """Return the area with that code."""
        row = self.first(_BY_CODE, code=code)
        return _area(row) if row else None

    def children(self, area_id: int) -> list[Area]:
        """Return the areas right below one."""
        return [_area(row) for row in self.all(_CHILDREN, parent=area_id)]

    def up(self, area_id: int | None) -> Iterator[Area]:
        """Yield an area and all above it, itself first."""
        while area_id is not None:
            area = self.get(area_id)
            yield area
            area_id = area.parent_id

    def covers(self, area_id: int, inner_id: int | None) -> bool:
        """Whether `inner_id` is the area or lies within it."""
        return any(area.id == area_id for area in self.up(inner_id))

    def nearest(self, area_id: int | None, kind: AreaKind) -> Area | None:
        """Return the area of that kind which is `area_id` or contains it."""
        return next((area for area in self.up(area_id) if area.kind is kind), None)

    def community_of(self, area_id: int | None) -> Area | None:
        """Return the community that an area lies in."""
        return self.nearest(area_id, AreaKind.COMMUNITY)

    def communities(self) -> list[Area]:
        """Return all communities."""
        return [_area(row) for row in self.all(_COMMUNITIES)]

    def below(self, area_id: int) -> Iterator[Area]:
        """Yield all areas within one, the widest first."""
        for child in self.children(area_id):
            yield child
            yield from self.below(child.id)

    def grids(self, area_id: int) -> list[Area]:
        """Return the grids within an area, or the grid itself."""
        area = self.get(area_id)
        if area.kind in (AreaKind.GRID, AreaKind.BUILDING):
            return [area] if area.kind is AreaKind.GRID else []
        return [grid for child in self.children(area_id) for grid in self.grids(child.id)]

    def buildings(self, area_id: int, label: str) -> list[Area]:
        """Return the buildings within a grid or community that go by a label (`3`)."""
        area = self.get(area_id)
        if area.kind is AreaKind.BUILDING:
            area_id = area.parent_id or area_id
            area = self.get(area_id)
        holders = [area] if area.kind is AreaKind.GRID else self.grids(area_id)
        return [building for grid in holders for building in self._labelled(grid.id, label)]

    def _labelled(self, grid_id: int, label: str) -> list[Area]:
        known = self.directory.buildings
        if (grid_id, label) not in known:
            known[grid_id, label] = [_area(r) for r in self.all(_LABELLED, parent=grid_id, label=label)]
        return known[grid_id, label]


class Rooms(Repository):
    """Group chats."""

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

    def public_in(self, area_id: int) -> list[Room]:
        """Return the residents' rooms of an area and of all that lies within it."""
        statement = select(rooms).where(rooms.c.kind == RoomKind.RESIDENTS.value).order_by(rooms.c.id)
        found = map(room_of, self.all(statement))
        areas_known = Areas(self.connection, self.directory)
        return [room for room in found if areas_known.covers(area_id, room.area_id)]

    def of_organisation(self, organisation_id: int) -> list[Room]:
        """Return the rooms of an organisation."""
        return [room_of(row) for row in self.all(_ROOMS_OF_ORG, organisation=organisation_id)]

    def called(self, name: str) -> list[Room]:
        """Return the rooms that go by an id or a topic, on whatever channel."""
        here = or_(rooms.c.external_id == name, rooms.c.topic == name)
        return [room_of(row) for row in self.all(select(rooms).where(here).order_by(rooms.c.id))]

    def rename(self, room_id: int, topic: str) -> None:
        """Call a room something else."""
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


class Organisations(Repository):
    """Departments, property companies, committees, service teams."""

    def get(self, organisation_id: int) -> Organisation:
        """Return an organisation that exists."""
        if organisation_id not in self.directory.organisations:
            row = self.one(_ORGANISATION, id=organisation_id)
            self.directory.organisations[organisation_id] = _organisation(row)
        return self.directory.organisations[organisation_id]

    def all_of_them(self) -> list[Organisation]:
        """Return every organisation; there are dozens, not thousands."""
        return [_organisation(row) for row in self.all(_ORGANISATIONS)]


def _area(row: Row[Any]) -> Area:
    return Area(row.id, row.code, row.name, AreaKind(row.kind), row.parent_id)


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


def _organisation(row: Row[Any]) -> Organisation:
    return Organisation(row.id, row.name, row.kind, row.area_id, tuple(row.aliases))
