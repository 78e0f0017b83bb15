"""Visits (走访): who should be seen how often, and what was heard."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from data.domain.numerals import number

if TYPE_CHECKING:
    from data.domain.case import Place
LAST_DAY = 31  # of any month


class PeriodUnit(StrEnum):
    """The unit of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_N = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_WEEK = "周|星期|礼拜"
_EVERY = re.compile(
    rf"(?:每隔?|一)(?P<count>{_N}|)个?(?P<unit>季度|季|半年|{_WEEK}|月|年|天|日)(?:一次|走访一次|1次)?"
)
_WEEKLY = re.compile(
    rf"每隔?(?P<count>{_N}|)个?(?:{_WEEK})(?:的?(?:{_WEEK}))?(?P<day>[一二三四五六日天])(?:一次)?"
)
_MONTHLY = re.compile(
    rf"每隔?(?P<count>{_N}|)个?月的?(?:(?P<day>{_N})[日号]|(?P<last>月?底|最后一天))(?:一次)?"
)
_YEARLY = re.compile(rf"每年的?(?P<month>{_N})月(?P<day>{_N})[日号]?(?:一次)?")
_HALF_MONTH = re.compile(r"每?半个?月(?:一次)?")
_UNITS = {
    **dict.fromkeys(("周", "星期", "礼拜"), (1, PeriodUnit.WEEK)),
    **dict.fromkeys(("天", "日"), (1, PeriodUnit.DAY)),
    **dict.fromkeys(("季", "季度"), (3, PeriodUnit.MONTH)),
    "月": (1, PeriodUnit.MONTH),
    "半年": (6, PeriodUnit.MONTH),
    "年": (1, PeriodUnit.YEAR),
}


class Recurrence(NamedTuple):
    """How often: every `times` units, on a day of them.

    `anchor` is that day: of the week 0 to 6, of the month 1 to 31, of the year month × 100 + day. It is
    `said` in words (每周五), or is the day it began with; a shorter month's last day stands for it.
    """

    times: int
    unit: PeriodUnit
    anchor: int | None = None
    said: bool = False

    @property
    def in_words(self) -> tuple[int, PeriodUnit, int | None]:
        """What was said of it, whatever day it began with."""
        return self.times, self.unit, self.anchor if self.said else None

    def from_day(self, day: date) -> Recurrence:
        """Return the same as it begins on a day, unless a day was said."""
        if self.said or self.unit not in (PeriodUnit.MONTH, PeriodUnit.YEAR):
            return self
        return self._replace(anchor=day.day if self.unit is PeriodUnit.MONTH else day.month * 100 + day.day)

    def first(self, today: date) -> date:
        """Return the first day due: the coming one of those said, else one period from today."""
        if not self.said or self.anchor is None:
            return self.from_day(today).after(today)
        if self.unit is PeriodUnit.WEEK:
            return today + timedelta(days=(self.anchor - today.weekday()) % 7 or 7)
        month = today.month if self.unit is PeriodUnit.MONTH else self.anchor // 100
        coming = _last_valid(today.year, month, self.anchor % 100)
        return coming if coming > today else self.after(coming)

    def after(self, day: date) -> date:
        """Return the day due one period after `day`: 31 January, 28 February, 31 March."""
        if self.unit is PeriodUnit.DAY:
            return day + timedelta(days=self.times)
        if self.unit is PeriodUnit.QUARTER:  # its last day, whatever day of it this is
            return quarter_of(quarter_of(day)[1] + timedelta(days=1))[1]
        if self.unit is PeriodUnit.WEEK:
            at = day if self.anchor is None else day + timedelta(days=self.anchor - day.weekday())
            return at + timedelta(weeks=self.times)
        if self.unit is PeriodUnit.YEAR:
            anchor = self.anchor or day.month * 100 + day.day
            return _last_valid(day.year + self.times, anchor // 100, anchor % 100)
        year, month = divmod(day.year * 12 + day.month - 1 + self.times, 12)
        return _last_valid(year, month + 1, self.anchor or day.day)


QUARTERLY = Recurrence(
    1, PeriodUnit.QUARTER
)  # by the quarter's last day, not three months after the last visit


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
    return date(year, month, min(day, monthrange(year, month)[1]))


def read_period(word: str) -> Recurrence | None:
    """Return the period that a word names (每月, 每两周, 每周五, 每月5号, 每半月), None if it names none."""
    if _HALF_MONTH.fullmatch(word):
        return Recurrence(15, PeriodUnit.DAY)
    if weekly := _WEEKLY.fullmatch(word):
        return _period(weekly, PeriodUnit.WEEK, "一二三四五六日".index(weekly["day"].replace("天", "日")))
    if monthly := _MONTHLY.fullmatch(word):
        return _period(monthly, PeriodUnit.MONTH, 31 if monthly["last"] else number(monthly["day"]) or 0)
    if yearly := _YEARLY.fullmatch(word):
        month, day = number(yearly["month"]) or 0, number(yearly["day"]) or 0
        possible = 1 <= month <= 12 and 1 <= day <= monthrange(2024, month)[1]
        return Recurrence(1, PeriodUnit.YEAR, month * 100 + day, said=True) if possible else None
    found = _EVERY.fullmatch(word)
    if not found:
        return None
    times, unit = _UNITS[found["unit"]]
    count = number(found["count"]) if found["count"] else 1
    return Recurrence(count * times, unit) if count else None


def _period(found: re.Match[str], unit: PeriodUnit, anchor: int) -> Recurrence | None:
    count = number(found["count"]) if found["count"] else 1
    possible = unit is PeriodUnit.WEEK or 1 <= anchor <= 31
    return Recurrence(count, unit, anchor, said=True) if count and possible else None


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """A household (or a building) that one visitor should see every period. `due` is a day at the place."""

    id: int
    visitor_id: int
    area_id: int
    place: Place
    whom: str | None
    period: Recurrence
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
