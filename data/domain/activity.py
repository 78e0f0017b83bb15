"""Activities (活动): what happens at a time and a place, of which meetings (议事会) are a kind.

Called, signed up for, reminded of, checked in to, ended with what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Required, TypedDict

REMIND_BEFORE = (timedelta(hours=24), timedelta(hours=1))
DOORS_OPEN = timedelta(minutes=30)  # so long before the start one may check in
LASTS = timedelta(hours=2)  # where no end was said
ANNOUNCED = timedelta(days=3)  # so long before the start each one of a row is announced


class ActivityKind(StrEnum):
    """What sort of activity it is."""

    MEETING = "meeting"  # 议事会
    BUILDING_DAY = "building_day"  # 楼栋工作日
    SERVICE_DAY = "service_day"  # 服务日
    ACTIVITY = "activity"  # 活动, 志愿活动


class UnitState(StrEnum):
    """What an invited unit has said, and whether it came."""

    INVITED = "invited"
    COMING = "coming"
    NOT_COMING = "not_coming"
    CAME = "came"


class Particulars(TypedDict, total=False):
    """What is said of an activity besides when it is: `places` is how many may come (None: all)."""

    place: Required[str]
    topic: Required[str]
    places: int | None
    points: int


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity. `number` counts within the community: meetings by themselves, all others together.

    Sign-ups are taken until it starts; `places` is how many may come (None: all), `points` what who checked
    in is given. `ended_at` and `result` stand when the organiser has ended it.
    """

    id: int
    community_id: int
    counted_as: str  # "meeting" or "activity"
    number: int
    kind: ActivityKind
    area_id: int
    caller_id: int
    starts_at: datetime
    ends_at: datetime
    place: str
    topic: str
    cancelled: bool = False
    said_in: str | None = None
    places: int | None = None
    points: int = 0
    series_id: int | None = None
    code: str | None = None  # must be said with 签到, where the place wants that
    ended_at: datetime | None = None
    result: str | None = None

    def reminders(self, now: datetime) -> list[tuple[timedelta, datetime]]:
        """Return how long before the start one is still to be reminded, and the instants."""
        due = ((before, self.starts_at - before) for before in REMIND_BEFORE)
        return [(before, at) for before, at in due if at > now]

    def takes_names(self, now: datetime) -> bool:
        """Whether one may still sign up."""
        return not self.cancelled and now < self.starts_at

    @property
    def is_meeting(self) -> bool:
        """Whether it is a meeting, which ends by the clock."""
        return self.kind is ActivityKind.MEETING

    @property
    def doors_open_at(self) -> datetime:
        """From when one may check in."""
        return self.starts_at - DOORS_OPEN


@dataclass(frozen=True, slots=True)
class SignUp:
    """One name on an activity's list; a name out of a 接龙 list may belong to no account."""

    activity_id: int
    name: str
    person_id: int | None
    at: datetime
    waiting: bool = False  # all places were taken


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation invited to an activity."""

    activity_id: int
    organisation_id: int
    state: UnitState
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A row of activities (服务日 每月15日9点): each is announced three days before under its own number.

    `rule` is an RRULE (RFC 5545) without a start; `starts` counts minutes from midnight at the place.
    """

    id: int
    community_id: int
    area_id: int
    caller_id: int
    kind: ActivityKind
    rule: str
    shown: str  # as it was said: 每月15日
    starts: int
    lasts: int  # minutes
    place: str
    topic: str
    units: tuple[int, ...]
    places: int | None = None
    points: int = 0
    cancelled: bool = False
    said_in: str | None = None
