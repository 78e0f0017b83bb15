"""Working time: office hours on working days, with holidays and make-up days handed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from zoneinfo import ZoneInfo


DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkTime:
    """Office hours in one time zone. `is_workday` knows holidays and make-up days; `holidays` are one's own.

    All instants are aware; results are in UTC. The closing second itself is still office time.
    """

    zone: ZoneInfo
    opens: time
    closes: time
    is_workday: Callable[[date], bool]
    holidays: frozenset[date] = field(default_factory=frozenset)
    unknown: Collection[int] = ()  # the years that were asked about and that `is_workday` does not know

    def local(self, at: datetime) -> datetime:
        """Return `at` in the place's time zone."""
        return at.astimezone(self.zone)

    def at(self, day: date, clock: time) -> datetime:
        """Return the instant at which the place's clock shows `clock` on `day`."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def works(self, day: date) -> bool:
        """Whether the office works on that day."""
        return day not in self.holidays and self.is_workday(day)

    def unknown_years(self) -> set[int]:
        """Return the years whose holidays are not announced yet: their make-up days are not known."""
        return set(self.unknown) - {day.year for day in self.holidays}

    def is_open(self, at: datetime) -> bool:
        """Whether `at` is office time."""
        here = self.local(at)
        return self.works(here.date()) and self.opens <= here.time() <= self.closes

    def next_open(self, at: datetime) -> datetime:
        """Return `at` itself in office time, else the next opening."""
        if self.is_open(at):
            return at.astimezone(UTC)
        here = self.local(at)
        day = here.date()
        if here.time() >= self.opens:
            day += DAY
        return self.at(self._workday_from(day), self.opens)

    def add(self, at: datetime, span: timedelta) -> datetime:
        """Return the instant when `span` of working time has passed since `at`."""
        start = self.next_open(at)
        while True:
            closing = self.at(self.local(start).date(), self.closes)
            if start + span <= closing:
                return start + span
            span -= closing - start
            start = self.at(self._workday_from(self.local(start).date() + DAY), self.opens)

    def end_of_day_after(self, at: datetime, days: int) -> datetime:
        """Return the close of the `days`-th working day after the day of `at` (which does not count)."""
        day = self.local(at).date()
        for _ in range(days):
            day = self._workday_from(day + DAY)
        return self.at(day, self.closes)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two instants; nothing if `end` is not later."""
        total = timedelta()
        day, last = self.local(start).date(), self.local(end).date()
        while day <= last:
            if self.works(day):
                begin = max(start, self.at(day, self.opens))
                total += max(min(end, self.at(day, self.closes)) - begin, timedelta())
            day += DAY
        return total

    def _workday_from(self, day: date) -> date:
        while not self.works(day):
            day += DAY
        return day


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as it is written in the config: `2h`, `30m` (working time) or `3d` (working days)."""

    amount: int
    unit: str  # "m", "h" or "d"

    @property
    def minutes(self) -> timedelta:
        """The span as working time, for minutes and hours."""
        return timedelta(minutes=self.amount if self.unit == "m" else self.amount * 60)

    def after(self, at: datetime, work: WorkTime) -> datetime:
        """Return the deadline that runs from `at`: days end with the close of the last working day."""
        if self.unit == "d":
            return work.end_of_day_after(at, self.amount)
        return work.add(at, self.minutes)
