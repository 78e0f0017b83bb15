"""Periods as people name them: 今天, 本周, 上周, 本月, 上月, 今年, 2026-03."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from data.domain.worktime import WorkTime

_MONTH = re.compile(r"(20\d\d)[-./年](0?[1-9]|1[0-2])月?")


class Period(NamedTuple):
    """From when to when (exclusive), and what it was called."""

    start: datetime
    end: datetime
    name: str


def read_period(work: WorkTime, now: datetime, said: str) -> Period | None:
    """Return the period that a word names, None if it names none."""
    if said in (words := _relative(work.local(now).date())):
        return _period(work, words[said], said)
    month = _MONTH.fullmatch(said)
    if month is None:
        return None
    first = date(int(month[1]), int(month[2]), 1)
    return _period(work, (first, _next_month(first)), said)


def this_week(work: WorkTime, now: datetime) -> Period:
    """Return the week we are in, Monday to Sunday."""
    return _period(work, _relative(work.local(now).date())["本周"], "本周")


def last_week(work: WorkTime, now: datetime) -> Period:
    """Return the week before the one we are in."""
    return _period(work, _relative(work.local(now).date())["上周"], "上周")


def _period(work: WorkTime, days: tuple[date, date], name: str) -> Period:
    return Period(work.at(days[0], time.min), work.at(days[1], time.min), name)


def _relative(today: date) -> dict[str, tuple[date, date]]:
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return {
        "今天": (today, today + timedelta(days=1)),
        "本周": (monday, monday + timedelta(days=7)),
        "上周": (monday - timedelta(days=7), monday),
        "本月": (first, _next_month(first)),
        "上月": (before, first),
        "今年": (first.replace(month=1), date(first.year + 1, 1, 1)),
    }


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_of(work: WorkTime, at: datetime) -> Period:
    """Return the month that a moment lies in; the very end of one still belongs to it."""
    return _month(work, work.local(at - timedelta(seconds=1)).date().replace(day=1))


def this_month(work: WorkTime, now: datetime) -> Period:
    """Return the month we are in."""
    return _period(work, _relative(work.local(now).date())["本月"], "本月")


def months_before(work: WorkTime, last: Period, count: int) -> list[Period]:
    """Return so many months up to one, the oldest first."""
    first = work.local(last.start).date()
    found = [last]
    while len(found) < count:
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(_month(work, first))
    return found[::-1]


def _month(work: WorkTime, first: date) -> Period:
    return _period(work, (first, _next_month(first)), f"{first:%Y-%m}")
