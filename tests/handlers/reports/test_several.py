"""统计 of somebody who is over several streets (E7), and what 进度 shows staff (E4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.town import ROSTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.town import Town

TWO_STREETS = ROSTER.replace(
    'duties: [{role: supervisor, area: "1.1"}]',
    'duties: [{role: supervisor, area: "1.1"}, {role: supervisor, area: "1.2"}]',
).replace(
    "\norganisations:", '\n  - {code: "1.2", name: 陈家坝街道, kind: street, parent: "1"}\norganisations:'
)


def test_e7_a_line_for_each_street(make_town: Callable[..., Town]) -> None:
    town = make_town(TWO_STREETS)
    town.report()
    (said,) = town.says(None, "zhou", "统计")
    first, *rows = said.text.split("\n")
    assert first == "本周"
    assert [row.split(",")[0] for row in rows] == ["高笋塘街道:上报 1", "陈家坝街道:上报 0"]


def test_e4_staff_read_what_was_said(town: Town) -> None:
    town.says("grid1", "wang", "3栋2单元电梯坏了没人修")
    town.says("grid1", "wang", "[图片]", kind="image", media="a.jpg")
    town.passes(minutes=1)
    (said,) = town.says(None, "limin", "进度 1")
    assert "王姐 上报:3栋2单元电梯坏了没人修(图 1 张)" in said.text


def test_e4_staff_read_what_was_merged(town: Town) -> None:
    town.report("wang", "3栋2单元电梯坏了没人修")
    town.report("zhou2", "3栋2单元楼道灯坏了好几天")
    town.says("staff", "limin", "并案 2 1")
    (said,) = town.says(None, "limin", "进度 1")
    assert said.text.endswith("\n并入的 #2:08:00 老周 上报:3栋2单元楼道灯坏了好几天")
    (said,) = town.says(None, "limin", "进度 2")
    assert "老周 上报:3栋2单元楼道灯坏了好几天" in said.text
    (said,) = town.says(None, "wang", "进度 1")
    assert "楼道灯" not in said.text  # neighbours' words are staff's to read
    town.says("staff", "limin", "撤销")
    (said,) = town.says(None, "limin", "进度 1")
    assert "并入的" not in said.text
