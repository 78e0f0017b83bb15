"""A month as a calendar: its weeks, what is on each day, and the months around it."""

from __future__ import annotations

import re
from calendar import Calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.web.desk.register_parts import CalendarEntry

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class Day(NamedTuple):
    """A day: its date, whether it belongs to the month, whether it is today, what is on."""

    date: date
    inside: bool
    today: bool
    entries: list[str]


class MonthSheet(NamedTuple):
    """A month's weeks."""

    name: str
    before: str
    after: str
    weeks: list[list[Day]]


def month_asked(said: str, today: date) -> date:
    """Return the first day of the month that is asked for (`2026-03`); this month for nonsense."""
    found = _MONTH.fullmatch(said)
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def next_month(first: date) -> date:
    """Return the first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def month_of(first: date, today: date, entries: Iterable[CalendarEntry]) -> MonthSheet:
    """Return a month with what is on its days."""
    on: dict[date, list[str]] = {}
    for entry in entries:
        on.setdefault(entry.day, []).append(entry.shown)
    weeks = [
        [Day(day, day.month == first.month, day == today, on.get(day, [])) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    before = (first - timedelta(days=1)).replace(day=1)
    return MonthSheet(f"{first:%Y-%m}", f"{before:%Y-%m}", f"{next_month(first):%Y-%m}", weeks)
