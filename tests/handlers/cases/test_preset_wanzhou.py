"""重庆万州“楼栋工作日”: 小区群众需要 → 社区干部吹哨 → 街道部门报到 → 领导负责督导."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    return make_town(ROSTER, config="governance: {preset: wanzhou}")


def test_private_matters_are_answered_alone(town: Town) -> None:
    """自办私事."""
    (answer,) = town.says("grid1", "wang", "我的退休金三个月没到账了,没人管")
    assert (answer.room, answer.to) == (None, "wang")
    assert town.state(1) == "none"


def test_small_matters_are_the_grid_s_own(town: Town) -> None:
    """自治小事."""
    town.says("grid1", "wang", "5栋门口路灯不亮好几天了")
    said = town.passes(seconds=45)
    assert texts(said, "grid1") == ["@王姐 记为 #1【路灯·小事】5栋门口。已告知网格长李敏,11:00 前受理。"]
    (news,) = town.says("grid1", "limin", "@哨子 受理 1")
    assert news.text == "#1 已受理,3月5日 18:00 前办结。@王姐"
    said = town.says("grid1", "limin", "@哨子 办结 1 换了灯泡")
    assert "请回一个数:1 满意" in texts(said, "grid1")[0]


def test_great_matters_whistle_for_the_departments(town: Town) -> None:
    """联办大事."""
    town.says("grid1", "wang", "3栋整栋水压太小没人管")
    said = town.passes(seconds=45)
    assert {s.to for s in said if s.room is None} == {"limin", "zhao"}
    assert "建议大事:整栋供水。" in texts(said, to="zhao")[0]
    (refused,) = town.says("staff", "limin", "吹哨 1 物业 水泵坏了")  # 吹哨 is the community officer's
    assert "要有相应职责" in refused.text
    said = town.says("staff", "zhao", "吹哨 1 物业,城管局 水泵坏了,要开挖路面")
    assert "请 11:00 前报到" in texts(said, "wuye")[0]
    assert "请 11:00 前报到" in texts(said, to="liudui")[0]
    town.says("wuye", "chen", "报到 1")
    town.says(None, "liudui", "报到 1")
    town.says("wuye", "chen", "办结 1 换了水泵")
    (refused,) = town.says("staff", "zhao", "办结 1 来水了")
    assert refused.text == "@赵主任 #1 吹哨还没完(区城管局),事不完、人不走,不能办结。"
    town.says(None, "liudui", "办结 1 路面恢复了")
    town.says("staff", "zhao", "销哨 1 物业 5 5 5,城管局 4 5 5")
    said = town.says("staff", "zhao", "办结 1 来水了")
    assert texts(said, "grid1")[0].startswith("#1 已办结:来水了")


def test_hard_ones_have_a_leader_who_supervises(town: Town) -> None:
    """督办难事."""
    town.says("grid1", "wang", "小区路面坑坑洼洼没人修,两百多户出行不便")
    said = town.passes(seconds=45)
    assert texts(said, to="zhou") == [
        (
            "百安坝#1【道路·难事】 按规定由你督办:小区路面坑坑洼洼没人修,两百多户出行不便\n"
            "督办到 4月14日:时间过半和到期时提醒,办结时告诉你。"
        )
    ]
    (news,) = town.says("grid1", "limin", "@哨子 受理 1")
    assert news.text == "#1 已受理,4月14日 18:00 前办结。@王姐"


@pytest.mark.parametrize("name", ["自治小事", "联办大事", "督办难事"])
def test_grades_go_by_their_full_names_too(town: Town, name: str) -> None:
    town.report("wang", "3栋2单元电梯坏了,没人修")
    other = "大事" if name == "自治小事" else "小事"  # what it is already changes nothing
    town.says("staff", "limin", f"转级 1 {other}")
    town.passes(minutes=31)
    said = town.says("staff", "limin", f"转级 1 {name}")
    assert f"转为{name[2:]}" in texts(said, "staff")[0]
