"""催办:谁手上的告诉谁;居民说的催办是问进度."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


@pytest.mark.parametrize("said", ["催办 1", "催一下1", "1号催一催"])
def test_the_unit_is_told_to_get_on_with_it(town: Town, said: str) -> None:
    town.report()
    town.says("staff", "limin", "派单 1 物业")
    told = town.says("staff", "limin", said)
    assert texts(told, "wuye") == [
        "#1【电梯·小事】3栋2单元 李敏催办,3月5日 18:00 前办结,请抓紧。\n有进展发:办理 1 进展"
    ]
    assert texts(told, "staff") == ["@李敏 #1 已催万邦物业。"]
    assert texts(told, "grid1") == []


def test_words_go_with_it(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "派单 1 物业")
    assert "老人下不了楼" in texts(town.says("staff", "zhao", "催办 1 老人下不了楼"), "wuye")[0]


def test_who_has_not_taken_it_in_is_urged(town: Town) -> None:
    town.report()
    assert any("赵主任催办" in text for text in texts(town.says("staff", "zhao", "催办 1"), to="limin"))


def test_one_s_own_and_what_is_over_are_not_urged(town: Town) -> None:
    town.report()
    town.says("staff", "limin", "受理 1")
    assert texts(town.says("staff", "limin", "催办 1"), "staff") == ["@李敏 #1 就在你手上,没有别人可催。"]
    town.says("staff", "limin", "办结 1 好了")
    assert texts(town.says("staff", "limin", "催办 1"), "staff") == ["@李敏 #1 现在是已办结,不用催了。"]


def test_without_a_number_it_is_asked_for(town: Town) -> None:
    assert texts(town.says("staff", "limin", "催办所有"), "staff")[0].startswith("@李敏 催办要带编号")


def test_a_resident_who_urges_asks_how_it_goes(town: Town) -> None:
    town.report()
    (answer,) = town.says(None, "wang", "催办 1")
    assert answer.text.startswith("#1【电梯·小事】3栋2单元:已上报")
