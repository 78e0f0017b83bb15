"""Chinese public holidays and make-up days: as announced, and by the law alone until they are.

The State Council announces a year's holidays with its make-up days in the autumn before. Until then a year
has the days that the law names (全国年节及纪念日放假办法, as of 2025): 元旦, 春节 from the eve to the
third day, 清明, 劳动节 two days, 端午, 中秋, 国庆 three days. For one on a weekend the next working day
is free.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import chinese_calendar

SATURDAY = 5
DAY = timedelta(days=1)
FIRST, LAST = 1901, 2099  # the years whose moons and suns are known


class ChineseHolidays:
    """Says whether a day is worked. The years that are not announced yet are remembered."""

    def __init__(self) -> None:
        self.unknown_years: set[int] = set()
        self._known: dict[date, bool] = {}  # the calendar reads its table anew for each day

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked: weekdays and make-up days, without public holidays."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._look_up(day)
        return found

    def _look_up(self, day: date) -> bool:
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            self.unknown_years.add(day.year)
            return day.weekday() < SATURDAY and day not in by_law(day.year)


@cache
def by_law(year: int) -> frozenset[date]:
    """Return the days of a year that are free by the law, those that make up for a weekend among them."""
    from borax.calendars.lunardate import LunarDate  # noqa: PLC0415  few starts need the moon

    named = [date(year, *when) for when in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))]
    if FIRST <= year <= LAST:
        terms = chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 10))
        named += [day for day, term in terms if term == "清明"]
        spring = LunarDate(year, 1, 1).to_solar_date()
        named += [spring + n * DAY for n in (-1, 0, 1, 2)]
        named += [LunarDate(year, *when).to_solar_date() for when in ((5, 5), (8, 15))]
    free = set(named)
    for day in sorted(named):
        if day.weekday() >= SATURDAY:
            while day in free or day.weekday() >= SATURDAY:
                day += DAY  # noqa: PLW2901  the day that makes up for it
            free.add(day)
    return frozenset(free)
