"""Motions (议题), and what meetings make of them: minutes (纪要) and resolutions (决议)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class MotionState(StrEnum):
    """Where a motion stands."""

    OPEN = "open"
    LISTED = "listed"  # on a meeting's agenda
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"  # taken back by who put it forward


OPEN_MOTIONS = frozenset({MotionState.OPEN, MotionState.LISTED})


@dataclass(frozen=True, slots=True)
class Motion:
    """What somebody wants talked over. `number` counts within the community."""

    id: int
    community_id: int
    number: int
    areas: tuple[int, ...]
    title: str
    by_id: int
    at: datetime
    state: MotionState = MotionState.OPEN
    meeting_id: int | None = None
    case_id: int | None = None  # the case it grew out of (主动治理)
    leader_asked: bool = False
    said_in: str | None = None
    listed_in: str | None = None  # the message that put it on the agenda
    listed_before: int | None = None  # the meeting it was before until then


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a meeting decided; `cases` are those it was for, or that it opened."""

    id: int
    meeting_id: int
    motion_id: int | None
    words: str
    at: datetime
    by_id: int
    cases: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was written down of a meeting: words, pictures and files."""

    meeting_id: int
    at: datetime
    by_id: int
    words: str
    media: tuple[str, ...]
