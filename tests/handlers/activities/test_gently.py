"""A residents' group hears at most two messages a day of community life, however much goes on."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from data.tables.outbox import outbox
from handlers.context import Context
from handlers.saying.gently import say_gently
from handlers.saying.say import Saying, say
from tests.town import ZONE

if TYPE_CHECKING:
    from tests.town import Said, Town

MOST_A_DAY = 2


def by_day(said: list[Said], room: str = "grid1") -> Counter[str]:
    """Count what a group heard on each day; the weekly digest is about cases."""
    return Counter(s.at[:5] for s in said if s.room == room and "一周通报" not in s.text)


def test_an_ordinary_week_of_a_busy_place(town: Town) -> None:
    """Building days, cleanings, services, wishes, an election: all called within one morning."""
    town.says("grid1", "wang", "大家早")
    town.says("grid1", "liu", "早")
    said: list[Said] = []
    for command in (
        "楼栋日 3栋 周五上午9点 院坝 物业",
        "活动 周六上午9点 广场 大扫除 招10人 积分2",
        "活动 周六下午3点 广场 修小家电",
        "活动 周日上午9点 花园 种花",
        "服务日 周四上午9点 党群服务中心 律师",
    ):
        said += town.says("staff", "limin", command)
    for wish in ("一副老花镜", "一辆小推车", "一盏台灯"):
        said += town.says(None, "wang", f"心愿 {wish}")
    for number in (1, 2, 3):
        said += town.says(None, "zhao", f"心愿 发布 {number}")
    said += town.says(None, "zhao", "评选 五好楼栋 推荐至 3月10日 投票至 3月20日 名额1")
    said += town.until("2026-03-07 12:00")
    said += town.says(None, "limin", "活动 结束 2 清了三个楼道")
    said += town.until("2026-03-09 08:00")
    days = by_day(said)
    assert days
    assert max(days.values()) <= MOST_A_DAY, days
    told = " ".join(s.text for s in said if s.room == "grid1")
    for thing in ("大扫除", "修小家电", "种花", "老花镜", "小推车", "台灯", "五好楼栋", "律师"):
        assert thing in told, thing  # later, but not lost


def test_what_cannot_wait_is_said_at_once(town: Town) -> None:
    for topic in ("大扫除", "修小家电", "种花"):
        town.says("staff", "limin", f"活动 今天20点 广场 {topic}")
    said = town.says("staff", "limin", "活动 取消 1")
    assert any(s.room == "grid1" and "取消了" in s.text for s in said)


def test_a_command_of_the_group_is_answered_there(town: Town) -> None:
    for topic in ("大扫除", "修小家电", "种花"):
        said = town.says("grid1", "limin", f"@哨子 活动 周六上午9点 广场 {topic}")
        assert any(s.room == "grid1" and topic in s.text for s in said)


def test_a_reminder_there_is_no_room_for_goes_to_who_comes(town: Town) -> None:
    town.says("grid1", "wang", "大家早")
    for hour in (15, 16, 17):
        town.says("grid1", "limin", f"@哨子 活动 明天{hour}点 广场 大扫除")
    for number in (1, 2, 3):
        town.says("grid1", "wang", f"报名 活动{number}")
    town.until("2026-03-03 08:00")
    said = town.until("2026-03-03 18:00")
    assert by_day(said)["03-03"] <= MOST_A_DAY
    assert any(s.to == "wang" and "提醒:活动 3" in s.text for s in said)


def test_what_can_wait_goes_to_nine_of_the_next_morning_with_room(town: Town) -> None:
    for topic in ("大扫除", "修小家电", "种花"):
        town.says("staff", "limin", f"活动 周日上午9点 广场 {topic}")
    said = town.until("2026-03-03 12:00")
    (late,) = [s for s in said if s.room == "grid1" and "种花" in s.text]
    assert late.at == "03-03 09:00:00"


@pytest.mark.parametrize(("full", "at"), [(13, "03-15 09:00:00"), (14, "03-02 08:00:00")])
def test_two_weeks_are_looked_through_for_a_morning_with_room(town: Town, full: int, at: str) -> None:
    """Where all are full it is said now, rather than lost."""
    with town.store.write() as uow:
        ctx = Context(town.house, uow, town.clock.now())
        room = uow.rooms.of("web", "grid1")
        assert room is not None
        for number in range(2 * full):
            day = ctx.now + timedelta(days=number // 2, hours=3 * (number % 2))
            say(ctx, room, Saying("not_here", f"life:{number}", send_at=day))
        assert say_gently(ctx, room, Saying("not_here", "last"))
        (sent,) = uow.connection.execute(select(outbox.c.send_at).where(outbox.c.dedupe_key == "life:last"))
    assert f"{sent[0].astimezone(ZONE):%m-%d %H:%M:%S}" == at
