"""Elections (评选): nominated by neighbours, made public, voted for by household, up to as many as places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class ElectionState(StrEnum):
    """Where an election stands."""

    NOMINATING = "nominating"
    PUBLIC = "public"  # its list stands for three days
    VOTING = "voting"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Election:
    """One election. `number` counts within the community; `places` is how many are elected."""

    id: int
    community_id: int
    number: int
    area_id: int
    title: str
    places: int
    by_id: int
    nominate_until: datetime
    vote_until: datetime
    state: ElectionState = ElectionState.NOMINATING
    candidates: tuple[str, ...] = ()
    totals: tuple[tuple[str, int], ...] = ()  # at the end
    households: int = 0  # that took part
    said_in: str | None = None

    @property
    def of_buildings(self) -> bool:
        """Whether buildings are elected (五好楼栋), not people or families."""
        return self.title.endswith(("楼栋", "单元", "楼"))


def elected(totals: Iterable[tuple[str, int]], places: int) -> list[str]:
    """Return who is elected: the most votes first; who has as many as the last place shares it."""
    ranked = sorted(((name, votes) for name, votes in totals if votes), key=lambda one: -one[1])
    if len(ranked) <= places:
        return [name for name, _ in ranked]
    least = ranked[places - 1][1]
    return [name for name, votes in ranked if votes >= least]


def counted(candidates: Iterable[str], choices: Iterable[Iterable[str]]) -> tuple[tuple[str, int], ...]:
    """Return how many households chose each candidate."""
    votes = Counter(name for chosen in choices for name in set(chosen))
    return tuple((name, votes[name]) for name in candidates)
