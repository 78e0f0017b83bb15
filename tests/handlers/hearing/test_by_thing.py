"""Staff name a case by what is wrong: its thing, its building; where that fits several they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.town import Town


@pytest.fixture
def three(town: Town) -> Town:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.passes(minutes=20)
    town.report("liu", "3栋楼下路灯坏了好久没人修")
    town.passes(minutes=20)
    town.report("wang", "5栋路灯也不亮了,黑得吓人")
    town.news()
    return town


@pytest.mark.parametrize(
    ("who", "said", "number", "state"),
    [
        ("limin", "把电梯那件派给物业", 1, "assigned"),
        ("limin", "电梯的事 受理", 1, "accepted"),
        ("limin", "3栋路灯 受理", 2, "accepted"),
        ("limin", "5栋那件派给物业", 3, "assigned"),
        ("limin", "5栋路灯的问题转给物业去处理", 3, "assigned"),
        ("zhao", "电梯的督办一下", 1, "reported"),
    ],
)
def test_what_fits_one_case_is_that_case(three: Town, who: str, said: str, number: int, state: str) -> None:
    told = three.says(None, who, said)
    assert any(f"#{number} " in one.text or f"#{number}【" in one.text for one in told)
    assert three.state(number) == state
    assert [three.state(n) for n in (1, 2, 3) if n != number] == ["reported"] * 2


def test_what_fits_several_is_asked_about(three: Town) -> None:
    (answer,) = three.says(None, "limin", "路灯 受理")
    assert answer.text == "「路灯」有好几件:#2、#3。请写编号。"


@pytest.mark.parametrize(
    "said", ["水管 受理", "今天受理了好多", "物业说下午来修", "居民反映办理太慢", "你受理一下"]
)
def test_what_fits_none_does_nothing(three: Town, said: str) -> None:
    three.says(None, "limin", said)
    three.passes(minutes=1)
    assert [three.state(n) for n in (1, 2, 3, 4)] == ["reported"] * 3 + ["none"]


def test_a_unit_names_what_was_given_to_it(three: Town) -> None:
    three.says(None, "limin", "派单 1 万邦物业")
    three.says(None, "chen", "电梯修好了,换了主板")
    assert three.state(1) == "resolved"
    three.says(None, "chen", "路灯修好了")  # not theirs
    assert three.state(2) == "reported"


def test_a_resident_names_nothing_so(three: Town) -> None:
    three.says(None, "wang", "电梯修好了")
    three.says("grid1", "wang", "@哨子 把电梯那件派给物业")
    assert three.state(1) == "reported"


def test_b6_a_question_names_its_case_by_what_is_wrong(three: Town) -> None:
    three.says(None, "limin", "巡查 3栋 消防通道堵了")
    (answer,) = three.says(None, "limin", "3栋电梯修好了吗")
    assert answer.text.startswith("#1【电梯")
    (answer,) = three.says("grid1", "limin", "@哨子 路灯什么时候修")
    assert "#2、#3" in answer.text


def test_b6_who_has_several_asks_for_one_by_its_name(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.report("wang", "5栋门口垃圾没人清")
    (answer,) = town.says("grid1", "wang", "@哨子 垃圾有人管没有")
    assert "#2【环境卫生" in answer.text


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("3栋灯泡换好了", 2),
        ("5栋路灯修好了", 3),
        ("路灯修好了", None),  # two of them: which is asked
        ("4号灯泡换好了", None),
        ("栏杆焊好了", None),
    ],
)
def test_a_unit_in_its_room_names_what_it_has_in_hand(three: Town, said: str, done: int | None) -> None:
    three.says("staff", "limin", "派单 1 2 3 物业")
    three.says("wuye", "chen", said)
    assert [n for n in (1, 2, 3) if three.state(n) == "resolved"] == ([done] if done else [])


def test_in_the_staff_room_one_says_which_case(three: Town) -> None:
    three.says("staff", "limin", "把电梯那件派给物业")
    assert three.state(1) == "assigned"
    assert three.says("staff", "limin", "电梯修好了") == []
    assert three.says("staff", "limin", "快递派给谁了") == []
    three.says("staff", "limin", "3栋路灯派给物业")
    assert three.state(2) == "assigned"
    assert three.state(1) == "assigned"
