"""Meetings with their sign-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from sqlalchemy import bindparam, delete, func, select, update

from data.domain.meeting import Meeting, SignUp
from data.repositories.base import Repository, Upsert
from data.repositories.counters import next_number
from data.tables.meetings import meetings, sign_ups

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


_MEETING = select(meetings).where(meetings.c.id == bindparam("id"))
_NUMBERED = select(meetings).where(
    meetings.c.community_id == bindparam("community"), meetings.c.number == bindparam("number")
)
_AHEAD = (
    select(meetings)
    .where(
        meetings.c.room_id == bindparam("room"),
        meetings.c.cancelled.is_(False),
        meetings.c.starts_at > bindparam("now"),
    )
    .order_by(meetings.c.starts_at)
)
_NAMES = select(sign_ups).where(sign_ups.c.meeting_id == bindparam("meeting")).order_by(sign_ups.c.id)
_SIGN_UP = Upsert(sign_ups)


class NewMeeting(TypedDict):
    """The fields of a meeting."""

    community_id: int
    area_id: int
    room_id: int
    caller_id: int
    starts_at: datetime
    place: str
    topic: str
    said_in: NotRequired[str | None]


class MeetingChanges(TypedDict, total=False):
    """What may change of a meeting."""

    starts_at: datetime
    cancelled: bool


class Meetings(Repository):
    """Deliberation meetings and who comes."""

    def call(self, **values: Unpack[NewMeeting]) -> Meeting:
        """Put a meeting in the calendar under the next number; `values` are the fields of `Meeting`."""
        number = next_number(self.connection, values["community_id"], "meeting")
        row = {"number": number, "cancelled": False, **values}
        return Meeting(id=self.add(meetings, row), number=number, **values)

    def get(self, meeting_id: int) -> Meeting:
        """Return a meeting that exists."""
        row = self.one(_MEETING, id=meeting_id)
        return _meeting(row)

    def numbered(self, community_id: int, number: int) -> Meeting | None:
        """Return the meeting with that number in a community."""
        row = self.first(_NUMBERED, community=community_id, number=number)
        return _meeting(row) if row else None

    def said_in(self, message: str) -> Meeting | None:
        """Return the meeting that a message called."""
        row = self.first(select(meetings).where(meetings.c.said_in == message))
        return _meeting(row) if row else None

    def ahead(self, room_id: int, now: datetime) -> list[Meeting]:
        """Return a room's meetings that are still to come, the next one first."""
        return [_meeting(row) for row in self.all(_AHEAD, room=room_id, now=now)]

    def count(self, areas: Sequence[int], start: datetime, end: datetime) -> int:
        """Return how many meetings were called for a period in some areas."""
        there = meetings.c.area_id.in_(areas), meetings.c.starts_at >= start, meetings.c.starts_at < end
        held = meetings.c.cancelled.is_(False)
        return int(self.one(select(func.count()).select_from(meetings).where(held, *there))[0])

    def coming(self, now: datetime, most: int) -> list[Meeting]:
        """Return the meetings that are still to come anywhere, the next one first."""
        ahead = meetings.c.cancelled.is_(False), meetings.c.starts_at > now
        rows = self.all(select(meetings).where(*ahead).order_by(meetings.c.starts_at).limit(most))
        return [_meeting(row) for row in rows]

    def change(self, meeting_id: int, **values: Unpack[MeetingChanges]) -> None:
        """Move or cancel a meeting."""
        self.run(update(meetings).where(meetings.c.id == meeting_id).values(**values))

    def sign_up(self, meeting_id: int, name: str, person_id: int | None, at: datetime) -> bool:
        """Put a name on the list; return whether it is new."""
        row = {"meeting_id": meeting_id, "name": name, "person_id": person_id, "at": at}
        return self.upsert(_SIGN_UP, row) == 1

    def sign_off(self, meeting_id: int, name: str, person_id: int) -> bool:
        """Take somebody off the list; return whether they were on it."""
        mine = (sign_ups.c.person_id == person_id) | (
            sign_ups.c.person_id.is_(None) & (sign_ups.c.name == name)
        )
        return self.run(delete(sign_ups).where(sign_ups.c.meeting_id == meeting_id, mine)) > 0

    def names(self, meeting_id: int) -> list[SignUp]:
        """Return who comes, in the order signed up."""
        rows = self.all(_NAMES, meeting=meeting_id)
        return [SignUp(row.meeting_id, row.name, row.person_id, row.at) for row in rows]


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(**row._mapping)
