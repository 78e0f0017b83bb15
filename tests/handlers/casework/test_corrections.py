"""What staff put right, and what is learned from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


def corrected(town: Town) -> list[tuple[str, str, str]]:
    """Return the corrections that are kept: what was said, what it was taken for, what it is."""
    with town.store.read() as uow:
        return [(row.text, row.was, row.now) for row in uow.corrections.all_of_them()]


def test_another_category_is_remembered(town: Town) -> None:
    town.report("wang", "5栋门口路灯不亮好几天了")
    town.says("grid1", "limin", "@哨子 改类 1 供电")
    assert corrected(town) == [("5栋门口路灯不亮好几天了", "城乡建设/路灯", "城乡建设/供电")]


def test_what_is_no_appeal_goes_without_a_word(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修", id="x1")
    said = town.says("grid1", "limin", "这不是诉求", quote="x1", after=4)
    assert texts(said) == ["@李敏 #1 不是诉求,撤了,记着学。"]
    assert texts(town.passes(minutes=1)) == []
    assert town.state(1) == "withdrawn"
    assert corrected(town) == [("3栋2单元电梯坏了没人修", "城乡建设/电梯", "chat")]


def test_it_can_be_said_later_and_taken_back(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    said = town.says("staff", "zhao", "不是诉求 1")
    assert texts(said, "staff") == ["@赵主任 #1 不是诉求,撤了,记着学。"]
    assert texts(said, to="limin") == ["#1【电梯·小事】3栋2单元 已撤回,不用办了。"]
    town.says("staff", "zhao", "@哨子 撤销")
    assert town.state(1) == "reported"


def test_a_resident_cannot_say_so(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.says("grid1", "liu", "这不是诉求", quote="m1")
    assert town.state(1) == "reported"
    town.says("grid1", "liu", "@哨子 不是诉求 1")
    assert town.state(1) == "reported"
    assert corrected(town) == []


def test_what_it_is_already_changes_nothing(town: Town) -> None:
    town.report()
    (answer,) = town.says("staff", "limin", "改类 1 电梯")
    assert answer.text == "@李敏 #1 本来就是【电梯】,没有变。"
    (answer,) = town.says("staff", "limin", "转级 1 小事")
    assert answer.text == "@李敏 #1 本来就是小事,没有变。"
    assert town.passes(minutes=40) == []
