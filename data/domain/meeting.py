"""Meetings (议事会): who called whom to which table, and when the group is reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

REMIND_BEFORE = (timedelta(hours=24), timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A deliberation meeting. `number` counts within the community; sign-ups are taken until it starts."""

    id: int
    community_id: int
    number: int
    area_id: int
    room_id: int
    caller_id: int
    starts_at: datetime
    place: str
    topic: str
    cancelled: bool = False
    said_in: str | None = None

    def reminders(self, now: datetime) -> list[tuple[timedelta, datetime]]:
        """Return how long before the meeting the group is still to be reminded, and the instants."""
        due = ((before, self.starts_at - before) for before in REMIND_BEFORE)
        return [(before, at) for before, at in due if at > now]

    def takes_names(self, now: datetime) -> bool:
        """Whether one may still sign up."""
        return not self.cancelled and now < self.starts_at


@dataclass(frozen=True, slots=True)
class SignUp:
    """One name on a meeting's list; a name out of a 接龙 list may belong to no account."""

    meeting_id: int
    name: str
    person_id: int | None
    at: datetime
