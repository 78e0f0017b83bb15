from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from bot.bootstrap import policy_of
from bot.config import Config
from data.holidays import ChineseHolidays, by_law


@pytest.mark.parametrize("year", [2025, 2026])
def test_f11_what_the_law_names_is_free_in_every_announced_year(year: int) -> None:
    """The law of 2025; what is announced goes beyond it, never behind it."""
    assert not [day for day in sorted(by_law(year)) if chinese_calendar.is_workday(day)]


@pytest.mark.parametrize(
    "day",
    [
        "2027-01-01",  # 元旦
        "2027-02-05",  # 除夕
        "2027-02-06",
        "2027-02-08",  # 初三
        "2027-02-09",  # for the Saturday and the Sunday of 春节
        "2027-02-10",
        "2027-04-05",  # 清明
        "2027-05-03",  # for 1 and 2 May
        "2027-06-09",  # 端午
        "2027-09-15",  # 中秋
        "2027-10-01",
        "2027-10-05",
        "2028-01-26",  # 初一
        "2033-01-31",
    ],
)
def test_f11_holidays_beyond_the_calendar(day: str) -> None:
    holidays = ChineseHolidays()
    assert not holidays.is_workday(date.fromisoformat(day))
    assert holidays.unknown_years == {int(day[:4])}


def test_f11_a_year_without_a_calendar_has_as_many_free_days_as_the_law_gives() -> None:
    for year in range(2027, 2060):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
        free = [day for day in days if day.weekday() < 5 and day in by_law(year)]
        assert 11 <= len(free) <= 13, (
            year
        )  # 13 by the law; two of them may fall on one day, or into 31 December


def test_f11_thirty_working_days_from_november_know_new_year() -> None:
    work = policy_of(Config(), ChineseHolidays()).work
    assert not work.works(date(2027, 1, 1))
    assert work.works(date(2027, 1, 4))
    assert work.unknown_years() == {2027}
