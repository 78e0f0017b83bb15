"""What has happened, in the past tense. Handlers raise events; reactions turn them into messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.domain.case import Appeal, Case
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
    by: Person | None
    words: str | None = None
