"""浙江嘉兴“网格连心、组团服务”: 走访全覆盖, 诉求全收集, 分级全办理, 事事有评价."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town


@pytest.fixture
def town(make_town: Callable[..., Town]) -> Town:
    return make_town(ROSTER, config="governance: {preset: jiaxing}")


def test_each_household_has_somebody_who_comes(town: Town) -> None:
    """走访全覆盖."""
    (answer,) = town.says(None, "limin", "走访 计划 李敏 3栋501 王奶奶 每季度")
    assert "每3个月走访 3栋501(王奶奶)" in answer.text
    said = town.until("2026-06-03 12:00")
    assert any("走访提醒:3栋501(王奶奶)" in text for text in texts(said, to="limin"))


def test_what_is_heard_at_the_door_is_a_case(town: Town) -> None:
    """诉求全收集."""
    (answer,) = town.says(None, "limin", "走访 记录 3栋501 王奶奶 门口路灯不亮好几天了,晚上不敢下楼")
    assert "听到的诉求记为 #1【路灯·网格办】" in answer.text
    assert all(s.room != "grid1" for s in town.passes(minutes=1))


@pytest.mark.parametrize(
    ("text", "grade", "told"),
    [
        ("5栋门口路灯不亮好几天了", "网格办", {"limin"}),
        ("3栋整栋停水了没人管", "社区办", {"limin", "zhao"}),
        ("小区路面坑坑洼洼没人修,两百多户出行不便", "街道办", {"limin", "zhao", "zhou"}),
    ],
)
def test_grid_community_street(town: Town, text: str, grade: str, told: set[str]) -> None:
    """分级全办理."""
    town.says("grid1", "wang", text)
    said = town.passes(seconds=45)
    assert f"·{grade}】" in texts(said, "grid1")[0]
    assert {s.to for s in said if s.room is None} == told


def test_everybody_who_raised_it_is_asked(town: Town) -> None:
    """效果全评价."""
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.report("liu", "3栋2单元电梯坏了怎么还没人来修")
    town.says("staff", "limin", "受理 1")
    said = town.says("staff", "limin", "办结 1 换了主板")
    assert "请回一个数" in texts(said, "grid1")[0]
    town.says(None, "wang", "1")
    assert town.state(1) == "resolved"
    town.says(None, "liu", "2")
    assert town.state(1) == "closed"
