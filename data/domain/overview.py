"""The figures of a scope and its parts, all at once: what the cockpit, the month's report and charts show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from data.domain.case import Case
    from data.domain.figures import Scope, Totals
    from data.domain.rating import Rates


class PartFigures(NamedTuple):
    """The figures of one area, organisation or person within a scope."""

    key: str  # an area's code, o:12 for an organisation, p:7 for a person
    name: str
    totals: Totals
    late: int
    rates: Rates
    medians: dict[str, timedelta | None]
    calls: int = 0  # whistles that called it
    late_calls: int = 0


class Month(NamedTuple):
    """The figures of one month."""

    start: datetime
    name: str  # 2026-03
    totals: Totals
    rates: Rates


class Heat(NamedTuple):
    """How many cases of which kind came from which building."""

    rows: tuple[str, ...]
    codes: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def most(self) -> int:
        """The highest count."""
        return max((count for row in self.counts for count in row), default=0)


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that is shown of a scope and a period."""

    scope: Scope
    whole: PartFigures
    areas: tuple[PartFigures, ...]
    units: tuple[PartFigures, ...]  # the best first (双亮)
    people: tuple[PartFigures, ...]
    grades: tuple[tuple[str, int, int], ...]  # name, came up, done
    months: tuple[Month, ...]
    heat: Heat


@dataclass(frozen=True, slots=True)
class Now:
    """How things stand at this moment."""

    open: int
    late: int
    emergency: int
    whistled: int
    reported: int  # today
    accepted: int
    resolved: int
    whistles: tuple[Case, ...]
    emergencies: tuple[Case, ...]
    visits: int  # of the period
    visits_due: int
    meetings: int
    activities: int
    necessary: int  # calls that must be made and are not yet
    calls: tuple[tuple[str, int, int], ...]  # 必到 of the period: the kind, how many, how many in time
