"""自办私事: answered alone; a case only when asked for; what harms others is never private."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.context import Reach
from tests.town import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

PENSION = "我的退休金三个月没到账了,没人管"


def test_a_private_matter_is_answered_alone_and_is_no_case(town: Town) -> None:
    (answer,) = town.says("grid1", "wang", PENSION)
    assert (answer.room, answer.to) == (None, "wang")
    assert answer.text.startswith("社保、退休待遇拨 12333")
    assert answer.text.endswith("一天内回:立案")
    assert town.passes(minutes=5) == []
    assert town.state(1) == "none"


def test_the_same_answer_is_given_once_a_day(town: Town) -> None:
    town.says("grid1", "wang", PENSION)
    assert town.says("grid1", "wang", PENSION, after=600) == []
    town.passes(days=1)
    assert len(town.says("grid1", "wang", PENSION)) == 1


def test_who_asks_gets_a_case_of_which_the_group_hears_nothing(town: Town) -> None:
    town.says("grid1", "wang", PENSION)
    town.says(None, "wang", "立案", after=3600)
    said = town.passes(seconds=45)
    assert {(s.room, s.to) for s in said} == {(None, "wang"), (None, "limin")}
    assert texts(said, to="wang") == ["已记为 #1,11:00 前受理,只单独跟你说。"]
    assert "建议私事:只关本人。" in texts(said, to="limin")[0]
    said = town.says("staff", "limin", "受理 1")
    assert {s.room for s in said} == {None, "staff"}
    (answer,) = town.says("grid1", "liu", "@哨子 进度 1")
    assert "这里没有" in answer.text
    assert town.says("grid1", "liu", "我家也是") == []
    said = town.says("grid1", "limin", "@哨子 办结 1 陪着去补发了")
    assert all("补发" not in text for text in texts(said, "grid1"))
    assert "补发" in texts(said, to="wang")[0]


def test_after_a_day_it_is_too_late_to_ask(town: Town) -> None:
    town.says("grid1", "wang", PENSION)
    town.passes(days=1, minutes=1)
    town.says("grid1", "wang", "立案")
    town.passes(seconds=45)
    assert town.state(1) == "none"


def test_nobody_asks_for_somebody_else(town: Town) -> None:
    town.says("grid1", "wang", PENSION)
    assert town.says("grid1", "liu", "立案") == []
    town.passes(seconds=45)
    assert town.state(1) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "我们楼三十多户的退休金三个月没到账了,没人管",
        "3栋2单元电梯坏了,没人修",
    ],
)
def test_what_concerns_others_is_a_case(town: Town, text: str) -> None:
    town.report("wang", text)
    assert town.state(1) == "reported"


def test_a_place_names_its_own_private_matters(make_town: Callable[..., Town]) -> None:
    town = make_town(config="private_matters: [{categories: [城乡建设/电梯], answer: 找电梯公司 400。}]")
    (answer,) = town.says("grid1", "wang", "3栋2单元电梯坏了,没人修")
    assert answer.text.startswith("找电梯公司 400。")
    town.report("liu", PENSION)
    assert town.state(1) == "reported"


def test_where_nobody_can_be_told_alone_the_group_reads_no_details(make_town: Callable[..., Town]) -> None:
    town = make_town(reach=Reach(private=False))
    (said,) = town.says("grid1", "wang", PENSION)
    assert said.text == "@王姐 这个不便在群里说,请到哨子的网页上看。"
    town.says("grid1", "wang", "立案")
    said, *_ = town.passes(seconds=45)
    assert said.text == "@王姐 已记为 #1,11:00 前受理,只单独跟你说。"


def test_a_private_matter_that_is_recalled_is_gone(town: Town) -> None:
    town.says("grid1", "wang", PENSION, id="p1")
    town.says("grid1", "wang", kind="recall", quote="p1")
    assert "退休金" not in town.dump()


def test_who_asks_the_bot_where_to_turn_is_told(town: Town) -> None:
    (answer,) = town.says(None, "wang", "社保卡丢了怎么办")
    assert answer.text.startswith("社保、退休待遇拨 12333")
    (answer,) = town.says("grid1", "wang", "@哨子 身份证怎么补办")
    assert (answer.to, answer.text[:2]) == ("wang", "户口")
    assert town.says("grid1", "wang", "身份证照片哪家拍得好看呀") == []  # asked of the neighbours
    assert town.state(1) == "none"
