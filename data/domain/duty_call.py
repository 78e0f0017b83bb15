"""Calls that must be made (五个必到): whom somebody must go and see, and how many were seen in time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class CallKind(StrEnum):
    """What somebody must go and see a household for (五个必到)."""

    ERRAND = "errand"  # 代办
    MOOD = "mood"  # 情绪
    SUDDEN = "sudden"  # 突发
    DISPUTE = "dispute"  # 纠纷
    FAMILY = "family"  # 红白


@dataclass(frozen=True, slots=True)
class DutyCall:
    """A household that must be seen (必到). `number` counts within the community; `due` is on the clock."""

    id: int
    community_id: int
    number: int
    kind: CallKind
    area_id: int
    household_id: int | None
    person_id: int | None  # who said so themselves
    contact_id: int | None  # who is to go
    words: str
    at: datetime
    due: datetime
    made_at: datetime | None = None
    made_by_id: int | None = None
    result: str | None = None
    said_in: str | None = None


@dataclass(frozen=True, slots=True)
class CallFigures:
    """How many calls of a kind there were, and how many were made in time."""

    kind: CallKind
    count: int
    in_time: int
