"""Ratings: one digit answers the three questions of the 三率 (design, §4), and the rates made of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


ANSWER_WITHIN = timedelta(days=7)


class Answer(NamedTuple):
    """What one digit says: contacted? solved? and how content (1 satisfied, `fairly` of one, or 0)."""

    contacted: bool
    solved: bool
    satisfied: bool
    fairly: bool = False

    @property
    def content(self) -> bool:
        """Whether the appellant is content, so that the case may rest."""
        return self.satisfied or self.fairly


ANSWERS: dict[int, Answer] = {
    1: Answer(contacted=True, solved=True, satisfied=True),
    2: Answer(contacted=True, solved=True, satisfied=False, fairly=True),
    3: Answer(contacted=True, solved=True, satisfied=False),
    4: Answer(contacted=True, solved=False, satisfied=False),
    5: Answer(contacted=False, solved=False, satisfied=False),
}


@dataclass(frozen=True, slots=True)
class RateWeights:
    """How the three rates make the composite, and what 基本满意 is worth."""

    contacted: float = 0.1
    solved: float = 0.5
    satisfied: float = 0.4
    fairly_satisfied: float = 0.9


@dataclass(frozen=True, slots=True)
class Rates:
    """The three rates and their composite, between 0 and 1, over `answers` people; None without answers."""

    answers: int
    contacted: float | None = None
    solved: float | None = None
    satisfied: float | None = None
    composite: float | None = None


def rates(digits: Iterable[int], weights: RateWeights) -> Rates:
    """Return the rates over the appellants who were asked and answered: one digit (1-5) each."""
    return counted_rates(Counter(digits), weights)


def counted_rates(counts: Mapping[int, int], weights: RateWeights) -> Rates:
    """Return the rates over so many answers of each digit."""
    n = sum(counts.values())
    if not n:
        return Rates(0)
    answers = [(ANSWERS[digit], count) for digit, count in counts.items()]
    contacted = sum(count * a.contacted for a, count in answers) / n
    solved = sum(count * a.solved for a, count in answers) / n
    satisfied = sum(count * (a.satisfied + weights.fairly_satisfied * a.fairly) for a, count in answers) / n
    composite = weights.contacted * contacted + weights.solved * solved + weights.satisfied * satisfied
    return Rates(n, contacted, solved, satisfied, composite)


@dataclass(frozen=True, slots=True)
class Asked:
    """A rating that was asked of an appellant, and the answer if there is one."""

    id: int
    case_id: int
    person_id: int
    account_id: int
    room_id: int | None
    round: int
    asked_at: datetime
    answered_at: datetime | None
    digit: int | None
