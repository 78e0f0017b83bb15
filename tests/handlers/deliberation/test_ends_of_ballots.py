"""When a ballot ends: in time, while nobody looks, later than first said, not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.domain.messages import Inbound
from tests.handlers.deliberation.voting import OPEN, in_group, vote

if TYPE_CHECKING:
    from tests.town import Town


def test_a_vote_in_the_second_of_the_end_is_late(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    neighbours.until("2026-03-10 17:59:58")
    vote(neighbours, "wang", "同意")  # 17:59:59
    (result,) = in_group(neighbours.passes(seconds=1))
    (late,) = neighbours.says(None, "li", "投票 1 同意", name="李四", after=0)
    assert "同意 1 户" in result
    assert late.text == "表决 1 已经结束了,看结果发:表决 1"


def test_what_ends_while_the_bot_is_down_ends_as_of_then(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "wang", "同意")
    neighbours.until("2026-03-09 18:30")
    neighbours.clock.set(neighbours.clock.now().replace(day=10, hour=12))  # 20:00: nothing ticked meanwhile
    (result,) = in_group(neighbours.passes(seconds=1))
    assert result.startswith("[补发] 表决 1「加装电梯」结果:同意 1 户、反对 0 户、弃权 0 户。")
    (late,) = neighbours.says(None, "li", "投票 1 反对", name="李四")
    assert late.text == "表决 1 已经结束了,看结果发:表决 1"


def test_a_late_vote_that_comes_before_the_tick_does_not_count(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    neighbours.clock.set(neighbours.clock.now().replace(day=10, hour=12))
    late = Inbound("web", "late", neighbours.clock.now(), None, "li", "李四", "投票 1 反对")
    neighbours.parts.intake.take([late])
    said = neighbours.passes(seconds=1)
    assert "反对 0 户" in in_group(said)[-1]


def test_quiet_hours_hold_the_result(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", "@哨子 表决 加装电梯 至 3月10日 23:30")
    vote(neighbours, "wang", "同意")
    said = neighbours.until("2026-03-11 08:00")
    assert [s.at for s in said if s.room and "表决" in s.text] == ["03-10 07:00:00", "03-11 07:00:00"]


def test_extended_once_and_said_in_the_group(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "wang", "同意")
    (said,) = neighbours.says("grid1", "limin", "@哨子 表决 延期 1 3月12日 参与的户数不够")
    assert said.text.startswith(
        "表决 1「加装电梯」延期到 3月12日(周四) 18:00:参与的户数不够。还有 4 户没投。"
    )
    (refused,) = neighbours.says("grid1", "limin", "@哨子 表决 延期 1 3月15日 再等等")
    assert refused.text == "@李敏 表决 1 已经延期过一次,不能再延。"
    assert in_group(neighbours.until("2026-03-12 17:59")) == []  # at most three in the group
    assert "同意 1 户" in in_group(neighbours.until("2026-03-12 18:00"))[0]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("表决 延期 1 3月9日 早点", "延期要比原来的时间晚"),
        ("表决 延期 1 3月12日", "还要写原因"),
        ("表决 延期 1 以后 再说", "要写到什么时候为止"),
        ("表决 取消 1", "表决取消后面还要写内容"),
        ("表决 延期 9 3月12日 不够", "没有表决 9"),
    ],
)
def test_what_no_extension_can_be(neighbours: Town, said: str, answer: str) -> None:
    neighbours.says("grid1", "limin", OPEN)
    (told,) = neighbours.says("grid1", "limin", f"@哨子 {said}")
    assert answer in told.text


def test_cancelled_by_who_opened_it_or_an_officer(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    vote(neighbours, "wang", "同意")
    (refused,) = neighbours.says("grid1", "wudaye", "@哨子 表决 取消 1 不要了")
    assert refused.text == "@吴大爷 表决 1 不是你发起的,不能表决取消。"
    (said,) = neighbours.says("grid1", "zhao", "@哨子 表决 取消 1 选项写错了")
    assert said.text == "表决 1「加装电梯」取消了:选项写错了"
    assert in_group(neighbours.passes(days=10)) == []
    (told,) = vote(neighbours, "wang", "投票 1 同意")
    assert told.text == "表决 1 已经取消了。"
    (shown,) = vote(neighbours, "wang", "表决 1")
    assert shown.text == "表决 1「加装电梯」已经取消了。"


def test_taken_back_within_two_minutes(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    said = neighbours.says("grid1", "limin", "@哨子 撤销")
    assert in_group(said) == ["表决 1「加装电梯」取消了:发错了,撤销"]


def test_after_the_end_who_asks_without_a_number_sees_the_last_result(neighbours: Town) -> None:
    neighbours.says("staff", "zhao", "表决 第一网格 装晾衣架 至 3月6日18:00")
    neighbours.until("2026-03-06 19:00")
    (answer,) = neighbours.says(None, "wang", "表决结果出来了吗")
    assert answer.text.startswith("表决 1「装晾衣架」结果")


def test_a_vote_said_in_the_group_as_it_stands_is_told_alone_how(neighbours: Town) -> None:
    neighbours.says("grid1", "limin", OPEN)
    (told,) = neighbours.says("grid1", "wang", "投票 1 同意")
    assert (told.room, told.to) == (None, "wang")
    assert told.text.startswith("投票请发:投票 1 选项(或字母)")
    assert neighbours.says("grid1", "wang", "投票给我侄女") == []
