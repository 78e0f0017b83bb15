"""Quarters and halves of a year: from which day to which."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from data.domain.worktime import WorkTime
from handlers.reports.periods import read_period

WORK = WorkTime(ZoneInfo("Asia/Shanghai"), time(9), time(18), lambda _day: True)


@pytest.mark.parametrize(
    ("said", "first", "after"),
    [
        ("一季度", date(2026, 1, 1), date(2026, 4, 1)),
        ("第2季度", date(2025, 4, 1), date(2025, 7, 1)),  # this year's has not begun
        ("去年四季度", date(2025, 10, 1), date(2026, 1, 1)),
        ("2024年上半年", date(2024, 1, 1), date(2024, 7, 1)),
        ("今年下半年", date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_parts_of_a_year(said: str, first: date, after: date) -> None:
    found = read_period(WORK, datetime(2026, 3, 2, 9, tzinfo=UTC), said)
    assert found is not None
    assert (WORK.local(found.start).date(), WORK.local(found.end).date()) == (first, after)
