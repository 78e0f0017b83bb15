"""说错了,是5栋: where the matter lies in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp import threads
from nlp.putting_right import puts_right
from nlp.threads import Relation

if TYPE_CHECKING:
    from nlp.understand import Understander


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("楼道灯坏了,3栋2单元的\n说错了是1单元的", ("3", "1", None)),
        ("3栋2单元门口井盖翘了\n打错了,是5栋", ("5", None, None)),
        ("3栋2单元门口井盖翘了\n说错了不是3栋是5栋\n又写错了,是6栋1单元", ("6", "1", None)),
        ("不是5栋是6栋,灯不亮", ("6", None, None)),
        ("是6栋不是5栋", ("6", None, None)),
        ("3栋2单元漏水\n我刚才说的是3栋1单元", ("3", "1", None)),
        ("3栋2单元5楼漏水,更正,6楼", ("3", "2", "6")),
        ("3栋2单元漏水,不是天花板漏,是墙上漏", ("3", "2", None)),
        ("3栋漏水,应该是5楼漏下来的", ("3", None, "5")),
        ("3栋灯坏了,5栋的也坏了", ("3", None, None)),
    ],
)
def test_the_place_that_is_meant_in_the_end(
    understander: Understander, text: str, place: tuple[str | None, ...]
) -> None:
    found = understander.understand(text).place
    assert (found.building, found.unit, found.floor) == place


def test_the_room_that_is_meant_in_the_end(understander: Understander) -> None:
    assert understander.understand("2栋厨房返味\n补充一下,是卫生间不是厨房").place.spot == "卫生间"


@pytest.mark.parametrize("line", ["说错了,是5栋的路灯", "不是3栋是5栋", "更正,是5栋2单元", "写错了是1单元"])
def test_what_puts_an_appeal_right_goes_on_with_it(understander: Understander, line: str) -> None:
    appeal = understander.understand("3栋2单元路灯不亮")
    assert threads.relation(appeal, understander.understand(line)) is Relation.CONTINUES


@pytest.mark.parametrize("line", ["5栋的也坏了", "错过了末班车", "正在修", "不是吧", "他说的是真的"])
def test_other_talk_puts_nothing_right(line: str) -> None:
    assert not puts_right(line)
