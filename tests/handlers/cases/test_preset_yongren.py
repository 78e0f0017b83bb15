"""云南永仁“五个作用”: 第一时间发现、受理、办结、确认、反馈; 随手做; 大事四议两公开."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.domain.case import Grade
from data.domain.five_times import five_times
from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

WORKER = "people: [{name: 小何, accounts: [{channel: web, id: he}], duties: [{role: grid_worker, area: g1}]}]"


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    town = make_town(ROSTER, config="governance: {preset: yongren}")
    town.learn(WORKER)
    return town


def test_what_is_small_is_the_grid_worker_s(town: Town) -> None:
    """随手做."""
    town.says("grid1", "wang", "5栋门口路灯不亮好几天了")
    said = town.passes(seconds=45)
    assert texts(said, "grid1") == ["@王姐 记为 #1【路灯·小事】5栋门口。已告知网格员小何,11:00 前受理。"]
    assert {s.to for s in said if s.room is None} == {"he"}


def test_the_five_times_are_measured(town: Town) -> None:
    """五个第一时间."""
    town.report("wang", "5栋门口路灯不亮好几天了")
    town.until("2026-03-02 08:30")
    town.says("grid1", "he", "@哨子 受理 1")
    town.until("2026-03-02 10:00")
    town.says("grid1", "he", "@哨子 办结 1 换了灯泡")
    town.until("2026-03-02 10:05")
    town.says("grid1", "wang", "1")
    with town.store.read() as uow:
        times = five_times(uow.timeline.of_case(1))
    zone = town.house.policy.work.local
    measured = (times.found, times.accepted, times.resolved, times.fed_back, times.confirmed)
    assert [f"{zone(at):%H:%M}" for at in measured if at] == ["08:00", "08:30", "10:00", "10:00", "10:05"]


def test_great_matters_are_decided_by_a_meeting(town: Town) -> None:
    """大事."""
    town.report("wang", "3栋整栋停水了没人管")
    assert {s.to for s in town.channel.said if s.room is None} == {"limin", "zhao"}
    paths = town.house.policy.paths
    assert paths[Grade.MAJOR].meeting
    assert paths[Grade.MAJOR].names == ("大事", "四议两公开")
    assert not paths[Grade.MINOR].meeting


def test_mediation_has_a_success_rate(town: Town) -> None:
    """调解."""
    town.report("wang", "隔壁3栋401把鞋柜堆在我家门口,说了不听还骂人")
    town.says(None, "feng", "调解 1 成功 鞋柜搬回屋里")
    (answer,) = town.says("staff", "zhao", "@哨子 统计 本周")
    assert "调解 1 件,成功 1 件,成功率 100.0%。" in answer.text
