"""Chinese public holidays and make-up days, for the years the calendar knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import chinese_calendar

if TYPE_CHECKING:
    from datetime import date

SATURDAY = 5


class ChineseHolidays:
    """Says whether a day is worked. Years the calendar lacks fall back to weekdays and are remembered."""

    def __init__(self) -> None:
        self.unknown_years: set[int] = set()

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked: weekdays and make-up days, without public holidays."""
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            self.unknown_years.add(day.year)
            return day.weekday() < SATURDAY
