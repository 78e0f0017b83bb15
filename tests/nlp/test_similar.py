"""The same matter, or one like it elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from nlp.similar import SAME, OpenMatters, likeness, matter, matter_of
from nlp.understanding import Place

if TYPE_CHECKING:
    from nlp.understand import Understander


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("3栋2单元电梯坏了没人修", "3栋2单元电梯怎么又坏了", True),
        ("地下车库全是积水", "地下车库积水好深没人抽", True),
        ("3栋2单元电梯坏了没人修", "5栋电梯坏了没人修", False),
        ("3栋楼道灯坏了", "3栋门口垃圾没人收", False),
    ],
)
def test_same_kind_place_and_words(understander: Understander, one: str, other: str, same: bool) -> None:
    found = likeness(*(matter_of(understander.understand(text)) for text in (one, other)))
    assert (found >= SAME) is same


def test_a_question_to_ten_thousand_open_matters_looks_at_few() -> None:
    things = ["电梯", "路灯", "水管", "门禁", "垃圾桶", "井盖", "下水道", "充电桩", "健身器材", "消防栓"]
    faults = ["坏了没人修", "又不亮了", "漏水好几天", "打不开", "满了没人收", "松动很危险", "堵了往外冒"]
    matters: OpenMatters[int] = OpenMatters()
    for n in range(10_000):
        text = f"{things[n % 10]}{faults[n % 7]}第{n}回"
        matters.add(n, matter(text, "城乡建设/公共设施", Place(building=str(n % 300))))
    asked = matter("电梯坏了没人修", "城乡建设/公共设施", Place(building="30"))
    took = []
    for _ in range(20):
        start = time.perf_counter()
        found = matters.query(asked)
        took.append(time.perf_counter() - start)
    assert found
    assert min(took) < 0.02  # under 1 ms without coverage and company; looking at all takes 100


def test_a_matter_that_is_closed_is_found_no_more() -> None:
    matters: OpenMatters[str] = OpenMatters()
    lift = matter("电梯坏了没人修", "城乡建设/电梯", Place(building="3"))
    matters.add("a", lift)
    assert [key for key, _ in matters.query(lift)] == ["a"]
    matters.remove("a")
    matters.remove("never there")
    assert matters.query(lift) == []
