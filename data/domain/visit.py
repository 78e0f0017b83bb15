"""Visits (走访): who should be seen how often, and what was heard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from data.domain.case import Place


class Unit(StrEnum):
    """The unit of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10, "": 1}
_EVERY = re.compile(
    r"(?:每隔?|一)(?P<count>[一二两三四五六七八九十]|\d{1,2}|)个?(?P<unit>季度|季|半年|周|星期|礼拜|月|年|天|日)"
    r"(?:一次|走访一次|1次)?"
)
_UNITS = {
    **dict.fromkeys(("周", "星期", "礼拜"), (1, Unit.WEEK)),
    **dict.fromkeys(("天", "日"), (1, Unit.DAY)),
    **dict.fromkeys(("季", "季度"), (3, Unit.MONTH)),
    "月": (1, Unit.MONTH),
    "半年": (6, Unit.MONTH),
    "年": (1, Unit.YEAR),
}


class Period(NamedTuple):
    """How often: every `times` units."""

    times: int
    unit: Unit

    def after(self, day: date) -> date:
        """Return the day one period after `day`; 31 January plus a month is the last day of February."""
        if self.unit is Unit.DAY:
            return day + timedelta(days=self.times)
        if self.unit is Unit.QUARTER:  # its last day, whatever day of it this is
            return quarter_of(quarter_of(day)[1] + timedelta(days=1))[1]
        if self.unit is Unit.WEEK:
            return day + timedelta(weeks=self.times)
        months = self.times * (12 if self.unit is Unit.YEAR else 1)
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return _last_valid(year, month + 1, day.day)


QUARTERLY = Period(1, Unit.QUARTER)  # by the quarter's last day, not three months after the last visit


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the quarter a day lies in."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    after = (
        first.replace(year=day.year + 1, month=1)
        if first.month == 10
        else first.replace(month=first.month + 3)
    )
    return first, after - timedelta(days=1)


def _last_valid(year: int, month: int, day: int) -> date:
    for d in (day, 30, 29):
        if d <= day:
            try:
                return date(year, month, d)
            except ValueError:
                continue
    return date(year, month, 28)


def read_period(word: str) -> Period | None:
    """Return the period that a word names (每月, 每两周, 每季度一次), None if it names none."""
    found = _EVERY.fullmatch(word)
    if not found:
        return None
    count = found["count"]
    times, unit = _UNITS[found["unit"]]
    number = int(count) if count.isdigit() else _DIGITS[count]
    return Period(number * times, unit) if number else None


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """A household (or a building) that one visitor should see every period. `due` is a day at the place."""

    id: int
    visitor_id: int
    area_id: int
    place: Place
    whom: str | None
    period: Period
    due: date
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: what was heard, where."""

    id: int
    plan_id: int | None
    visitor_id: int
    area_id: int
    place: Place
    whom: str | None
    at: datetime
    words: str
    case_id: int | None = None
    said_in: str | None = None
