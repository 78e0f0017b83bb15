"""主动治理: what comes back, or troubles many, is proposed once as a topic, to the officer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Said, Town

NEIGHBOURS = ("wang", "liu", "xiaowu", "zhou2", "he")


def proposed(said: list[Said]) -> list[tuple[str | None, str | None]]:
    return [(s.room, s.to) for s in said if "主动治理" in s.text]


def back_and_forth(town: Town, digit: str) -> list[Said]:
    said = town.says("wuye", "chen", "办结 1 修了")
    return said + town.says("grid1", "wang", digit)


def test_a_matter_that_comes_back_twice(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    assert proposed(back_and_forth(town, "4")) == []
    said = back_and_forth(town, "4")
    assert proposed(said) == [(None, "zhao")]
    (text,) = [s.text for s in said if "主动治理" in s.text]
    assert text == (
        "【主动治理】【电梯·小事】3栋2单元 办结后退回 2 次(#1),建议列为议题,从根上解决。"
        "要上会就到「第一网格居民群」发:@哨子 议事 周六晚上7点半 党群服务中心 3栋2单元电梯"
    )
    assert proposed(back_and_forth(town, "4")) == []  # once


def test_the_command_it_proposes_calls_a_meeting(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    back_and_forth(town, "4")
    (text,) = [s.text for s in back_and_forth(town, "4") if "主动治理" in s.text]
    (announced,) = town.says("grid1", "zhao", text[text.index("@哨子") :])
    assert announced.text.startswith("议事会 #1:3栋2单元电梯")


def test_five_people_in_a_fortnight_whoever_they_are(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了,没人修")
    town.report("liu", "3栋2单元电梯又坏了没人修")
    town.report("xiaowu", "3栋2单元的电梯又坏了,没人修")
    town.says("grid1", "luo9", "我家也是")  # a seconding raises nothing
    said = town.passes(minutes=1)
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 办结 1 修好了")
    town.says("grid1", "wang", "1")
    town.says("grid1", "liu", "1")
    town.says("grid1", "xiaowu", "1")
    town.passes(days=5)
    said = town.says("grid1", "zhou2", "3栋2单元电梯坏了,没人修")  # another case
    assert proposed(said + town.passes(minutes=1)) == []
    said = town.says("grid1", "he", "3栋2单元电梯坏了没人修,急人")
    assert proposed(said) == [(None, "zhao")]
    assert "半个月里 5 人反映(#1、#2)" in next(s.text for s in said if s.to == "zhao")
    town.passes(days=1)
    assert proposed(town.says("grid1", "feng", "3栋2单元电梯坏了没人修呀")) == []


def test_over_a_longer_time_five_are_no_wave(town: Town) -> None:
    said: list[Said] = []
    for who in NEIGHBOURS:
        said += town.says("grid1", who, "3栋2单元电梯坏了,没人修")
        said += town.passes(days=5)
    assert proposed(said) == []


def test_other_places_are_other_matters(town: Town) -> None:
    said: list[Said] = []
    for who, building in zip(NEIGHBOURS, (3, 5, 11, 12, 13), strict=True):
        said += town.says("grid1", who, f"{building}栋2单元电梯坏了,没人修")
    assert proposed(said) == []


def test_the_group_hears_nothing_of_it(town: Town) -> None:
    said: list[Said] = []
    for who in NEIGHBOURS:
        said += town.says("grid1", who, "3栋2单元电梯坏了,没人修")
    said += town.passes(hours=1)
    assert proposed(said) == [(None, "zhao")]
    assert not any("议题" in text for text in texts(said, "grid1"))
