"""督办:盯住一件,到那天两边都提醒."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Said, Town


def supervision(said: list[Said]) -> list[tuple[str, str | None]]:
    return [(s.at[:11], s.to or s.room) for s in said if "【督办】" in s.text]


def test_the_handler_is_told_and_both_are_reminded_on_the_day(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "派单 1 物业")
    town.news()
    said = town.says("staff", "zhao", "督办 1 至 3月4日 老人上不去楼,请抓紧")
    assert texts(said, "grid1") == []  # never in the group
    assert texts(said, "staff") == ["#1 已督办:3月4日前办结。老人上不去楼,请抓紧。"]
    (told,) = texts(said, "wuye")
    assert told.startswith("【督办】#1【电梯·小事】3栋2单元,赵主任督办,请在 3月4日 前办结。老人上不去楼")
    said = town.until("2026-03-05 08:00")
    assert supervision(said) == [("03-04 09:00", "zhao"), ("03-04 09:00", "wuye")]
    assert "赵主任督办到 3月4日,现在已派单(万邦物业)。" in texts(said, to="zhao")[0]
    assert supervision(town.until("2026-03-20 08:00")) == []


def test_it_is_marked(town: Town) -> None:
    town.report()
    town.says(None, "zhao", "督办 1 至 3月4日")
    (public,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "3栋2单元:已上报·督办\n11:00 前受理" in public.text
    (shown,) = town.says(None, "limin", "待办")
    assert "#1【电梯·小事】3栋2单元 已上报·督办(3月4日前),11:00 前" in shown.text


def test_who_supervises_hears_the_end_and_is_not_reminded(town: Town) -> None:
    town.report()
    town.says(None, "zhou", "督办 1 3月4日")
    town.says(None, "limin", "受理 1")
    said = town.says(None, "limin", "办结 1 换了主板")
    assert texts(said, to="zhou") == ["【督办】百安坝#1【电梯·小事】3栋2单元 已办结:换了主板"]
    assert supervision(town.until("2026-03-09 10:00")) == []


def test_in_the_group_it_is_answered_alone(town: Town) -> None:
    town.report()
    said = town.says("grid1", "zhao", "@哨子 督办 1 至 3月4日 拖太久了")
    assert texts(said, "grid1") == []
    assert texts(said, to="zhao") == ["#1 已督办:3月4日前办结。拖太久了。"]
    assert "拖太久了" in texts(said, to="limin")[0]


def test_without_a_day_it_is_the_case_s_own(town: Town) -> None:
    town.report()
    town.says(None, "limin", "受理 1")
    said = town.says(None, "zhao", "督办 1")
    assert texts(said, to="zhao") == ["#1 已督办:3月5日前办结。"]


def test_said_on_the_day_itself(town: Town) -> None:
    town.report()
    town.until("2026-03-02 10:00")
    town.says(None, "limin", "受理 1")
    town.says(None, "zhao", "督办 1 今天")
    assert supervision(town.until("2026-03-03 08:00")) == [("03-02 18:00", "zhao"), ("03-02 18:00", "limin")]


def test_it_is_undone(town: Town) -> None:
    town.report()
    town.says(None, "zhao", "督办 1 至 3月4日")
    said = town.says(None, "zhao", "撤销")
    assert {s.to or s.room for s in said} == {"zhao", "limin", "staff"}  # who was told, not the group
    (shown,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "督办" not in shown.text
    assert supervision(town.until("2026-03-04 12:00")) == []


@pytest.mark.parametrize(
    ("who", "words", "says"),
    [
        ("zhao", "督办 1 至 3月1日", "3月1日 已经过了,请写以后的日子。"),
        ("zhao", "督办 1 至 有空", "督办要写到哪一天,例如:督办 12 至 3月10日 请抓紧"),
        ("zhao", "督办 9", "这里没有 #9。"),
        ("limin", "督办 1", "「督办」要有相应职责才能用(社区干部以上)。"),
        ("sunli", "督办 1", "「督办」要有相应职责才能用(社区干部以上)。"),
    ],
)
def test_what_is_wrong_gets_one_line(town: Town, who: str, words: str, says: str) -> None:
    town.report()
    (answer,) = town.says(None, who, words)
    assert answer.text == says


def test_it_goes_along_with_a_case_that_is_merged(town: Town) -> None:
    town.report()
    town.report("liu", "5栋门口垃圾没人清")
    town.says("staff", "limin", "派单 1 物业")
    town.says(None, "zhou", "督办 2 至 3月4日 抓紧")
    said = town.says("staff", "limin", "并案 2 1")
    line = "【督办】#2 并入了 #1【电梯·小事】3栋2单元,周书记督办到 3月4日,现在已派单(万邦物业)。"
    assert texts(said, "wuye") == [line]
    assert texts(said, to="zhou") == [line.replace("#", "百安坝#")]  # who serves several communities
    assert "#1 已督办:3月4日前办结。原来督办的 #2 并到了这件。" in texts(said, "staff")
    (shown,) = town.says(None, "limin", "待办")
    assert "#1【电梯·小事】3栋2单元 已派单·督办(3月4日前)" in shown.text
    assert supervision(town.until("2026-03-04 12:00")) == [("03-04 09:00", "zhou"), ("03-04 09:00", "wuye")]


def test_of_two_that_are_merged_the_earlier_day_counts(town: Town) -> None:
    town.report()
    town.report("liu", "5栋门口垃圾没人清")
    town.says(None, "zhao", "督办 1 至 3月6日")
    town.says(None, "zhou", "督办 2 至 3月4日")
    said = town.says(None, "limin", "并案 2 1")
    assert "赵主任督办到 3月4日" in texts(said, to="zhao")[0]
    assert "赵主任督办到 3月4日" in texts(said, to="zhou")[0]
    town.says(None, "limin", "撤销")
    said = town.until("2026-03-07 12:00")
    assert ("03-06 09:00", "zhao") in supervision(said)
    assert ("03-04 09:00", "zhou") in supervision(said)


def test_two_leaders_in_the_same_second(town: Town) -> None:
    town.report()
    town.says(None, "zhao", "督办 1 至 3月4日")
    (second,) = town.says(None, "zhou", "督办 1 至 3月6日", after=0)
    assert second.text == "#1 就在刚才赵主任已督办,你的没有算。先看一下:进度 1"
    (again,) = town.says(None, "zhou", "督办 1 至 3月4日")
    assert again.text == "#1 赵主任已经督办了,3月4日前办结。"


def test_two_officers_assign_in_the_same_second(town: Town) -> None:
    town.report()
    town.says("staff", "zhao", "派单 1 物业")
    (second,) = town.says("staff", "limin", "派单 1 城管", after=0)
    assert second.text == "@李敏 #1 就在刚才赵主任已派单,你的没有算。先看一下:进度 1"
    town.says("staff", "limin", "派单 1 城管")  # a moment later they have seen it
    (shown,) = town.says("staff", "limin", "进度 1")
    assert "区城管局在办" in shown.text


def test_an_older_command_is_not_undone_under_it(town: Town) -> None:
    town.report()
    town.says(None, "limin", "受理 1")
    town.says(None, "zhao", "督办 1 至 3月4日")
    (answer,) = town.says(None, "limin", "撤销")
    assert answer.text == "#1 之后又有了新进展,不能撤销了。"
