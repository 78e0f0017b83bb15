"""A case (件): the matter that is handled; several appeals may belong to one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypedDict

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from typing_extensions import Unpack


class State(StrEnum):
    """Where a case stands."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    CLOSED = "closed"
    DEFERRED = "deferred"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


# Hazards of which two people are told, each alone: who does not want to live any more, who is beaten at home.
DESPAIR = "despair"
BEATEN = "beaten"
TOLD_ALONE = frozenset({DESPAIR, BEATEN})
OPEN = frozenset({State.REPORTED, State.ACCEPTED, State.ASSIGNED, State.IN_PROGRESS, State.DEFERRED})
WORKABLE = frozenset({State.ACCEPTED, State.ASSIGNED, State.IN_PROGRESS})


class Grade(StrEnum):
    """How heavy a matter is; presets name the grades, the meaning stays."""

    PRIVATE = "private"
    MINOR = "minor"
    MAJOR = "major"
    HARD = "hard"


class Urgency(StrEnum):
    """How soon somebody must act."""

    NORMAL = "normal"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Source(StrEnum):
    """How a case came to be."""

    APPEAL = "appeal"
    VISIT = "visit"
    PATROL = "patrol"
    BUILDING_DAY = "building_day"
    MEETING = "meeting"  # a resolution
    HOTLINE = "hotline"  # an order of 12345
    IMPORT = "import"
    API = "api"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the matter lies, normalised (三号楼 → building `3`); each part may be unknown."""

    building: str | None = None
    unit: str | None = None
    floor: str | None = None
    door: str | None = None
    spot: str | None = None
    compound: str | None = None  # what tells buildings of one number apart: 东区, 2期, 88弄, 人民路

    def filled_from(self, other: Place) -> Place:
        """Return this place with its unknown parts taken from another."""
        return Place(
            self.building or other.building,
            self.unit or other.unit,
            self.floor or other.floor,
            self.door or other.door,
            self.spot or other.spot,
            self.compound or other.compound,
        )

    def __bool__(self) -> bool:
        """Whether anything at all is known."""
        return any((self.building, self.unit, self.floor, self.door, self.spot, self.compound))


class Supervision(TypedDict, total=False):
    """By whom a case is supervised, and when they are reminded (UTC); empty: by nobody."""

    supervised_by_id: int | None
    supervised_until: datetime | None


class Gist(NamedTuple):
    """What tells whether a case is about the same matter as another: its id, its words, its place."""

    case_id: int
    summary: str
    place: Place


class Unclaimed(NamedTuple):
    """What decides in whose charge a case is that is with nobody yet."""

    id: int
    area_id: int
    building_id: int | None
    grade: Grade
    category: str
    dispute: bool


@dataclass(slots=True)
class Case:
    """The matter that is handled. `number` counts within the community; times are UTC.

    `area_id` is the grid (the community where the grid is unknown); `building_id` is set when the building
    is on the roster. `accept_by` and `resolve_by` are the deadlines that run now.
    """

    id: int
    community_id: int
    number: int
    area_id: int
    building_id: int | None
    state: State
    category: str
    grade: Grade
    urgency: Urgency
    source: Source
    place: Place
    reported_at: datetime
    summary: str
    hazard: str | None = None
    dispute: bool = False
    accept_by: datetime | None = None
    resolve_by: datetime | None = None
    resolve_from: datetime | None = None  # when the resolve clock was started: 受理, again at 重办
    accepted_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    handler_id: int | None = None
    assignee_id: int | None = None
    assignee_org_id: int | None = None
    result: str | None = None
    reopened: int = 0
    seconds: int = 0
    merged_into_id: int | None = None
    deferred_until: datetime | None = None
    resume_state: State | None = None
    time_left: timedelta | None = None
    supervised_by_id: int | None = None
    supervised_until: datetime | None = None  # when supervisor and handler are reminded
    awaits_meeting: bool = False  # 议事中: a mark, not a state
    meeting_id: int | None = None  # which meeting, if it is known
    version: int = 0

    def change(self, **changes: Unpack[CaseChanges]) -> None:
        """Set the fields that a step changes."""
        for name, value in changes.items():
            setattr(self, name, value)

    @property
    def due(self) -> datetime | None:
        """The deadline that runs now: to take it in, then to resolve it; None while it rests."""
        return self.accept_by if self.state is State.REPORTED else self.resolve_by

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN

    @property
    def discreet(self) -> bool:
        """Whether it is told to none but those it concerns: a dispute, a private matter."""
        return self.dispute or self.grade is Grade.PRIVATE

    @property
    def changed_at(self) -> datetime:
        """When it came to where it stands, as the public is told."""
        return self.closed_at or self.resolved_at or self.accepted_at or self.reported_at

    @property
    def kind_name(self) -> str:
        """The category in the fewest words: 城乡建设/电梯 → 电梯, 城乡建设/其他 → 城乡建设."""
        first, _, second = self.category.partition("/")
        return first if second in ("", "其他") else second


@dataclass(frozen=True, slots=True)
class Appeal:
    """What one resident said about one matter, in one room (None: in private)."""

    id: int
    case_id: int | None
    person_id: int
    account_id: int
    room_id: int | None
    message_id: str  # its first line, as the channel knows it
    said_at: datetime
    last_line_at: datetime
    words: str
    withdrawn: bool = False
    joined: bool = False  # came to a case that was already there


@dataclass(frozen=True, slots=True)
class Line:
    """One message of an appeal."""

    channel: str
    message_id: str
    at: datetime
    text: str
    media: str | None = None


class CaseChanges(Supervision, total=False):
    """The fields of a case that a step may change besides its state and what its clocks set."""

    category: str
    grade: Grade
    dispute: bool
    accept_by: datetime | None
    handler_id: int | None
    assignee_id: int | None
    assignee_org_id: int | None
    result: str | None
    merged_into_id: int | None
    deferred_until: datetime | None
    resume_state: State | None
    awaits_meeting: bool
    meeting_id: int | None
