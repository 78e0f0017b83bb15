from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.domain.policy import QuietHours
from data.domain.worktime import Span, WorkTime
from data.holidays import ChineseHolidays

ZONE = ZoneInfo("Asia/Shanghai")
HOLIDAYS = ChineseHolidays()
WORK = WorkTime(ZONE, time(9), time(18), HOLIDAYS.is_workday)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02 08:00", 2, "2026-03-02 11:00"),
        ("2026-03-02 16:00", 2, "2026-03-02 18:00"),
        ("2026-03-02 16:01", 2, "2026-03-03 09:01"),
        ("2026-03-02 18:00", 1, "2026-03-03 10:00"),
        ("2026-03-06 17:00", 2, "2026-03-09 10:00"),
        ("2026-02-13 17:00", 2, "2026-02-14 10:00"),  # a make-up Saturday before the Spring Festival
        ("2026-02-14 17:00", 2, "2026-02-24 10:00"),
        ("2026-03-02 09:00", 20, "2026-03-04 11:00"),
    ],
)
def test_working_hours(start: str, hours: int, end: str) -> None:
    assert WORK.add(at(start), timedelta(hours=hours)) == at(end)
    assert Span(hours, "h").after(at(start), WORK) == at(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-23 09:35", 3, "2026-11-26 18:00"),
        ("2026-03-06 17:59", 3, "2026-03-11 18:00"),
        ("2026-03-07 10:00", 3, "2026-03-11 18:00"),
        ("2026-12-31 12:00", 1, "2027-01-04 18:00"),  # the calendar ends here: the law's holidays count
        ("2026-11-22 12:00", 30, "2027-01-04 18:00"),
    ],
)
def test_working_days_end_with_the_day(start: str, days: int, end: str) -> None:
    assert Span(days, "d").after(at(start), WORK) == at(end)


def test_years_the_calendar_lacks_are_remembered() -> None:
    holidays = ChineseHolidays()
    assert holidays.is_workday(date(2030, 1, 2)) is True
    assert holidays.is_workday(date(2030, 1, 5)) is False
    assert holidays.unknown_years == {2030}


def test_own_holidays() -> None:
    own = WorkTime(ZONE, time(9), time(18), HOLIDAYS.is_workday, frozenset({date(2026, 3, 3)}))
    assert own.add(at("2026-03-02 17:00"), timedelta(hours=2)) == at("2026-03-04 10:00")


def test_between() -> None:
    assert WORK.between(at("2026-03-02 17:00"), at("2026-03-03 10:00")) == timedelta(hours=2)
    assert WORK.between(at("2026-03-07 10:00"), at("2026-03-08 10:00")) == timedelta()
    assert WORK.between(at("2026-03-03 10:00"), at("2026-03-02 10:00")) == timedelta()


instants = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(lambda d: d.replace(tzinfo=UTC))  # noqa: DTZ001
spans = st.timedeltas(timedelta(0), timedelta(hours=100))


@given(instants, spans)
def test_a_deadline_lies_in_office_hours_and_is_as_far_as_was_asked(start: datetime, span: timedelta) -> None:
    end = WORK.add(start, span)
    assert WORK.is_open(end)
    assert end >= start
    assert WORK.between(start, end) == span


@given(instants, spans, spans)
def test_more_time_is_never_an_earlier_deadline(start: datetime, less: timedelta, more: timedelta) -> None:
    assert WORK.add(start, less) <= WORK.add(start, less + more)


@pytest.mark.parametrize(
    ("hours", "moment", "until"),
    [
        (("22:00", "07:00"), "2026-03-02 21:59", None),
        (("22:00", "07:00"), "2026-03-02 22:00", "2026-03-03 07:00"),
        (("22:00", "07:00"), "2026-03-03 06:59", "2026-03-03 07:00"),
        (("22:00", "07:00"), "2026-03-03 07:00", None),
        (("12:00", "14:00"), "2026-03-02 13:00", "2026-03-02 14:00"),
        (("12:00", "14:00"), "2026-03-02 14:00", None),
        (("00:00", "00:00"), "2026-03-02 03:00", None),
    ],
)
def test_quiet_hours(hours: tuple[str, str], moment: str, until: str | None) -> None:
    quiet = QuietHours(*map(time.fromisoformat, hours))
    assert quiet.hold(at(moment), WORK) == at(until or moment)
