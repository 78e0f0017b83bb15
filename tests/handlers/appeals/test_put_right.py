"""说错了:件跟着挪地方,办的人知道,群里改过来——几小时后也算."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


def _where(town: Town, number: int = 1) -> tuple[str | None, str | None]:
    with town.store.read() as uow:
        place = list(uow.cases.everything())[number - 1].place
    return place.building, place.unit


def test_within_the_hold_one_message_says_the_right_place(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元楼道灯不亮了")
    town.says("grid1", "wang", "打错了,是1单元", after=4)
    (said,) = texts(town.passes(seconds=15), "grid1")
    assert "3栋1单元楼道" in said


def test_after_it_was_said_the_group_hears_the_right_place_and_the_leader_too(town: Town) -> None:
    town.report("liu", "3栋2单元楼道灯不亮了")
    said = town.says("grid1", "liu", "说错了是5栋", after=60) + town.passes(seconds=15)
    assert texts(said, "grid1") == ["@刘婶 改好了:#1【路灯·小事】5栋楼道。"]
    assert texts(said, to="limin") == ["#1【路灯·小事】5栋楼道 刘婶更正了自己的话:说错了是5栋"]
    assert _where(town) == ("5", None)


@pytest.mark.parametrize("room", ["grid1", None])
def test_an_hour_later_who_has_it_in_hand_hears_it_once(town: Town, room: str | None) -> None:
    town.report("liu", "3栋2单元楼道灯不亮了")
    town.says(None, "limin", "派单 1 物业")
    town.passes(hours=1)
    said = town.says(room, "liu", "说错了,不是3栋是5栋") + town.passes(seconds=15)
    assert [s.text for s in said if s.room == "wuye"] == [
        "#1【路灯·小事】5栋楼道 刘婶更正了自己的话:说错了,不是3栋是5栋"
    ]
    assert not [s for s in said if s.to in ("chen", "luo", "limin")]
    assert [s.text.removeprefix("@刘婶 ") for s in said if s.room == "grid1" or s.to == "liu"] == [
        "改好了:#1【路灯·小事】5栋楼道。"
    ]
    assert _where(town) == ("5", None)


def test_of_what_was_raised_alone_nothing_is_said_in_the_group(town: Town) -> None:
    town.says("grid1", "liu", "早上好")
    town.says(None, "liu", "3栋2单元楼道灯不亮了", after=5)
    town.passes(minutes=10)
    assert texts(town.says("grid1", "liu", "说错了,是5栋"), "grid1") == []
    assert _where(town) == ("3", "2")


@pytest.mark.parametrize("talk", ["说错了,是周五开学", "打错字了哈哈", "不是我说的,是他说的"])
def test_what_says_no_place_moves_nothing(town: Town, talk: str) -> None:
    town.report("liu", "3栋2单元楼道灯不亮了")
    town.passes(minutes=10)
    assert town.says("grid1", "liu", talk) + town.passes(seconds=15) == []
    assert _where(town) == ("3", "2")


def test_another_matter_put_right_moves_none_of_before(town: Town) -> None:
    town.report("liu", "3栋2单元楼道灯不亮了")
    town.passes(minutes=10)
    town.says("grid1", "liu", "更正一下,5栋门口垃圾堆成山没人收")
    town.passes(seconds=45)
    assert _where(town) == ("3", "2")
    assert _where(town, 2) == ("5", None)


def test_where_one_lives_says_where_the_matter_lies_that_was_just_raised(town: Town) -> None:
    town.says("grid1", "liu", "早上好")
    town.says(None, "liu", "我家厨房下水堵了", after=5)
    said = town.says(None, "liu", "住5栋1单元", after=30) + town.passes(seconds=15)
    assert [s.text for s in said if s.to == "liu"] == ["已补记在 #1 里。"]
    assert _where(town) == ("5", "1")
