"""What one message raises, and what a line points back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town


def test_two_matters_in_one_message_are_two_cases(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯又坏了没人修。另外5栋门口路灯不亮好几天了")
    (ack,) = [said for said in town.passes(seconds=10) if said.room == "grid1"]
    assert ack.text.startswith("@王姐 记为 #1【电梯·小事】3栋2单元;#2【路灯·小事】5栋门口。")
    assert [line.text for line in town.appeal_of("wang")] == ["另外5栋门口路灯不亮好几天了"]


def test_a_picture_before_two_matters_goes_with_the_first(town: Town) -> None:
    town.says("grid1", "wang", "[图片]", kind="image", media="a.jpg")
    town.says("grid1", "wang", "3栋2单元电梯又坏了没人修。另外5栋门口路灯不亮好几天了", after=5)
    (ack,) = [said for said in town.passes(seconds=10) if said.room == "grid1"]
    assert ack.cases == ("百安坝#1", "百安坝#2")
    with town.store.read() as uow:
        kept = [[line.media for line in uow.appeals.lines(number)] for number in (1, 2)]
    assert kept == [["a.jpg", None], [None]]


def test_quoting_such_a_message_one_is_asked_which(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯又坏了没人修。另外5栋门口路灯不亮好几天了", id="two")
    town.passes(seconds=10)
    (answer,) = town.says("grid1", "limin", "@哨子 受理", quote="two")
    assert "#1、#2" in answer.text


def test_recalling_such_a_message_takes_both_back(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯又坏了没人修。另外5栋门口路灯不亮好几天了", id="two")
    town.says("grid1", "wang", "", kind="recall", quote="two", after=5)
    assert texts(town.passes(minutes=1)) == []


def test_the_matter_of_yesterday_is_not_raised_again(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修")
    town.passes(hours=26)
    town.news()
    town.says("grid1", "wang", "就是昨天说的那个")
    assert texts(town.passes(minutes=1)) == []
    assert [line.text for line in town.appeal_of("wang")] == ["就是昨天说的那个"]
    town.says("grid1", "wang", "还是昨天说的那个电梯,没人来修", after=600)
    assert not any("记为" in said for said in texts(town.passes(minutes=1)))


def test_nobody_else_s_matter_is_meant(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修")
    town.passes(hours=26)
    town.news()
    town.says("grid1", "liu", "就是昨天说的那个")
    assert texts(town.passes(minutes=1)) == []
    with town.store.read() as uow:
        assert uow.inbox.rows()[-1].text is None  # chat is not kept


def test_a_quarrel_is_not_taken_apart_so_that_half_of_it_is_told_in_the_group(town: Town) -> None:
    said = town.says("grid1", "wang", "楼上空调外机滴水滴到我家遮阳棚,说了还骂人,吵死了")
    said += town.passes(seconds=15)
    assert [s for s in said if s.room == "grid1"] == []
    with town.store.read() as uow:
        assert len(list(uow.cases.everything())) == 1
