"""FOUND rows D1-D3: days and hours together, as staff write them and as the bot writes them itself."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp.reading.times import find_time, read_time

NOW = datetime(2026, 3, 2, 7, 5, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday, early


@pytest.mark.parametrize(
    ("text", "at", "rest"),
    [
        ("周五 晚上 7点半 广场", "03-06 19:30", "广场"),
        ("周五晚上 7:30 广场", "03-06 19:30", "广场"),
        ("周五 下午 3:30", "03-06 15:30", ""),
        ("3.10晚上7点半 党群服务中心", "03-10 19:30", "党群服务中心"),
        ("3/10 19:30", "03-10 19:30", ""),
        ("3-10 19:30", "03-10 19:30", ""),
        ("三月二十日下午三点", "03-20 15:00", ""),
        ("2026年3月10日19时30分", "03-10 19:30", ""),
        ("明早8点 院坝", "03-03 08:00", "院坝"),
        ("明上午9点", "03-03 09:00", ""),
        ("后早9点", "03-04 09:00", ""),
        ("明儿上午9点", "03-03 09:00", ""),
        ("次日9点", "03-03 09:00", ""),
        ("今晚12点", "03-03 00:00", ""),
        ("半小时后 院坝", "03-02 07:35", "院坝"),
        ("1个半小时后", "03-02 08:35", ""),
        ("三天后晚上7点", "03-05 19:00", ""),
        ("下月10号晚上七点一刻", "04-10 19:15", ""),
        ("晚上7点半 周六 广场", "03-07 19:30", "广场"),
        ("周六晚上7点半3栋门口", "03-07 19:30", "3栋门口"),
        ("周六晚上7点半在党群服务中心", "03-07 19:30", "党群服务中心"),
        ("周六19:30-21:00 活动室", "03-07 19:30", "活动室"),
        ("3月8日(周日) 10:00", "03-08 10:00", ""),
        ("3月8日（周日）10:00", "03-08 10:00", ""),
        ("周日(3月8日) 晚上7点", "03-08 19:00", ""),
        ("周一 上午9点", "03-02 09:00", ""),
        ("周一 早上7点", "03-09 07:00", ""),  # that hour is past
        ("周五7pm", "03-06 19:00", ""),
        ("中午1点", "03-02 13:00", ""),
        ("国庆节上午10点", "10-01 10:00", ""),
    ],
)
def test_d1_d2_d3_times(text: str, at: str, rest: str) -> None:
    found = read_time(text, NOW)
    assert found is not None
    assert (f"{found.at:%m-%d %H:%M}", found.has_hour, found.sure, found.rest) == (at, True, True, rest)


@pytest.mark.parametrize("text", ["周五3点", "周五 7点半 广场", "周五 7:30", "半夜2点", "周五三点"])
def test_d1_what_may_be_morning_or_evening_is_asked(text: str) -> None:
    found = read_time(text, NOW)
    assert found is not None
    assert found.has_hour
    assert not found.sure


@pytest.mark.parametrize(
    "text",
    [
        "13月5日 9点",
        "25点",
        "周五 25点",
        "2月30日 9点",
        "上午15点",
        "3月8日(周一) 10:00",
        "周五晚上7点半30",
        "周五 7.30",
        "19:75",
        "党群服务中心",
        "",
    ],
)
def test_d1_what_is_no_time_is_refused(text: str) -> None:
    assert read_time(text, NOW) is None


def test_an_end_is_read_too() -> None:
    found = read_time("周六晚上7点到9点 活动室", NOW)
    assert found is not None
    assert found.until is not None
    assert f"{found.until:%m-%d %H:%M}" == "03-07 21:00"


def test_a_time_may_stand_behind_other_words() -> None:
    found = find_time("党群服务中心 周六 晚上 7点半 加装电梯", NOW)
    assert found is not None
    assert (f"{found.at:%m-%d %H:%M}", found.rest) == ("03-07 19:30", "党群服务中心 加装电梯")
