from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

CALL = "@哨子 议事 周六晚上7点半 党群服务中心 加装电梯"


def test_a_meeting_from_call_to_reminders(town: Town) -> None:
    (called,) = town.says("grid1", "limin", CALL)
    assert called.text == "议事会 #1:加装电梯\n时间:3月7日(周六) 19:30\n地点:党群服务中心\n要来的请发:报名"
    town.says("grid1", "wang", "报名")
    town.says("grid1", "liu", "@哨子 报名", after=3)
    (names,) = town.passes(seconds=10)
    assert names.text == "议事会 #1 已报名 2 人:王姐、刘婶"
    said = town.until("2026-03-07 19:30")
    assert [(s.at, s.room or s.to) for s in said] == [
        ("03-06 19:30:00", "grid1"),
        ("03-07 18:30:00", "wang"),  # the group hears one more: that it is cancelled, or what came of it
        ("03-07 18:30:00", "liu"),
    ]
    assert said[0].text == "提醒:议事会 #1「加装电梯」3月7日(周六) 19:30 在党群服务中心,已报名 2 人。"
    assert town.says("grid1", "zhou2", "报名") == []  # it has begun
    (answer,) = town.says("grid1", "zhou2", "@哨子 报名 1")
    assert answer.text == "@老周 议事会 #1 已经开过或取消了。"


def test_a_list_that_everybody_lengthens(town: Town) -> None:
    town.says("grid1", "limin", CALL)
    town.says("grid1", "wang", "#接龙\n加装电梯\n1. 王姐\n2. 孙哥")
    town.says("grid1", "liu", "#接龙\n加装电梯\n1. 王姐\n2. 孙哥\n3. 刘婶", after=3)
    (names,) = town.passes(seconds=12)
    assert names.text == "议事会 #1 已报名 3 人:王姐、孙哥、刘婶"
    (names,) = town.says("grid1", "liu", "@哨子 取消报名")
    assert (names.to, names.text) == ("liu", "议事会 #1 已报名 2 人:王姐、孙哥")  # the group has heard one
    (answer,) = town.says("grid1", "liu", "@哨子 取消报名")
    assert answer.text == "@刘婶 名单里没有你。"
    (answer,) = town.says("grid1", "wang", "@哨子 报名")
    assert answer.text == "@王姐 你已经报过名了。"


def test_without_a_meeting_a_list_is_talk(town: Town) -> None:
    assert town.says("grid1", "wang", "#接龙\n团购土鸡蛋\n1. 王姐 2份\n2. 刘婶") == []
    assert town.says("grid1", "wang", "报名") == []
    (answer,) = town.says("grid1", "wang", "@哨子 报名")
    assert "没有要报名的议事会" in answer.text


def test_moved_and_cancelled(town: Town) -> None:
    town.says("grid1", "limin", CALL)
    (moved,) = town.says("grid1", "limin", "@哨子 议事 改期 1 周日晚上7点半")
    assert moved.text.startswith("议事会 #1「加装电梯」改到 3月8日(周日) 19:30")
    said = town.until("2026-03-07 20:00")
    assert [s.at for s in said] == ["03-07 19:30:00"]
    (cancelled,) = town.says("grid1", "limin", "@哨子 议事取消 #1")
    assert cancelled.text == "议事会 #1「加装电梯」取消了。"
    assert town.until("2026-03-09 20:00") == []
    (answer,) = town.says("grid1", "limin", "@哨子 议事 改期 1 周日晚上7点半")
    assert "已经开过或取消了" in answer.text


def test_called_from_the_staff_room_it_is_announced_in_the_group(town: Town) -> None:
    said = town.says("staff", "limin", CALL)
    assert [s.room for s in said] == ["grid1", "staff"]
    said = town.says("staff", "zhao", CALL)  # an officer's is for the whole community
    assert [s.room for s in said] == ["grid1", "grid2", "staff"]
    said = town.says("staff", "zhao", CALL.replace("议事 ", "议事 第二网格 "))
    assert [s.room for s in said] == ["grid2", "staff"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "议事后面还要写内容"),
        ("党群服务中心 加装电梯", "没看懂时间"),
        ("周六 党群服务中心 加装电梯", "还要写几点"),
        ("昨天晚上7点 党群服务中心 加装电梯", "已经过了"),
        ("周六晚上7点半", "还差地点或议题"),
        ("周六晚上7点半 党群服务中心", "还差地点或议题"),
    ],
)
def test_a_wrong_call_gets_one_line(town: Town, words: str, says: str) -> None:
    (answer,) = town.says("grid1", "limin", f"@哨子 议事 {words}")
    assert says in answer.text


def test_only_staff_of_the_grid_call_and_move(town: Town) -> None:
    (answer,) = town.says("grid1", "wang", CALL)
    assert "要有相应职责" in answer.text
    (answer,) = town.says("grid1", "wangqiang", CALL)
    assert "这个群不归你管" in answer.text
    town.says("grid1", "limin", CALL)
    (answer,) = town.says("staff", "wangqiang", "@哨子 议事取消 1")
    assert "不归你管" in answer.text
    (answer,) = town.says("staff", "wangqiang", "@哨子 议事取消 9")
    assert answer.text == "@王强 没有议事会 #9。"


def test_missed_reminders_are_sent_once_or_dropped(make_town: Callable[..., Town], store_url: str) -> None:
    town = make_town()
    town.says("grid1", "limin", CALL)
    town.says("grid1", "limin", "@哨子 议事 明天上午10点 花园 绿化")
    later = make_town(at="2026-03-06 21:00", url=store_url)  # the bot was down for days
    said = later.passes(minutes=1)
    assert texts(said, "grid1") == [
        "[补发] 提醒:议事会 #1「加装电梯」3月7日(周六) 19:30 在党群服务中心,已报名 0 人。"
    ]


def test_which_of_two_meetings(town: Town) -> None:
    town.says("grid1", "limin", CALL)
    (second,) = town.says("grid1", "limin", "@哨子 议事 周日上午9点 花园 绿化改造")
    (answer,) = town.says("grid1", "wang", "报名")
    assert "有好几场:#1 加装电梯、#2 绿化改造" in answer.text
    town.says("grid1", "zhou2", "报名 2")
    town.says("grid1", "wang", "报名", quote=second.id)
    (names,) = town.passes(seconds=10)
    assert names.text == "议事会 #2 已报名 2 人:老周、王姐"
    town.says("grid1", "liu", "@哨子 报名 #1")
    (names,) = town.passes(seconds=10)
    assert names.text == "议事会 #1 已报名 1 人:刘婶"


def test_at_night_an_announcement_waits(town: Town) -> None:
    town.until("2026-03-02 22:10")
    (answer,) = town.says("grid1", "limin", CALL)
    assert (answer.room, answer.to) == (None, "limin")
    (announced,) = town.until("2026-03-03 07:00")
    assert announced.room == "grid1"
