"""What the figures of a period are made of: totals, the five 第一时间, what was late, the three rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import WORKABLE, Source, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.rating import Rates
    from data.domain.times import FiveTimes

STAGES = ("accepted", "resolved", "fed_back", "confirmed")  # measured from the first, found


class Answered(NamedTuple):
    """One answer about one case: the last one its appellant gave."""

    case_id: int
    person_id: int
    digit: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How many cases came up in a period, and what became of these up to now."""

    reported: int
    by_staff: int  # found by visits, patrols and what staff raised
    accepted: int
    resolved: int
    open: int
    deferred: int  # of the open ones
    reopened: int


@dataclass(frozen=True, slots=True)
class Late:
    """A case that was late, or is: which clocks (accept, resolve)."""

    case: Case
    clocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one scope (an area, an organisation, a person) and period."""

    totals: Totals
    rates: Rates
    medians: dict[str, timedelta | None]  # by stage; None where no case got so far
    late: tuple[Late, ...]


def totals(cases: Sequence[Case]) -> Totals:
    """Count cases."""
    return Totals(
        reported=len(cases),
        by_staff=sum(c.source in (Source.VISIT, Source.PATROL) for c in cases),
        accepted=sum(c.accepted_at is not None for c in cases),
        resolved=sum(c.state in (State.RESOLVED, State.CLOSED) for c in cases),
        open=sum(c.is_open for c in cases),
        deferred=sum(c.state is State.DEFERRED for c in cases),
        reopened=sum(c.reopened > 0 for c in cases),
    )


def medians(times: Iterable[FiveTimes]) -> dict[str, timedelta | None]:
    """Return the median time each stage took, from the finding of a case."""
    taken: dict[str, list[float]] = {stage: [] for stage in STAGES}
    for five in times:
        for stage in STAGES:
            at: datetime | None = getattr(five, stage)
            if at is not None and five.found is not None:
                taken[stage].append((at - five.found).total_seconds())
    return {stage: timedelta(seconds=median(spans)) if spans else None for stage, spans in taken.items()}


def late(cases: Iterable[Case], now: datetime) -> tuple[Late, ...]:
    """Return the cases that missed a deadline; what waits until a date (挂账) has none that runs."""
    found = (Late(case, tuple(_missed(case, now))) for case in cases)
    return tuple(one for one in found if one.clocks)


def _missed(case: Case, now: datetime) -> Iterable[str]:
    accepted = case.accepted_at or (now if case.state is State.REPORTED else None)
    if case.accept_by is not None and accepted is not None and accepted > case.accept_by:
        yield "accept"
    resolved = case.resolved_at or (now if case.state in WORKABLE else None)
    if case.resolve_by is not None and resolved is not None and resolved > case.resolve_by:
        yield "resolve"
