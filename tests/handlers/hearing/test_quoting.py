"""Quotations that come as words: what the bot said, and appeals, are found in the store however long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.town import texts

if TYPE_CHECKING:
    from tests.town import Town

LIFT = "3栋2单元电梯坏了,没人修"


def test_what_the_bot_said_is_found_whatever_was_said_since(town: Town) -> None:
    town.says("grid1", "wang", LIFT)
    (ack,) = [s for s in town.passes(seconds=20) if s.room == "grid1"]
    for number in range(250):
        town.says("grid1", "liu", f"今天天气不错 {number}", after=7)
    said = town.says("grid1", "limin", "收到", quoted=ack.text.replace(" ", "\u2005", 1))
    assert texts(said, "grid1")[0].startswith("#1 已受理")


def test_an_appeal_is_found_and_a_quotation_cut_short(town: Town) -> None:
    town.says("grid1", "wang", f"@哨子 {LIFT}\n急人", id="a1")
    town.passes(seconds=20)
    said = town.says("grid1", "limin", "我来", quoted="@哨子 3栋2单元电梯坏了…")
    assert texts(said, "grid1")[0].startswith("#1 已受理")


def test_the_last_of_two_that_say_the_same_is_meant(town: Town) -> None:
    town.report("wang", "5栋门口路灯不亮好几天了")
    town.says("grid1", "limin", "@哨子 受理 1")
    town.says("grid1", "limin", "@哨子 不是诉求 1")
    town.report("wang", "5栋门口路灯不亮好几天了")
    said = town.says("grid1", "limin", "收到", quoted="5栋门口路灯不亮好几天了")
    assert texts(said, "grid1")[0].startswith("#2 已受理")


def test_one_of_several_lines_said_in_one_message(town: Town) -> None:
    town.says("grid1", "wang", LIFT)
    town.says("grid1", "liu", "5栋门口路灯不亮好几天了")
    (ack,) = [s for s in town.passes(seconds=45) if s.room == "grid1"]
    (answer,) = town.says("grid1", "limin", "受理", quoted=ack.text)
    assert answer.text.startswith("@李敏 这条说了好几件(#1、#2)")


def test_what_nobody_keeps_is_a_word_to_somebody_else(town: Town) -> None:
    town.report()
    town.says("grid1", "limin", "@哨子 派单 1 物业")
    town.says("wuye", "chen", "办结 1 换了主板")
    town.says("grid1", "liu", "周六去不去?1去 2不去")
    town.says("grid1", "wang", "1", quoted="周六去不去?1去 2不去")
    assert town.state(1) == "resolved"
    (question,) = [s for s in town.channel.said if "办得怎么样" in s.text]
    town.says("grid1", "wang", "1", quoted=question.text)
    assert town.state(1) == "closed"


def test_elsewhere_nothing_is_found(town: Town) -> None:
    town.report()
    assert town.says("grid2", "wangqiang", "收到", quoted=LIFT) == []
    assert town.state(1) == "reported"


def test_alone_too(town: Town) -> None:
    town.says("grid1", "wang", LIFT)
    said = town.passes(seconds=20)
    (notice,) = [s for s in said if s.to == "limin"]
    town.says(None, "limin", "收到", quoted=notice.text)
    assert town.state(1) == "accepted"
