"""What somebody is in charge of, and which cases of it are wanted: what a page lists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Area
    from data.domain.case import Grade


@dataclass(frozen=True, slots=True)
class Charge:
    """Whose cases somebody may see: those of areas, disputes of areas, and what is in their own hands."""

    areas: tuple[Area, ...]
    disputes: tuple[Area, ...]
    person_id: int
    organisation_id: int | None


class Standing(StrEnum):
    """Where a case stands, as lists are filtered by it; a state's own name is one, too."""

    OPEN = "open"
    LATE = "late"  # a deadline that runs now is past
    TODAY = "today"  # falls due before the day ends
    MINE = "mine"  # open, and in one's own hands
    REPORTED = "reported"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    DEFERRED = "deferred"
    TAKEN = "taken"  # was accepted, whatever became of it
    DONE = "done"  # resolved or closed
    CLOSED = "closed"
    REOPENED = "reopened"  # at least once
    FOUND = "found"  # by staff: visits, patrols
    MISSED = "missed"  # on a deadline, now or before
    RATED = "rated"  # answered by an appellant in the period, whenever it came up
    ACCEPTED_THEN = "accepted_then"  # accepted in the period, whenever it came up
    RESOLVED_THEN = "resolved_then"  # resolved in the period, whenever it came up
    CALLED = "called"  # a whistle called the organisation to it
    EMERGENCY = "emergency"  # open ones
    WHISTLED = "whistled"  # open, with a whistle that is open
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are wanted. `start` and `end` (exclusive) are when they came up."""

    standing: Standing = Standing.OPEN
    words: str = ""
    number: int | None = None
    kind: str = ""  # a category, or its first level
    grade: Grade | None = None
    area: Area | None = None
    handler_person: int | None = None
    handler_organisation: int | None = None
    start: datetime | None = None
    end: datetime | None = None
