"""Cases of a scope and a period as they were counted in one go, to be told apart in several ways."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from data.domain.figures import STAGES, By, Totals

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

T = TypeVar("T")
HANDLERS = (By.ORGANISATION, By.PERSON)


class Alike(NamedTuple):
    """Cases that nothing tells apart: how many, how many late, and how long each took."""

    keys: Mapping[By, Hashable]
    totals: Totals
    late: int  # on a deadline of theirs
    late_or_called: int  # or to which somebody called came late
    taken: Sequence[Sequence[int]]  # by stage: seconds from the finding, the shortest first


class Rated(NamedTuple):
    """How often a digit was the answer about cases that nothing tells apart."""

    keys: Mapping[By, Hashable]
    digit: int
    times: int


class MonthCount(NamedTuple):
    """What came up in a month, and how often each digit was answered in it."""

    totals: Totals
    digits: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """All of them. What is asked for must be among what they were told apart by when they were counted."""

    cases: Sequence[Alike]
    ratings: Sequence[Rated]

    @property
    def whole(self) -> Totals:
        """How many came up in all, and what became of them."""
        return self.totals().get(0, Totals())

    def totals(self, by: By = By.NOTHING) -> dict[Any, Totals]:
        """Return how many came up, and what became of them up to now."""
        return self._summed(by, lambda one: one.totals, Totals.plus)

    def late(self, by: By = By.NOTHING) -> dict[Any, int]:
        """Return how many missed a deadline, now or before.

        Of areas also those to which somebody called came late: who handles a case does not answer for that.
        """
        handlers = by in HANDLERS
        return self._summed(by, lambda one: one.late if handlers else one.late_or_called, int.__add__)

    def medians(self, by: By = By.NOTHING) -> dict[Any, dict[str, timedelta | None]]:
        """Return the median time that each stage took, from the finding of a case."""
        found: dict[Any, dict[str, timedelta | None]] = defaultdict(lambda: dict.fromkeys(STAGES))
        for key, together in self._grouped(by).items():
            for place, stage in enumerate(STAGES):
                found[key][stage] = _median([one.taken[place] for one in together])
        return found

    def answers(self, by: By = By.NOTHING) -> dict[Any, dict[int, int]]:
        """Return the answers given in the period, by digit."""
        found: dict[Any, dict[int, int]] = defaultdict(dict)
        for one in self.ratings:
            digits = found[one.keys[by]]
            digits[one.digit] = digits.get(one.digit, 0) + one.times
        return found

    def _summed(self, by: By, what: Callable[[Alike], T], plus: Callable[[T, T], T]) -> dict[Any, T]:
        found: dict[Any, T] = {}
        for one in self.cases:
            key, more = one.keys[by], what(one)
            found[key] = plus(found[key], more) if key in found else more
        return found

    def _grouped(self, by: By) -> dict[Any, list[Alike]]:
        found: dict[Any, list[Alike]] = defaultdict(list)
        for one in self.cases:
            found[one.keys[by]].append(one)
        return found


def _median(runs: Sequence[Sequence[int]]) -> timedelta | None:
    """Return the median of several sorted runs: the middle one, or the mean of the two there."""
    every = sorted(chain.from_iterable(runs))
    if not every:
        return None
    return timedelta(seconds=(every[(len(every) - 1) // 2] + every[len(every) // 2]) / 2)
