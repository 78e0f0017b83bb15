"""山西大同平城“红色网格”: 一类物业直接办, 二类物管会协调, 三类多方协商; 街道吹哨, 事不完人不走."""

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
rooms:
  - {channel: web, id: wuguan, topic: 物管会群, kind: department, organisation: 百安坝物管会}
people:
  - {name: 何会长, accounts: [{channel: web, id: he}], organisation: 百安坝物管会}
"""


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    town = make_town(ROSTER, config="governance: {preset: pingcheng}")
    town.learn(COMMITTEE)
    return town


def test_the_property_company_handles_directly(town: Town) -> None:
    """一类."""
    town.says("grid1", "wang", "3栋2单元电梯坏了,没人修")
    said = town.passes(seconds=45)
    assert texts(said, "grid1") == [
        "@王姐 记为 #1【电梯·一类】3栋2单元。已告知万邦物业、网格长李敏,11:00 前受理。"
    ]
    assert texts(said, "wuye") == [
        (
            "#1【电梯·一类】3栋2单元 归你们直接办,11:00 前受理。\n3栋2单元电梯坏了,没人修\n"
            "受理发:受理 1;办好发:办结 1 结果。不归你们办,请告诉网格长"
        )
    ]
    town.says("wuye", "chen", "受理 1")
    said = town.says("wuye", "chen", "办结 1 换了主板")
    assert texts(said, "grid1")[0].startswith("#1 已办结:换了主板")
    said = town.says("grid1", "wang", "1")
    assert town.state(1) == "closed"


def test_the_property_committee_coordinates(town: Town) -> None:
    """二类."""
    town.says("grid1", "wang", "3栋整栋停水了没人管")
    said = town.passes(seconds=45)
    assert "供水·二类" in texts(said, "grid1")[0]
    assert "归你们直接办" in texts(said, "wuguan")[0]
    assert texts(said, "wuye") == []
    town.says("wuguan", "he", "受理 1")
    town.says("wuguan", "he", "办结 1 和自来水公司谈好,已来水")
    assert town.state(1) == "resolved"


def test_many_sides_and_the_street_s_whistle(town: Town) -> None:
    """三类."""
    town.says("grid1", "wang", "小区路面坑坑洼洼没人修,两百多户出行不便")
    said = town.passes(seconds=45)
    assert "道路·三类" in texts(said, "grid1")[0]
    assert {s.to for s in said if s.room is None} == {"limin", "zhao", "zhou"}
    town.says("staff", "zhao", "吹哨 1 城管局,物业,物管会 路面开挖谁来修")
    (refused,) = town.says("staff", "zhao", "销哨 1")
    assert refused.text == "@赵主任 区城管局、万邦物业、百安坝物管会还没来。不用来的先发:销哨 1 免到 单位"
    town.says(None, "liudui", "报到 1")
    town.says("wuye", "chen", "报到 1")
    town.says("wuguan", "he", "报到 1")
    (answer,) = town.says("staff", "zhao", "进度 1")
    assert "区城管局:08:00 叫,08:00 到,在办" in answer.text


def test_a_place_without_a_committee_leaves_it_to_the_leader(make_town: Callable[..., Town]) -> None:
    town = make_town(ROSTER, config="governance: {preset: pingcheng}")
    town.says("grid1", "wang", "3栋整栋停水了没人管")
    said = town.passes(seconds=45)
    assert "已告知网格长李敏" in texts(said, "grid1")[0]
