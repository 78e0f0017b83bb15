from __future__ import annotations

from datetime import date

import pytest

from nlp.reading.days import read_days, read_until
from nlp.reading.hours import read_hours

TODAY = date(2026, 3, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("今天", "2026-03-04", "2026-03-04", ""),
        ("明天 8:00-20:00", "2026-03-05", "2026-03-05", "8:00-20:00"),
        ("周三", "2026-03-04", "2026-03-04", ""),
        ("周二", "2026-03-10", "2026-03-10", ""),
        ("本周二", "2026-03-03", "2026-03-03", ""),
        ("下周二", "2026-03-10", "2026-03-10", ""),
        ("星期天", "2026-03-08", "2026-03-08", ""),
        ("本周 李敏", "2026-03-04", "2026-03-08", "李敏"),
        ("下周", "2026-03-09", "2026-03-15", ""),
        ("2026-03-02至2026-03-08", "2026-03-02", "2026-03-08", ""),
        ("2026-03-02 到 2026-03-08 8:00-20:00", "2026-03-02", "2026-03-08", "8:00-20:00"),
        ("3月9日-3月11日", "2026-03-09", "2026-03-11", ""),
        ("3月9日至11日", "2026-03-09", "2026-03-11", ""),
        ("12月31日到1月2日", "2026-12-31", "2027-01-02", ""),
        ("周五至周日", "2026-03-06", "2026-03-08", ""),
        ("3/9", "2026-03-09", "2026-03-09", ""),
        ("周三8:00-20:00", "2026-03-04", "2026-03-04", "8:00-20:00"),
        ("5号", "2026-03-05", "2026-03-05", ""),
        ("2号", "2026-04-02", "2026-04-02", ""),
        ("1月5日", "2026-01-05", "2026-01-05", ""),
        ("月底", "2026-03-31", "2026-03-31", ""),
    ],
)
def test_days(text: str, first: str, last: str, rest: str) -> None:
    assert read_days(text, TODAY) == (date.fromisoformat(first), date.fromisoformat(last), rest)


@pytest.mark.parametrize(
    "text",
    ["", "李敏", "2月30日", "13月1日", "99号", "0000-01-01", "8:00-20:00", "周", "5号楼", "3.5吨", "周一鸣"],
)
def test_what_is_no_day(text: str) -> None:
    assert read_days(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("至 3月20日 等配件", "2026-03-20", "等配件"),
        ("到3月20日前,等配件", "2026-03-20", "等配件"),
        ("3月10日", "2026-03-10", ""),
        ("至 2026-03-20 等雨停", "2026-03-20", "等雨停"),
        ("至 下周五 抓紧", "2026-03-13", "抓紧"),
        ("至月底", "2026-03-31", ""),
    ],
)
def test_until(text: str, day: str, rest: str) -> None:
    assert read_until(text, TODAY) == (date.fromisoformat(day), rest)


def test_until_nobody_knows_when() -> None:
    assert read_until("至 有钱了", TODAY) is None
    assert read_until("至 2月30日 等配件", TODAY) is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8:00-20:00", (480, 1200, "")),
        ("20:00-8:00", (1200, 480, "")),
        ("8点到20点", (480, 1200, "")),
        ("18：30—24:00 李敏", (1110, 1440, "李敏")),
        ("8-20点", (480, 1200, "")),
    ],
)
def test_hours(text: str, hours: tuple[int, int, str]) -> None:
    assert read_hours(text) == hours


@pytest.mark.parametrize("text", ["25:00-26:00", "8:00", "8:00-8:00", "早上", "3-5"])
def test_what_are_no_hours(text: str) -> None:
    assert read_hours(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("周末 小何", 7, 8, "小何"),
        ("本周末两天", 7, 8, ""),
        ("下周末 小何", 14, 15, "小何"),
        ("周六周日 小何", 7, 8, "小何"),
        ("周六、周日 小何", 7, 8, "小何"),
        ("周六和周日", 7, 8, ""),
        ("周一、周三 小何", 2, 2, "周三 小何"),
    ],
)
def test_days_beside_each_other(text: str, first: int, last: int, rest: str) -> None:
    assert read_days(text, date(2026, 3, 2)) == (date(2026, 3, first), date(2026, 3, last), rest)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("昨天到今天", 1, 2),
        ("前天至昨天", 28, 1),
        ("今天到明天", 2, 3),
        ("3月1日到今天", 1, 2),
        ("今天到周五", 2, 6),
    ],
)
def test_to_a_day_that_is_counted_from_today(text: str, first: int, last: int) -> None:
    found = read_days(text, date(2026, 3, 2))
    assert found is not None
    assert (found.first.day, found.last.day, found.rest) == (first, last, "")
