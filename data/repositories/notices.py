"""Notices to residents' groups, and who received them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from sqlalchemy import bindparam, or_, select, update

from data.domain.notice import Neighbour, Notice
from data.repositories.areas import Areas
from data.repositories.base import Repository, Upsert
from data.repositories.counters import next_number
from data.tables.areas import areas
from data.tables.households import households
from data.tables.notices import notices, receipts
from data.tables.people import accounts, duties, members, people

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack

    from data.domain.areas import Room


_BY_ID = select(notices).where(notices.c.id == bindparam("id"))
_NUMBERED = select(notices).where(
    notices.c.community_id == bindparam("community"), notices.c.number == bindparam("number")
)
_SINCE = (
    select(notices)
    .where(notices.c.at >= bindparam("since"), notices.c.withdrawn_at.is_(None))
    .order_by(notices.c.id.desc())
)
_RECEIVE = Upsert(receipts)


class NewNotice(TypedDict):
    """The fields of a notice."""

    community_id: int
    by_id: int
    at: datetime
    words: str
    media: tuple[str, ...]
    rooms: tuple[int, ...]
    said_in: NotRequired[str | None]


class Notices(Repository):
    """What officers tell several groups."""

    def post(self, **values: Unpack[NewNotice]) -> Notice:
        """Write a notice under the next number; `values` are the fields of `Notice`."""
        number = next_number(self, values["community_id"], "notice")
        lists = {"media": list(values["media"]), "rooms": list(values["rooms"])}
        return Notice(id=self.add(notices, {**values, **lists, "number": number}), number=number, **values)

    def get(self, notice_id: int) -> Notice:
        """Return a notice that exists."""
        return _notice(self.one(_BY_ID, id=notice_id))

    def numbered(self, community_id: int, number: int) -> Notice | None:
        """Return the notice with that number in a community."""
        row = self.first(_NUMBERED, community=community_id, number=number)
        return _notice(row) if row else None

    def said_in(self, message: str) -> Notice | None:
        """Return the notice that a message gave."""
        row = self.first(select(notices).where(notices.c.said_in == message))
        return _notice(row) if row else None

    def since(self, at: datetime) -> list[Notice]:
        """Return the notices given since then that stand, the latest first."""
        return [_notice(row) for row in self.all(_SINCE, since=at)]

    def shows(self, picture: str, rooms: AbstractSet[int]) -> bool:
        """Whether a notice that stands took a picture into one of some rooms."""
        statement = select(notices.c.media, notices.c.rooms).where(notices.c.withdrawn_at.is_(None))
        return any(picture in row.media and rooms & set(row.rooms) for row in self.all(statement))

    def withdraw(self, notice_id: int, at: datetime) -> None:
        """Take a notice back."""
        self.run(update(notices).where(notices.c.id == notice_id).values(withdrawn_at=at))

    def receive(
        self, notice_id: int, person_id: int, account_id: int, room_id: int | None, at: datetime
    ) -> None:
        """Note that somebody has read a notice; the first time counts."""
        row = {
            "notice_id": notice_id,
            "person_id": person_id,
            "account_id": account_id,
            "room_id": room_id,
            "at": at,
        }
        self.upsert(_RECEIVE, row)

    def received(self, notice_id: int) -> set[int]:
        """Return who has read a notice."""
        statement = select(receipts.c.person_id).where(receipts.c.notice_id == notice_id)
        return set(self.connection.execute(statement).scalars())

    def known_in(self, room: Room) -> list[Neighbour]:
        """Return the residents known in a room: who was seen there, and the contacts of its households."""
        on_duty = select(duties.c.person_id)
        resident = people.c.organisation_id.is_(None), people.c.id.not_in(on_duty)
        there = select(members.c.account_id).where(members.c.room_id == room.id)
        seen = (
            select(people.c.id, people.c.name, accounts.c.name.label("shown"))
            .join(accounts, accounts.c.person_id == people.c.id)
            .where(
                *resident,
                or_(accounts.c.id.in_(there), accounts.c.last_room_id == room.id),
                accounts.c.external_id.not_like("deleted:%"),
            )
        )
        known = {row.id: Neighbour(row.id, row.shown or row.name) for row in self.all(seen)}
        homes = (
            select(
                people.c.id,
                people.c.name,
                areas.c.name.label("building"),
                households.c.unit,
                households.c.door,
            )
            .join(households, households.c.contact_id == people.c.id)
            .join(areas, areas.c.id == households.c.building_id)
            .where(*resident, households.c.building_id.in_(self._within(room.area_id or 0)))
        )
        for row in self.all(homes):
            known[row.id] = Neighbour(row.id, row.name, row.building, row.unit, row.door)
        return [known[person_id] for person_id in sorted(known)]

    def _within(self, area_id: int) -> list[int]:
        return [area_id, *(area.id for area in Areas(self.connection, self.directory).below(area_id))]


def _notice(row: Row[Any]) -> Notice:
    values = dict(row._mapping)
    return Notice(**{**values, "media": tuple(values["media"]), "rooms": tuple(values["rooms"])})
