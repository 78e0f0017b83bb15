"""Which case is meant where no number is said: a unit with one case on its hands means that one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.town import Town


@pytest.fixture
def given(town: Town) -> Town:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.says("grid1", "limin", "@哨子 派单 1 万邦物业")
    town.news()
    return town


@pytest.mark.parametrize("room", ["wuye", None])
@pytest.mark.parametrize(
    ("said", "state"),
    [("办理 师傅下午到", "in_progress"), ("办结 换了主板", "resolved"), ("退单 不归我们管", "accepted")],
)
def test_the_only_one_on_a_unit_s_hands(given: Town, room: str | None, said: str, state: str) -> None:
    given.says(room, "chen", said)
    assert given.state(1) == state


def test_of_two_the_number_is_asked(given: Town) -> None:
    given.report("liu", "5栋门口路灯不亮好几天了")
    given.says("grid1", "limin", "@哨子 派单 2 万邦物业")
    given.news()
    (answer,) = given.says("wuye", "chen", "办结 换了主板")
    assert answer.text.startswith("@小陈 办结要带编号")
    assert (given.state(1), given.state(2)) == ("assigned", "assigned")


def test_staff_say_the_number_though_there_is_one_case_only(given: Town) -> None:
    (answer,) = given.says(None, "limin", "办结 换了主板")
    assert answer.text.startswith("办结要带编号")


def test_a_unit_checks_in_to_the_only_whistle_that_calls_it(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.says(None, "zhao", "吹哨 1 万邦物业")
    town.news()
    told = town.says("wuye", "chen", "报到")
    assert any("#1 万邦物业已报到" in one.text for one in told)


def test_of_several_wishes_the_quoted_one_is_meant(town: Town) -> None:
    town.says("grid1", "wang", "大家早")
    town.says("grid1", "liu", "大家早")
    (question,) = [s for s in town.says(None, "liu", "党员报到 3栋") if s.to == "zhao"]
    town.says(None, "zhao", "是", quote=question.id)
    said = []
    for number, wish in enumerate(("一副老花镜", "一盏台灯"), start=1):
        town.says(None, "wang", f"心愿 {wish}")
        said += [s for s in town.says(None, "zhao", f"心愿 发布 {number}") if s.room == "grid1"]
    town.says("grid1", "liu", "@哨子 认领", quote=said[0].id)
    with town.store.read() as uow:
        states = [uow.volunteers.get_wish(number).state.value for number in (1, 2)]
    assert states == ["claimed", "published"]
