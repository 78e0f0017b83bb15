"""What has happened, in the past tense. Handlers raise events; reactions turn them into messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from data.domain.case import Appeal, Case, State
    from data.domain.lifecycle import Action
    from data.domain.people import Person


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened."""


@dataclass(frozen=True, slots=True)
class CaseReported(Event):
    """A new case was opened by an appeal."""

    case: Case
    appeal: Appeal


@dataclass(frozen=True, slots=True)
class AppealGrew(Event):
    """A line was added to an appeal whose acknowledgement may still be waiting."""

    case: Case
    appeal: Appeal


@dataclass(frozen=True, slots=True)
class AppealJoined(Event):
    """An appeal turned out to be about a case that was already open."""

    case: Case
    appeal: Appeal


@dataclass(frozen=True, slots=True)
class CaseSeconded(Event):
    """A neighbour seconded a case."""

    case: Case
    person: Person
    asked: bool  # by command: an answer is expected


@dataclass(frozen=True, slots=True)
class EmergencyRaised(Event):
    """A case turned out to be an emergency."""

    case: Case
    appeal: Appeal | None


@dataclass(frozen=True, slots=True)
class CaseStepped(Event):
    """A step was taken on a case; `words` is what the person said with it."""

    case: Case
    action: Action
    step_id: int
    by: Person | None = None
    words: str | None = None
    was: State | None = None
    audience: tuple[Appeal, ...] = ()  # whose case it was before the step
    silent: bool = False  # not told to them
    note: str | None = None  # for whom the case lands on
    who: str = ""  # the organisation or person the step is about
    undone: tuple[int, ...] = ()  # the steps that this one took back
    pictures: tuple[str, ...] = ()  # that were sent with it


@dataclass(frozen=True, slots=True)
class CaseRated(Event):
    """An appellant answered how it went, and the case goes on resting or is already back in hand."""

    case: Case
    person: Person
    digit: int


@dataclass(frozen=True, slots=True)
class ResidentConfirmed(Event):
    """Somebody is now known to live in a household."""

    person_id: int
    household_id: int


@dataclass(frozen=True, slots=True)
class ActivityCalled(Event):
    """An activity (a meeting, too) was put into the calendar."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class ActivityMoved(Event):
    """An activity has another time."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class ActivityCancelled(Event):
    """An activity will not be held."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class ActivityEnded(Event):
    """Its organiser has ended an activity and said what came of it."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class ListChanged(Event):
    """Somebody signed up for a meeting, or off."""

    activity: Activity
