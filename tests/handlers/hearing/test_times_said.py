"""FOUND rows D1-D3 in commands: one reader of times for meetings, deferrals, supervision, shifts, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("议事 周五 晚上 7点半 党群服务中心 加装电梯", "3月6日(周五) 19:30"),
        ("议事 3.10晚上7点半 党群服务中心 加装电梯", "3月10日(周二) 19:30"),
        ("议事 周五 下午 3:30 党群服务中心 加装电梯", "3月6日(周五) 15:30"),
        ("议事 党群服务中心 周五晚上7点半 加装电梯", "3月6日(周五) 19:30"),
        ("议事 3月8日(周日) 10:00,党群服务中心,加装电梯", "3月8日(周日) 10:00"),
        ("议事 时间:周六晚上7点半 地点:党群服务中心 议题:加装电梯", "3月7日(周六) 19:30"),
        ("周六晚上7点半在党群服务中心开议事会,议题加装电梯", "3月7日(周六) 19:30"),
        ("明晚7点半在党群服务中心召开居民议事会,讨论加装电梯", "3月3日(周二) 19:30"),
    ],
)
def test_d1_meetings(town: Town, said: str, time: str) -> None:
    news = town.says("grid1", "limin", f"@哨子 {said}")
    assert any("加装电梯" in s.text and time in s.text and "党群服务中心" in s.text for s in news), news


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("议事 周五3点 党群服务中心 加装电梯", "上午还是下午"),
        ("议事 周五 7点半 党群服务中心 加装电梯", "上午还是下午"),
        ("议事 13月5日9点 党群服务中心 加装电梯", "没看懂时间"),
        ("议事 周五25点 党群服务中心 加装电梯", "没看懂时间"),
        ("议事 周五 党群服务中心 加装电梯", "还要写几点"),
        ("议事 3月8日(周一) 10:00 党群服务中心 加装电梯", "没看懂时间"),
        ("议事 周五晚上7点半 党群服务中心", "还差"),
    ],
)
def test_d1_what_is_unclear_is_asked(town: Town, said: str, why: str) -> None:
    (answer,) = town.says("grid1", "limin", f"@哨子 {said}")
    assert why in answer.text


@pytest.mark.parametrize(
    "said", ["明早8点", "明上午8点", "明天早上8点", "明儿早上8点", "次日8点", "明早 8:00"]
)
def test_d2_tomorrow_is_tomorrow_early_in_the_morning(make_town: Callable[..., Town], said: str) -> None:
    town = make_town(at="2026-03-02 07:05")
    (news, *_) = town.says("grid1", "limin", f"@哨子 议事 {said} 院坝 停水")
    assert "3月3日(周二) 08:00" in news.text


@pytest.mark.parametrize(
    ("until", "day"),
    [
        ("三月二十日", "3月20日"),
        ("三天后", "3月5日"),
        ("下月10号", "4月10日"),
        ("3月20日(周五)", "3月20日"),
        ("3.20", "3月20日"),
        ("3月20日 18:00", "3月20日"),
        ("两周后", "3月16日"),
        ("月底", "3月31日"),
        ("廿号", "3月20日"),
        ("下个月10日", "4月10日"),
    ],
)
def test_d3_deferral_until_any_day(town: Town, until: str, day: str) -> None:
    town.report()
    town.says("staff", "limin", "受理 1")
    news = town.says("staff", "zhao", f"挂账 1 至 {until} 等配件")
    assert any(f"到{day}再办,等配件" in s.text for s in news), news
    town.says("staff", "zhao", "恢复 1")
    news = town.says("staff", "zhao", f"挂账 1 等配件,到{until}")
    assert any(f"到{day}再办,等配件" in s.text for s in news), news
    news = town.says("staff", "zhao", f"督办 1 至 {until} 抓紧")
    assert any("已督办" in s.text and day in s.text for s in news), news


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("今晚", "3月2日(周一) 18:00–次日08:00"),
        ("周六晚上", "3月7日(周六) 18:00–次日08:00"),
        ("今天 20:00-次日8:00", "3月2日(周一) 20:00–次日08:00"),
        ("周六 晚8点到早8点", "3月7日(周六) 20:00–次日08:00"),
        ("3月2日(周一)至3月8日(周日) 08:00–20:00", "3月2日(周一)至3月8日(周日) 08:00–20:00"),
        ("三月三日 白班", "3月3日(周二) 08:00–18:00"),
        ("明天 下午2点到6点", "3月3日(周二) 14:00–18:00"),
    ],
)
def test_d3_shifts_as_the_bot_writes_them(town: Town, said: str, shown: str) -> None:
    (answer, *_) = town.says("staff", "zhao", f"值班 第一网格 李敏 {said}")
    assert shown in answer.text
    (answer, *_) = town.says("staff", "zhao", f"值班 第一网格 李敏 {said}")
    assert "已经排过了" in answer.text


def test_d3_a_meeting_is_moved_to_a_day_as_the_bot_writes_it(town: Town) -> None:
    town.says("grid1", "limin", "@哨子 议事 周五晚上7点半 院坝 停水")
    (news, *_) = town.says("grid1", "limin", "@哨子 议事 改期 1 3月8日(周日) 10:00")
    assert "3月8日(周日) 10:00" in news.text


@pytest.mark.parametrize(
    "period",
    [
        "3月",
        "三月",
        "2026年3月",
        "昨天",
        "最近7天",
        "近一个月",
        "3月1日至3月2日",
        "本季度",
        "去年",
        "上星期",
        "一季度",
        "去年第四季度",
        "上半年",
        "今年下半年",
    ],
)
def test_d3_figures_of_any_period(town: Town, period: str) -> None:
    town.report()
    (answer,) = town.says("staff", "zhao", f"统计 {period}")
    assert f"百安坝社区{period}:上报" in answer.text
