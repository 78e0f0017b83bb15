"""The same matter, or one like it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp.similar import SAME, likeness, matter, shares_words

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
    said = [understander.understand(text) for text in (one, other)]
    first, second = (matter(found.text, found.category, found.place) for found in said)
    assert (likeness(first, second) >= SAME) is same
    assert shares_words(first, other) or not same
