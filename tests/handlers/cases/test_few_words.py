"""Few words in a residents' group (E6): what is told at once, what is gathered, what is not told at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


@pytest.fixture
def quiet(make_town: Callable[..., Town]) -> Town:
    """A town with the ten minutes of the config that ships, and a case of the lift."""
    town = make_town(config="bot: {gather_seconds: 600}")
    town.report()
    return town


def test_e6_eight_steps_in_a_minute_are_two_messages(quiet: Town) -> None:
    said = quiet.says("staff", "limin", "受理 1")
    said += quiet.says("staff", "limin", "转级 1 大事")
    said += quiet.says("staff", "limin", "转级 1 小事")
    said += quiet.says("staff", "limin", "派单 1 物业")
    said += quiet.says("wuye", "chen", "办理 1 师傅在路上")
    said += quiet.says("wuye", "chen", "办理 1 师傅到了")
    assert texts(said, "grid1") == []
    said = quiet.says("wuye", "chen", "办结 1 换了主板")
    (told,) = texts(said, "grid1")
    assert told.startswith(
        "#1 转为大事,3月16日 18:00 前办结;转为小事,3月5日 18:00 前办结;已派给万邦物业,3月5日 18:00 前办结;"
        "办理中:师傅在路上;办理中:师傅到了;已办结:换了主板。@王姐 办得怎么样?请回一个数:1 满意"
    )
    assert texts(quiet.passes(minutes=30), "grid1") == []


def test_e6_within_ten_minutes_it_is_told_that_it_was_taken_in(quiet: Town) -> None:
    quiet.says("staff", "limin", "受理 1")
    quiet.passes(minutes=3)
    quiet.says("staff", "limin", "派单 1 物业")
    assert texts(quiet.passes(minutes=6), "grid1") == []
    assert texts(quiet.passes(minutes=2), "grid1") == ["#1 已派给万邦物业,3月5日 18:00 前办结。@王姐"]


def test_e6_a_command_in_the_group_is_answered_there(quiet: Town) -> None:
    (told,) = quiet.says("grid1", "limin", "@哨子 受理 1")
    assert (told.room, told.text) == ("grid1", "#1 已受理,3月5日 18:00 前办结。@王姐")
    said = quiet.says("grid1", "limin", "@哨子 派单 1 物业")
    assert texts(said, "grid1") == []
    assert texts(said, to="limin") == ["#1 已派给万邦物业,3月5日 18:00 前办结。"]
    (told,) = (s for s in quiet.passes(minutes=10) if s.room == "grid1")
    assert told.text == "#1 已派给万邦物业,3月5日 18:00 前办结。@王姐"


def test_e6_what_waits_goes_with_the_next_thing_said(quiet: Town) -> None:
    quiet.says("staff", "limin", "派单 1 物业")
    quiet.says("grid1", "liu", "5栋门口路灯不亮好几天了,没人修")
    (told,) = (s for s in quiet.passes(seconds=20) if s.room == "grid1")
    assert told.text.split("\n")[0].startswith("#1 已派给万邦物业")
    assert "记为 #2【路灯·小事】5栋门口" in told.text.split("\n")[1]


def test_e6_what_is_taken_back_in_time_was_never_said(quiet: Town) -> None:
    quiet.says("grid1", "limin", "@哨子 改类 1 公共设施")
    said = quiet.says("grid1", "limin", "@哨子 撤销") + quiet.passes(minutes=40)
    assert texts(said, "grid1") == []


def test_e6_thanks_are_said_alone(quiet: Town) -> None:
    quiet.says("staff", "limin", "派单 1 物业")
    quiet.says("wuye", "chen", "办结 1 换了主板")
    said = quiet.says("grid1", "wang", "1")
    assert texts(said, "grid1") == []
    assert texts(said, to="wang") == ["#1 已归档,谢谢。"]


def test_e6_seconding_is_said_with_the_step_that_follows(quiet: Town) -> None:
    quiet.says("grid1", "liu", "我家也是")
    quiet.says("grid1", "limin", "@哨子 派单 1 物业")
    said = quiet.passes(hours=2)
    assert not any("有邻居附议" in text for text in texts(said, "grid1"))


def test_e6_an_emergency_does_not_wait(quiet: Town) -> None:
    quiet.says("grid1", "liu", "5栋着火了,好大的烟")
    said = quiet.says(None, "limin", "受理 2")
    assert any("#2 已受理" in text for text in texts(said, "grid1"))
