"""Who may be in which chat: by membership, duty, organisation, household, or having spoken there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from data.domain.areas import AreaKind, Room, RoomKind
from data.domain.people import OUTSIDE, Role
from data.repositories.base import Repository
from data.repositories.rooms import room_of
from data.tables.areas import areas
from data.tables.households import households, residents
from data.tables.organisations import organisations
from data.tables.people import accounts, duties, members, people
from data.tables.rooms import rooms
from data.tables.sessions import bans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import CTE
    from sqlalchemy.engine import Row

    from data.domain.people import Account


MOST_ROOMS = 200
MOST_PEOPLE = 500
_NEAR = (AreaKind.COMMUNITY.value, AreaKind.GRID.value, AreaKind.BUILDING.value)
_SHARED = (RoomKind.RESIDENTS.value, RoomKind.STAFF.value)  # their people's duties may lie within their area
_room_area = func.coalesce(rooms.c.area_id, organisations.c.area_id)
_ROOMS = select(rooms).outerjoin(organisations, organisations.c.id == rooms.c.organisation_id)
_THERE = accounts.c.external_id.not_like("deleted:%")

_SOMEBODY = ~accounts.c.external_id.startswith(OUTSIDE, autoescape=True)  # no software


class ShownPerson(NamedTuple):
    """Somebody as a chat shows them: account, name, organisation, and the duties as (role, area's name)."""

    account: str
    name: str
    organisation: str | None
    duties: tuple[tuple[Role, str], ...]


class Chats(Repository):
    """Rooms and the people in them. Only reads; the lists are bounded."""

    def rooms_for(self, account: Account) -> list[Room]:
        """Return the rooms that an account may see on its channel.

        Those it is a member of or last spoke in; its organisation's; those that its duties cover, and the
        staff and residents' rooms (up to the community's) they lie in; the residents' rooms of its household.
        """
        mine = select(duties.c.area_id).where(duties.c.person_id == account.person_id)
        home = select(households.c.building_id).where(
            or_(
                households.c.contact_id == account.person_id,
                households.c.id.in_(_lives_in(residents.c.person_id == account.person_id)),
            )
        )
        company = select(people.c.organisation_id).where(people.c.id == account.person_id)
        member = select(members.c.room_id).where(members.c.account_id == account.id)
        around, around_home = _near(_above(mine, "around")), _near(_above(home, "around_home"))
        allowed = or_(
            rooms.c.id.in_(member),
            rooms.c.id == account.last_room_id,
            rooms.c.organisation_id.in_(company),
            _room_area.in_(select(_below(mine, "within").c.id)),
            and_(rooms.c.kind.in_(_SHARED), rooms.c.area_id.in_(around)),
            and_(rooms.c.kind == RoomKind.RESIDENTS.value, rooms.c.area_id.in_(around_home)),
        )
        out = select(bans.c.room_id).where(
            bans.c.person_id == account.person_id, bans.c.ended_at.is_(None), bans.c.room_id.is_not(None)
        )
        statement = _ROOMS.where(rooms.c.channel == account.channel, allowed, rooms.c.id.not_in(out))
        return [room_of(row) for row in self.all(statement.order_by(rooms.c.id).limit(MOST_ROOMS))]

    def rooms_on(self, channel: str) -> list[Room]:
        """Return all rooms of a channel."""
        statement = select(rooms).where(rooms.c.channel == channel).order_by(rooms.c.id).limit(MOST_ROOMS)
        return [room_of(row) for row in self.all(statement)]

    def people_in(self, room: Room) -> list[ShownPerson]:
        """Return the people who may see a room, by the rules of `rooms_for`."""
        area_id = room.area_id
        if area_id is None and room.organisation_id is not None:
            owner = select(organisations.c.area_id).where(organisations.c.id == room.organisation_id)
            area_id = self.connection.execute(owner).scalar()
        here = select(areas.c.id).where(areas.c.id == area_id)
        covering = select(duties.c.person_id).where(
            duties.c.area_id.in_(select(_above(here, "covering").c.id))
        )
        member = select(members.c.account_id).where(members.c.room_id == room.id)
        ways: list[ColumnElement[bool]] = [
            accounts.c.id.in_(member),
            accounts.c.last_room_id == room.id,
            accounts.c.person_id.in_(covering),
        ]
        if room.organisation_id is not None:
            ways.append(people.c.organisation_id == room.organisation_id)
        if room.kind.value in _SHARED and area_id is not None:
            ways += self._within(room, here)
        return self._shown(and_(accounts.c.channel == room.channel, _SOMEBODY, or_(*ways)))

    def people_on(self, channel: str) -> list[ShownPerson]:
        """Return everybody with an account on a channel."""
        return self._shown(and_(accounts.c.channel == channel, _SOMEBODY))

    def shown(self, account: Account) -> ShownPerson | None:
        """Return an account as a chat shows it, None if it is gone."""
        found = self._shown(accounts.c.id == account.id)
        return found[0] if found else None

    def _within(self, room: Room, here: Select[Any]) -> list[ColumnElement[bool]]:
        """Return who else is in a staff or residents' room: duties and homes within its area."""
        near = self.first(here.where(areas.c.kind.in_(_NEAR)))
        if near is None:
            return []
        inner = select(_below(here, "inner").c.id)
        ways: list[ColumnElement[bool]] = [
            accounts.c.person_id.in_(select(duties.c.person_id).where(duties.c.area_id.in_(inner)))
        ]
        if room.kind is RoomKind.RESIDENTS:
            homes = households.c.building_id.in_(inner)
            contacts = select(households.c.contact_id).where(homes, households.c.contact_id.is_not(None))
            living = select(residents.c.person_id).where(
                residents.c.household_id.in_(select(households.c.id).where(homes)),
                residents.c.until.is_(None),
            )
            ways += [accounts.c.person_id.in_(contacts), accounts.c.person_id.in_(living)]
        return ways

    def _shown(self, condition: ColumnElement[bool]) -> list[ShownPerson]:
        statement = (
            select(
                accounts.c.external_id,
                accounts.c.person_id,
                accounts.c.name,
                organisations.c.name.label("organisation"),
            )
            .join(people, people.c.id == accounts.c.person_id)
            .outerjoin(organisations, organisations.c.id == people.c.organisation_id)
            .where(_THERE, condition)
            .order_by(accounts.c.id)
            .limit(MOST_PEOPLE)
        )
        found = self.all(statement)
        held = self._duties(row.person_id for row in found)
        return [_shown(row, held) for row in found]

    def _duties(self, person_ids: Iterable[int]) -> dict[int, list[tuple[Role, str]]]:
        statement = (
            select(duties.c.person_id, duties.c.role, areas.c.name)
            .join(areas, areas.c.id == duties.c.area_id)
            .where(duties.c.person_id.in_(tuple(person_ids)))
            .order_by(duties.c.id)
        )
        held: dict[int, list[tuple[Role, str]]] = {}
        for row in self.all(statement):
            held.setdefault(row.person_id, []).append((Role(row.role), row.name))
        return held


def _shown(row: Row[Any], held: dict[int, list[tuple[Role, str]]]) -> ShownPerson:
    return ShownPerson(row.external_id, row.name, row.organisation, tuple(held.get(row.person_id, ())))


def _above(start: Select[Any], name: str) -> CTE:
    """Return the areas that `start` picks and all that contain them."""
    first = select(areas.c.id, areas.c.parent_id, areas.c.kind).where(areas.c.id.in_(start))
    found = first.cte(name, recursive=True)
    up = select(areas.c.id, areas.c.parent_id, areas.c.kind).join(found, areas.c.id == found.c.parent_id)
    return found.union(up)


def _below(start: Select[Any], name: str) -> CTE:
    """Return the areas that `start` picks and all within them."""
    found = select(areas.c.id).where(areas.c.id.in_(start)).cte(name, recursive=True)
    return found.union(select(areas.c.id).join(found, areas.c.parent_id == found.c.id))


def _lives_in(who: ColumnElement[bool]) -> Select[Any]:
    """Return the households that some people live in now."""
    return select(residents.c.household_id).where(who, residents.c.until.is_(None))


def _near(found: CTE) -> Select[Any]:
    """Return those areas that are a community or smaller: a street's group is not every grid's."""
    return select(found.c.id).where(found.c.kind.in_(_NEAR))
