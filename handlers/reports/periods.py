"""Periods as people name them: 今天, 本周, 上月, 今年, 2026-03, 三月, 一季度, 最近7天, 3月1日至3月8日."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from nlp.reading.days import read_days
from nlp.reading.numerals import number

if TYPE_CHECKING:
    from data.domain.worktime import WorkTime

_MONTH = re.compile(r"(20\d\d|今年|去年)[-./年]?(0?[1-9]|1[0-2]|[一二三四五六七八九十]{1,2})月?(?:份)?")
_BARE_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?")
_YEAR = re.compile(r"(20\d\d)年?")
_PART_OF_YEAR = re.compile(
    r"(?P<year>20\d\d年?|今年|去年)?(?:第?(?P<quarter>[1-4一二三四])季度?|(?P<half>[上下])半年)"
)
_LATELY = re.compile(
    r"(?:最近|近|过去|前)(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)?个?(?P<unit>天|日|周|星期|月|年)"
)
_SAME = {
    "这周": "本周",
    "这个月": "本月",
    "这月": "本月",
    "上个月": "上月",
    "上星期": "上周",
    "本年": "今年",
    "今日": "今天",
    "这季度": "本季度",
    "本季": "本季度",
    "上季": "上季度",
}


class Period(NamedTuple):
    """From when to when (exclusive), and what it was called."""

    start: datetime
    end: datetime
    name: str


def read_period(work: WorkTime, now: datetime, said: str) -> Period | None:
    """Return the period that a word names, None if it names none; days lie in the past where they may."""
    today = work.local(now).date()
    try:
        found = _days(said, today)
    except ValueError:  # 13月
        return None
    return _period(work, found, said) if found is not None else None


def this_week(work: WorkTime, now: datetime) -> Period:
    """Return the week we are in, Monday to Sunday."""
    return _period(work, _relative(work.local(now).date())["本周"], "本周")


def last_week(work: WorkTime, now: datetime) -> Period:
    """Return the week before the one we are in."""
    return _period(work, _relative(work.local(now).date())["上周"], "上周")


def _days(said: str, today: date) -> tuple[date, date] | None:
    """Return the first day of what is named and the day after its last."""
    words = _relative(today)
    if (named := _SAME.get(said, said)) in words:
        return words[named]
    if (first := _month(said, today)) is not None:
        return first, _next_month(first)
    if (in_a_year := _year(said, today)) is not None:
        return in_a_year
    if lately := _LATELY.fullmatch(said):
        return today - timedelta(days=_length(lately) - 1), today + timedelta(days=1)
    days = read_days(said, today)
    if days is None or days.rest or days.last < days.first:
        return None
    first, last = days.first, days.last
    if first > today and said[0].isdigit() and "年" not in said:
        first, last = first.replace(year=first.year - 1), last.replace(year=last.year - 1)
    return first, last + timedelta(days=1)


def _month(said: str, today: date) -> date | None:
    """Return the first day of the month that is named, with its year or without: then one that has begun."""
    if month := _MONTH.fullmatch(said):
        year = {"今年": today.year, "去年": today.year - 1}.get(month[1]) or int(month[1])
        return date(year, number(month[2]) or 0, 1)
    if bare := _BARE_MONTH.fullmatch(said):
        first = date(today.year, number(bare[1]) or 0, 1)
        return first.replace(year=first.year - 1) if first > today else first
    return None


def _year(said: str, today: date) -> tuple[date, date] | None:
    if part := _PART_OF_YEAR.fullmatch(said):
        return _part_of_year(part, today)
    if year_said := _YEAR.fullmatch(said):
        return date(int(year_said[1]), 1, 1), date(int(year_said[1]) + 1, 1, 1)
    return None


def _part_of_year(said: re.Match[str], today: date) -> tuple[date, date]:
    """Return a quarter or a half of a year; without the year the last that has begun."""
    months = 3 if said["quarter"] else 6
    nth = number(said["quarter"]) if said["quarter"] else 1 + (said["half"] == "下")
    year = {None: today.year, "今年": today.year, "去年": today.year - 1}.get(said["year"])
    first = date(year or int(said["year"][:4]), ((nth or 1) - 1) * months + 1, 1)
    if said["year"] is None and first > today:
        first = first.replace(year=first.year - 1)
    last = first.month + months
    return first, date(first.year + (last > 12), (last - 1) % 12 + 1, 1)


def _length(lately: re.Match[str]) -> int:
    """Return how many days 最近一周 and the like are."""
    unit = {"天": 1, "日": 1, "周": 7, "星期": 7, "月": 30, "年": 365}[lately["unit"]]
    return unit // 2 if lately["count"] == "半" else (number(lately["count"] or "1") or 1) * unit


def _period(work: WorkTime, days: tuple[date, date], name: str) -> Period:
    return Period(work.at(days[0], time.min), work.at(days[1], time.min), name)


def _relative(today: date) -> dict[str, tuple[date, date]]:
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    quarter = first.replace(month=(first.month - 1) // 3 * 3 + 1)
    last_quarter = quarter.replace(
        year=quarter.year - (quarter.month == 1), month=(quarter.month - 4) % 12 + 1
    )
    return {
        "今天": (today, today + timedelta(days=1)),
        "本周": (monday, monday + timedelta(days=7)),
        "上周": (monday - timedelta(days=7), monday),
        "本月": (first, _next_month(first)),
        "上月": (before, first),
        "本季度": (quarter, _next_month(_next_month(_next_month(quarter)))),
        "上季度": (last_quarter, quarter),
        "今年": (first.replace(month=1), date(first.year + 1, 1, 1)),
        "去年": (date(first.year - 1, 1, 1), first.replace(month=1)),
    }


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_of(work: WorkTime, at: datetime) -> Period:
    """Return the month that a moment lies in; the very end of one still belongs to it."""
    return _whole_month(work, work.local(at - timedelta(seconds=1)).date().replace(day=1))


def this_month(work: WorkTime, now: datetime) -> Period:
    """Return the month we are in."""
    return _period(work, _relative(work.local(now).date())["本月"], "本月")


def months_before(work: WorkTime, last: Period, count: int) -> list[Period]:
    """Return so many months up to one, the oldest first."""
    first = work.local(last.start).date()
    found = [last]
    while len(found) < count:
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(_whole_month(work, first))
    return found[::-1]


def _whole_month(work: WorkTime, first: date) -> Period:
    return _period(work, (first, _next_month(first)), f"{first:%Y-%m}")
