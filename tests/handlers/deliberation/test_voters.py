"""Who has a vote: confirmed residents of the roll, and their households' proxies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.deliberation.voting import ENDS, OPEN, in_group, vote
from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


def test_strangers_are_told_how_and_their_vote_waits(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    (told,) = neighbours.says("grid1", "liu", "@哨子 投票 1 同意")
    assert (told.room, told.to) == (None, "liu")
    assert told.text == (
        "表决 1 的票先记着:还不知道你住哪一户。请发:登记 3栋2单元501,3月10日(周二) 18:00 前确认了就算。"
    )
    neighbours.says(None, "liu", "登记 3栋1单元101")
    (told,) = neighbours.says(None, "liu", "反对")
    assert told.text.startswith("表决 1 的票先记着:你的住处还在等网格长确认")
    said = neighbours.says(None, "limin", "确认住户 刘婶")
    assert "你对表决 1「加装电梯」的票算上了。" in texts(said, to="liu")
    assert "反对 1 户" in in_group(neighbours.until(ENDS))[-1]


def test_the_roll_does_not_change(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    neighbours.says("grid1", "liu", "@哨子 登记 3栋2单元602")
    neighbours.says(None, "liu", "投票 1 同意")
    said = neighbours.says(None, "limin", "确认住户 刘婶")
    assert texts(said, to="liu")[-1].startswith("你家不在表决 1「加装电梯」的名册上")
    (told,) = neighbours.says(None, "liu", "投票 1 同意")
    assert told.text.startswith("你家不在表决 1 的名册上")
    assert "同意 0 户" in in_group(neighbours.until(ENDS))[-1]


def test_confirmed_after_the_end_is_too_late(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    neighbours.says("grid1", "liu", "@哨子 登记 3栋1单元101")
    neighbours.says(None, "liu", "投票 1 同意")
    assert "同意 0 户" in in_group(neighbours.until(ENDS))[-1]
    said = neighbours.says(None, "limin", "确认住户 刘婶")
    assert not [s for s in said if "票" in s.text and s.to == "liu" and "算上" in s.text]


def test_staff_of_another_grid_have_no_vote_here(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    (told,) = neighbours.says(None, "qian", "投票 1 同意", name="钱姨")
    assert told.text.startswith("你家不在表决 1 的名册上")
    (told,) = neighbours.says(None, "wangqiang", "投票 1 同意")  # grid leader of the second grid
    assert "还不知道你住哪一户" in told.text
    (refused,) = neighbours.says("grid1", "wangqiang", OPEN)
    assert refused.text == "@王强 这个群不归你管,不能在这里发起表决。"
    (refused,) = neighbours.says("grid1", "wang", OPEN)
    assert refused.text == "@王姐 这个群不归你管,不能在这里发起表决。"


def test_one_who_moves_out_takes_their_vote_along(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "sun", "同意")
    neighbours.says(None, "limin", "不是住户 孙哥")
    assert "同意 0 户" in in_group(neighbours.until(ENDS))[-1]


def test_a_proxy_votes_for_both(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    said = vote(neighbours, "wang", "委托 1 李四")
    assert texts(said, to="wang") == ["已经问李四了,对方同意后算数。自己再投就是收回委托。"]
    assert texts(said, to="li")[0].startswith("王姐想把自己家对表决 1「加装电梯」的票委托给你。")
    said = vote(neighbours, "li", "同意委托")
    assert texts(said, to="wang") == ["李四同意了,表决 1「加装电梯」替你家投。自己再投就是收回委托。"]
    (taken,) = vote(neighbours, "li", "投票 1 反对")
    assert "连同委托给你的 1 户" in taken.text
    (shown,) = vote(neighbours, "li", "表决 1")
    assert "已参与 2/5 户" in shown.text
    assert "反对 2 户" in in_group(neighbours.until(ENDS))[-1]


def test_a_holder_who_voted_before_counts_for_both(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "li", "反对")
    vote(neighbours, "wang", "委托 1 李四")
    vote(neighbours, "li", "同意委托 1")
    assert "反对 2 户" in in_group(neighbours.until(ENDS))[-1]


def test_voting_oneself_takes_it_back(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "wang", "委托 1 李四")
    vote(neighbours, "li", "同意委托")
    vote(neighbours, "li", "反对")
    said = vote(neighbours, "wang", "同意")
    assert texts(said, to="li") == ["王姐家自己投了表决 1,委托收回了。"]
    vote(neighbours, "li", "弃权")
    assert "同意 1 户、反对 0 户、弃权 1 户" in in_group(neighbours.until(ENDS))[-1]


def test_not_agreed_is_not_given(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "wang", "委托 1 李四")
    vote(neighbours, "li", "同意")
    assert "同意 1 户" in in_group(neighbours.until(ENDS))[-1]


@pytest.mark.parametrize(
    ("who", "said", "answer"),
    [
        ("li", "委托 1 王姐", "这家还替别人投着票,不能再委托出去"),  # a circle
        ("sun", "委托 1 王姐", "对方家的票也委托出去了"),  # a chain
        ("sun", "委托 1 李四", "李四最多替 1 户投票,已经满了"),
        ("zhang", "委托 1 张嫂", "张嫂和你是一户"),
        ("sun", "委托 1 赵六", "名册上没有住户叫「赵六」"),
        ("sun", "委托 1 钱姨", "名册上没有住户叫「钱姨」"),
        ("sun", "委托 1", "要写委托给谁"),
        ("liu", "委托 1 孙哥", "还不知道你住哪一户"),
        ("sun", "同意委托 1", "现在没有人委托你投票"),
    ],
)
def test_what_no_proxy_can_be(neighbours: Town, who: str, said: str, answer: str) -> None:
    neighbours.says("grid1", "limin", OPEN)
    neighbours.says("grid1", "liu", "你们好")
    vote(neighbours, "wang", "委托 1 李四")
    vote(neighbours, "li", "同意委托")
    (told,) = vote(neighbours, who, said)
    assert (told.room, told.to) == (None, who)
    assert answer in told.text


def test_two_who_offer_each_other_do_not_both_agree(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "wang", "委托 1 李四")
    vote(neighbours, "li", "委托 1 王姐")
    vote(neighbours, "li", "同意委托")
    (told,) = vote(neighbours, "wang", "同意委托")
    assert "这家还替别人投着票" in told.text
    (told,) = neighbours.says("grid1", "li", "@哨子 同意委托", name="李四")
    assert told.text == "请私聊我说「同意委托」。"
