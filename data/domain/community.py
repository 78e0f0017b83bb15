"""Community life as a place has it: which parts are on, what points buy, how soon a household is seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta


class LifePart(StrEnum):
    """What a place may switch off."""

    ACTIVITIES = "activities"
    VOLUNTEERS = "volunteers"
    POINTS = "points"
    WISHES = "wishes"
    PAIRS = "pairs"
    ELECTIONS = "elections"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Good:
    """What points buy; `stock` is how many there were at the start."""

    name: str
    price: int
    stock: int


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """An answer from the config or the roster: its words, what it says, whom to call and when."""

    words: tuple[str, ...]
    answer: str
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class CommunityLife:
    """The rules of community life in one place."""

    off: frozenset[LifePart] = frozenset()
    points_per_hour: int = 1
    daily_cap: int = 10  # points a person and giver a day
    goods: tuple[Good, ...] = ()
    seen_within: dict[str, timedelta] = field(default_factory=dict)  # 五个必到: kind → on the clock
    answers: tuple[KnownAnswer, ...] = ()
