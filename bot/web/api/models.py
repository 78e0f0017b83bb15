"""What the interface tells of: cases and what belongs to them, community life, figures."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.web.api.kinds import Model, When
from data.domain.activity import ActivityKind
from data.domain.areas import AreaKind
from data.domain.ballot import BallotRule, BallotVerdict
from data.domain.case import Grade, Source, State, Urgency
from data.domain.publicity import PublicityKind


class Place(Model):
    """Where a matter lies; doors and floors are shown to tokens with `cases:personal` only."""

    building: str | None
    unit: str | None
    floor: str | None
    door: str | None
    spot: str | None
    compound: str | None


class Position(Model):
    """Latitude and longitude, WGS 84."""

    lat: float
    long: float


class Holder(Model):
    """Who has a case in hand."""

    kind: Annotated[str, Field(pattern="^(organisation|person)$")]
    name: str


class Case(Model):
    """A matter that is handled. Words are masked, and left out of disputes and private matters, unless the
    token has `cases:personal`."""

    id: Annotated[str, Field(description="community's code and number: 500101002001/12")]
    number: int
    full_number: str
    community: str
    area: str
    building: str | None
    state: State
    open: bool
    category: str
    grade: Grade
    urgency: Urgency
    source: Source
    discreet: Annotated[bool, Field(description="a dispute or a private matter")]
    place: Place
    position: Position | None
    summary: str
    result: str
    holder: Holder | None
    reported_at: When
    accept_by: When | None
    resolve_by: When | None
    accepted_at: When | None
    resolved_at: When | None
    closed_at: When | None
    deferred_until: When | None
    reopened: int
    seconds: Annotated[int, Field(description="how many others said it is theirs, too")]
    awaits_meeting: bool
    merged_into: str | None
    version: int


class Step(Model):
    """A row of a case's timeline."""

    id: int
    at: When
    action: str
    from_state: State | None
    to_state: State
    by: Annotated[str | None, Field(description="who has a duty or a unit; residents with `cases:personal`")]
    words: str
    undone: bool


class Appeal(Model):
    """What one resident said about a case."""

    id: int
    said_at: When
    name: Annotated[str | None, Field(description="with `cases:personal`")]
    words: str
    joined: bool
    withdrawn: bool


class Resolution(Model):
    """What a meeting decided."""

    words: str
    at: When


class Meeting(Model):
    """A meeting (议事会)."""

    id: str
    number: int
    community: str
    area: str
    topic: str
    place: str
    starts_at: When
    ends_at: When
    cancelled: bool
    signed_up: int
    came: int
    resolutions: list[Resolution]


class Activity(Model):
    """An activity: 楼栋工作日, 服务日, 活动."""

    id: str
    number: int
    kind: ActivityKind
    community: str
    area: str
    topic: str
    place: str
    starts_at: When
    ends_at: When
    cancelled: bool
    places: int | None
    signed_up: int
    came: int
    ended_at: When | None
    result: str


class Share(Model):
    """Households, and their area in square metres where it is known."""

    households: int
    area_m2: float | None


class Option(Model):
    """What an option of a ballot got."""

    option: str
    votes: Share


class Ballot(Model):
    """A ballot that is over, with its result. Of who chose what nothing is known here."""

    id: str
    number: int
    community: str
    areas: list[str]
    title: str
    rule: BallotRule
    opened_at: When
    ends_at: When
    verdict: BallotVerdict
    leading: list[str]
    roll: Share
    took_part: Share
    options: list[Option]


class Publicity(Model):
    """A publicity (公示), or a ledger."""

    id: str
    number: int
    community: str
    areas: list[str]
    kind: PublicityKind
    title: str
    words: str
    starts_at: When
    ends_at: When | None
    in_force: bool


class Visit(Model):
    """A home visit, masked unless the token has `cases:personal`."""

    id: int
    at: When
    area: str
    building: str | None
    unit: str | None
    door: str | None
    visitor: str
    whom: str | None
    words: str
    case: str | None


class Rates(Model):
    """The three rates (三率) of the answers given in the period; null where nobody answered."""

    answers: int
    contacted: float | None
    solved: float | None
    satisfied: float | None
    composite: float | None


class Times(Model):
    """The median time from the finding of a case to each stage, in seconds; null where there is none."""

    accepted: int | None
    resolved: int | None
    fed_back: int | None
    confirmed: int | None


class Counts(Model):
    """Cases that came up in the period, and what became of them up to now."""

    reported: int
    found_by_staff: int
    accepted: int
    done: int
    open: int
    deferred: int
    reopened: int
    late: int


class Part(Model):
    """The counts of one part of the area: a community, a grid, a building."""

    code: str
    name: str
    counts: Counts


class Statistics(Model):
    """The figures of an area and a period, as 统计 says them."""

    area: str
    since: When
    until: When
    counts: Counts
    rates: Rates
    times: Times
    parts: list[Part]


class Area(Model):
    """A node of the tree of areas."""

    code: str
    name: str
    kind: AreaKind
    parent: str | None
    centre: Position | None


class Category(Model):
    """A kind of matter."""

    code: str
    name: str
    group: str
