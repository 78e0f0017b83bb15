"""天津北辰“一核引领、一网覆盖、六治融合”: 全科网格员发现 → 处置 → 办结一条线."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

WORKER = "people: [{name: 小何, accounts: [{channel: web, id: he}], duties: [{role: grid_worker, area: g1}]}]"


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    town = make_town(ROSTER, config="governance: {preset: beichen}")
    town.learn(WORKER)
    return town


def test_one_worker_finds_handles_and_closes(town: Town) -> None:
    """网格处置."""
    town.says("grid1", "wang", "5栋门口路灯不亮好几天了")
    said = town.passes(seconds=45)
    assert texts(said, "grid1") == ["@王姐 记为 #1【路灯·网格事】5栋门口。已告知网格员小何,11:00 前受理。"]
    town.says(None, "he", "受理 1")
    town.says(None, "he", "办理 1 灯泡已买到")
    said = town.says(None, "he", "办结 1 换了灯泡")
    assert texts(said, "grid1")[0].startswith("#1 已办结:换了灯泡")


def test_without_a_worker_the_leader_stands_in(town: Town) -> None:
    town.says("grid2", "li8", "8栋门口路灯不亮好几天了")
    said = town.passes(seconds=45)
    assert {s.to for s in said if s.room is None} == {"wangqiang"}


def test_the_officer_joins(town: Town) -> None:
    """社区协同."""
    town.says("grid1", "wang", "3栋整栋停水了没人管")
    said = town.passes(seconds=45)
    assert "·社区事】" in texts(said, "grid1")[0]
    assert "zhao" in {s.to for s in said}


def test_what_the_community_cannot_do_goes_up(town: Town) -> None:
    """街镇吹哨."""
    town.report("wang", "5栋门口路灯不亮好几天了")
    town.says("staff", "limin", "受理 1")
    said = town.says("staff", "limin", "转级 1 上报事")
    assert texts(said, "grid1") == ["#1 转为上报事,4月14日 18:00 前办结。@王姐"]
    assert {"zhao", "zhou"} <= {s.to for s in said}
    said = town.says(None, "zhou", "吹哨 1 城管局 路灯线路归市政")  # the street's leader may whistle
    assert "liudui" in {s.to for s in said}
