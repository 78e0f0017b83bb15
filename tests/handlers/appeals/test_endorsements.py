"""附议:要说得着才算——十分钟内、中间没隔三句以上闲话,或引用,或点到地方、东西;还要对得上是什么事."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.town import Town

CHAT = ("中午吃什么", "我吃的面", "今天好冷啊", "下午去公园走走")


def seconds(town: Town, number: int = 1) -> int:
    """Return how many second a case."""
    with town.store.read() as uow:
        return len(uow.appeals.seconded_by(number))


def test_within_ten_minutes_and_three_lines_it_counts(town: Town) -> None:
    town.report()
    for line in CHAT[:3]:
        town.says("grid1", "liu", line, after=20)
    town.says("grid1", "zhou2", "我家也是", after=20)
    assert seconds(town) == 1


def test_after_more_than_three_lines_of_other_talk_it_does_not(town: Town) -> None:
    town.report()
    for line in CHAT:
        town.says("grid1", "liu", line, after=20)
    assert town.says("grid1", "zhou2", "我家也是", after=20) == []
    assert seconds(town) == 0


def test_after_ten_minutes_it_does_not_unless_it_quotes_or_names(town: Town) -> None:
    town.report()
    ack = next(s for s in town.channel.said if s.room == "grid1")
    town.says("grid1", "zhou2", "我家也是", after=650)
    assert seconds(town) == 0
    town.says("grid1", "zhou2", "我家也是", quote=ack.id)
    town.says("grid1", "liu", "我们电梯也坏了啊", after=60)
    town.says("grid1", "xiaowu", "3栋也是", after=60)
    assert seconds(town) >= 2


def test_staff_and_the_bot_keep_a_case_spoken_of(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 派单 1 物业", after=1200)
    town.says("grid1", "zhou2", "我家也是", after=300)
    assert seconds(town) == 1


def test_a_counted_endorsement_keeps_it_spoken_of(town: Town) -> None:
    town.report()
    for who in ("zhou2", "liu", "xiaowu"):
        town.says("grid1", who, "我家也是", after=500)
    assert seconds(town) == 3


@pytest.mark.parametrize("line", ["是啊", "确实", "没错", "唉"])
def test_a_word_of_assent_seconds_only_what_was_just_said(town: Town, line: str) -> None:
    town.report()
    town.says("grid1", "liu", CHAT[0], after=20)
    town.says("grid1", "zhou2", line, after=5)
    assert seconds(town) == 0


@pytest.mark.parametrize("line", ["我家也漏", "我家也漏水", "我们也没水", "我家厨房也漏得厉害"])
def test_c7_an_endorsement_must_fit_the_matter(town: Town, line: str) -> None:
    town.report("wang", "5栋门口垃圾堆成山没人清")
    town.says("grid1", "zhou2", line, after=5)
    assert seconds(town) == 0


@pytest.mark.parametrize("line", ["我家也漏", "我家也是,烦死了", "+1", "同求,赶紧修", "我们楼也是这样"])
def test_one_that_fits_counts(town: Town, line: str) -> None:
    town.report("wang", "5栋1单元楼顶漏水,家里墙都湿了没人管")
    town.says("grid1", "zhou2", line, after=5)
    assert seconds(town) == 1


@pytest.mark.parametrize(
    "line",
    [
        "楼上那个水管子漏水漏到我屋头厨房了",
        "楼上漏水,我家天花板湿了一大片",
        "楼上卫生间漏水漏到我家了",
        "楼上那户水管裂了,水渗到我家墙上",
    ],
)
def test_c7_an_ordinary_leak_is_no_dispute(town: Town, line: str) -> None:
    town.says("grid1", "zhou2", line)
    said = town.passes(minutes=1)
    assert any("记为 #1【渗漏水" in one.text for one in said if one.room == "grid1"), said
    assert not [one for one in said if one.to == "feng"]


GRUMBLES = ("物业也不管管", "就是,社区也没人管", "物业只知道收钱")


@pytest.mark.parametrize("line", GRUMBLES)
def test_a_grumble_at_who_does_nothing_belongs_to_what_was_just_spoken_of(town: Town, line: str) -> None:
    town.report()
    town.says("grid1", "liu", line, after=120)
    town.passes(minutes=3)
    assert (town.state(2), seconds(town)) == ("none", 0)


@pytest.mark.parametrize("line", ["物业也不管管楼道里的垃圾", "5栋没人管,垃圾堆成山了"])
def test_who_says_what_is_wrong_does_not_only_grumble(town: Town, line: str) -> None:
    town.report()
    town.says("grid1", "liu", line, after=120)
    town.passes(minutes=3)
    assert town.state(2) == "reported"
