"""分级办理: a grade sets who is told, who handles, which deadlines run, who supervises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

COMMITTEE = """
organisations:
  - {name: 百安坝物管会, kind: committee, aliases: [物管会], area: "1.1.1"}
people:
  - {name: 何会长, accounts: [{channel: web, id: he}], organisation: 百安坝物管会}
"""
WHOLE = "3栋整栋停水了没人管"


@pytest.fixture
def pingcheng(make_town: Callable[..., Town]) -> Town:
    town = make_town(ROSTER, config="governance: {preset: pingcheng}")
    town.learn(COMMITTEE)
    return town


def told(town: Town, who: str, text: str) -> dict[str | None, str]:
    town.says("grid1", who, text)
    return {s.to: s.text for s in town.passes(seconds=45)}


def test_a_small_matter_is_the_grid_leader_s(town: Town) -> None:
    said = told(town, "wang", "3栋2单元电梯坏了,没人修")
    assert set(said) == {None, "limin"}
    assert "建议" not in said["limin"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (WHOLE, "建议大事:整栋供水。"),
        ("小区路面坑坑洼洼没人修,三十多户出行不便", "建议大事:30 户(人)受影响。"),
        ("5栋外墙瓷砖掉下来差点砸到人", "建议大事:房屋质量有安全隐患。"),
        ("楼顶违章搭建没人管", "建议大事:违建要几家一起办。"),
        ("小区路面坑坑洼洼没人修,两百多户出行不便", "建议难事:200 户(人)受影响。"),
    ],
)
def test_the_reason_of_a_grade_is_said_to_the_leader_alone(town: Town, text: str, why: str) -> None:
    said = told(town, "wang", text)
    assert why in said["limin"]
    assert "建议" not in said[None]
    assert set(said) >= {None, "limin", "zhao"}  # the officer hears of it, too


def test_a_hard_one_is_told_to_the_supervisor(town: Town) -> None:
    said = told(town, "wang", "小区路面坑坑洼洼没人修,两百多户出行不便")
    assert said["zhou"].startswith("百安坝#1【道路·难事】")
    assert "已告知网格长李敏、社区干部赵主任" in said[None]


def test_another_grade_changes_the_clock_and_who_is_told(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "受理 1")
    said = town.says("staff", "limin", "转级 1 难事")
    assert texts(said, "grid1") == ["#1 转为难事,4月14日 18:00 前办结。@王姐"]
    assert {s.to for s in said if s.room is None} == {"zhao", "zhou"}
    said = town.says("staff", "limin", "转级 1 小事")
    assert texts(said, "grid1") == ["#1 转为小事,3月5日 18:00 前办结。@王姐"]
    said = town.says("staff", "limin", "转级 1 难事")
    assert {s.to for s in said if s.room is None} == {"zhao"}  # the supervisor knows
    town.says("staff", "limin", "@哨子 撤销")
    (answer,) = town.says("grid1", "wang", "@哨子 进度 1")
    assert "小事" in answer.text
    assert "3月5日 18:00 前办结" in answer.text


def test_each_grade_s_deadlines_can_be_a_place_s_own(make_town: Callable[..., Town]) -> None:
    town = make_town(config="governance: {grades: {minor: {accept: 30m, resolve: 1d, names: [快办]}}}")
    town.says("grid1", "wang", "3栋2单元电梯坏了,没人修")
    ack, *_ = town.passes(seconds=45)
    assert "电梯·快办" in ack.text
    assert "09:30 前受理" in ack.text
    (news,) = town.says("grid1", "limin", "@哨子 受理 1")
    assert "3月3日 18:00 前办结" in news.text


def test_what_the_property_handles_directly_is_told_to_it(pingcheng: Town) -> None:
    pingcheng.says("grid1", "wang", "3栋2单元电梯坏了,没人修")
    said = pingcheng.passes(seconds=45)
    assert texts(said, "grid1") == [
        "@王姐 记为 #1【电梯·一类】3栋2单元。已告知万邦物业、网格长李敏,11:00 前受理。"
    ]
    assert "归你们直接办" in texts(said, "wuye")[0]
    said = pingcheng.says("wuye", "chen", "受理 1")
    assert texts(said, "grid1") == ["#1 已派给万邦物业,3月5日 18:00 前办结。@王姐"]
    assert texts(said, "wuye") == ["#1 已派给万邦物业,3月5日 18:00 前办结。"]
    pingcheng.says("wuye", "chen", "办结 1 换了主板")
    assert pingcheng.state(1) == "resolved"


def test_the_property_may_hand_it_back(pingcheng: Town) -> None:
    pingcheng.report()
    pingcheng.says("wuye", "chen", "受理 1")
    said = pingcheng.says("wuye", "chen", "退单 1 保修期内,归厂家")
    assert "被退单" in texts(said, to="limin")[0]
    (refused,) = pingcheng.says("wuye", "chen", "办结 1 好了")
    assert "不归你管" in refused.text or "没有" in refused.text


def test_who_is_late_to_take_it_in_is_the_property(pingcheng: Town) -> None:
    pingcheng.report()
    said = pingcheng.until("2026-03-02 11:00:01")
    assert "wuye" in {s.room for s in said}


def test_another_grade_goes_to_another_organisation(pingcheng: Town) -> None:
    pingcheng.report()
    said = pingcheng.says("staff", "limin", "转级 1 二类")
    assert "归你们直接办" in texts(said, to="he")[0]
    (refused,) = pingcheng.says("wuye", "chen", "@哨子 受理 1")
    assert "不归你管" in refused.text or "没有" in refused.text
    pingcheng.says(None, "he", "受理 1")
    assert pingcheng.state(1) == "assigned"


def test_a_dispute_is_no_organisation_s_business(pingcheng: Town) -> None:
    said = told(pingcheng, "wang", "隔壁3栋401把鞋柜堆在我家门口,说了不听还骂人")
    assert set(said) == {"wang", "feng"}


def test_what_concerns_others_is_never_made_private(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.report("liu", "3栋2单元电梯坏了怎么还没人来修")
    (answer,) = town.says("staff", "limin", "转级 1 私事")
    assert answer.text == "@李敏 #1 关系到别人,不能转为私事。"


def test_words_that_come_later_change_the_path(town: Town) -> None:
    town.says("grid1", "wang", "我们这里停水了没人管")
    town.says("grid1", "wang", "整栋楼都没水,3栋", after=4)
    said = {s.to: s.text for s in town.passes(seconds=45)}
    assert "供水·大事】3栋" in said[None]
    assert set(said) == {None, "limin", "zhao"}


def test_what_a_visit_hears_goes_its_way_too(pingcheng: Town) -> None:
    said = pingcheng.says(None, "limin", "走访 记录 3栋501 王奶奶 门口路灯不亮好几天了,晚上不敢下楼")
    assert "归你们直接办" in texts(said, "wuye")[0]


def test_an_emergency_has_a_ladder_of_its_own(pingcheng: Town) -> None:
    pingcheng.says("grid1", "wang", "5栋着火了快来人")
    pingcheng.passes(minutes=1)
    assert all("直接办" not in s.text for s in pingcheng.channel.said)
    pingcheng.says(None, "limin", "受理 1")
    assert pingcheng.state(1) == "accepted"


def test_nobody_has_in_hand_what_nobody_took_in(pingcheng: Town) -> None:
    pingcheng.report()
    (answer,) = pingcheng.says("grid1", "wang", "@哨子 进度 1")
    assert answer.text == "@王姐 #1【电梯·一类】3栋2单元:已上报\n11:00 前受理\n08:00 上报"
