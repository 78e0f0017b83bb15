"""What nobody would hear is refused with what to do (E2); what is one's own is answered alone (E9, E14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.town import ROSTER, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

SILENT = """
organisations:
  - {name: 万州供电所, kind: department, aliases: [供电所], area: "1"}
"""


def test_e2_units_that_nobody_hears_for_are_refused(make_town: Callable[..., Town]) -> None:
    town = make_town(ROSTER)
    town.learn(SILENT)
    town.report()
    for command in ("派单 1 供电所", "吹哨 1 供电所 停电"):
        (refused,) = town.says("staff", "zhao", command)
        assert "万州供电所没有群也没有人在哨子上,没人收得到" in refused.text
    assert town.state(1) == "reported"


def test_e9_what_one_has_to_do_is_answered_alone(town: Town) -> None:
    town.report()
    said = town.says("staff", "limin", "@哨子 待办")
    assert (texts(said, "staff"), len(texts(said, to="limin"))) == ([], 1)
    town.says("staff", "limin", "受理 1")
    said = town.says("staff", "limin", "@哨子 撤销")
    assert texts(said, to="limin") != []
    assert not any("撤销了" in text for text in texts(said, "staff"))


def test_e9_what_cannot_be_taken_back_is_said_alone_too(town: Town) -> None:
    said = town.says("staff", "zhao", "撤销")
    assert [(one.room, one.to) for one in said] == [(None, "zhao")]
    said = town.says("staff", "zhao", "督办")
    assert [(one.room, one.to) for one in said] == [("staff", None)]


def test_e14_at_night_the_leader_is_told_alone(make_town: Callable[..., Town]) -> None:
    town = make_town(at="2026-03-02 23:00")
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修")
    said = town.passes(seconds=15)
    assert texts(said, "grid1") == []
    assert any("新诉求 #1" in text for text in texts(said, to="limin"))
