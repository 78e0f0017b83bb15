"""What is said of the thing itself by who was asked how it went."""

from __future__ import annotations

import pytest

from nlp.reading.ratings import outcome_in


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("这回可以了谢谢", 1),
        ("总算修好了", 1),
        ("能用了", 1),
        ("门能关了", 1),
        ("有水了", 1),
        ("现在没问题了", 1),
        ("行了,谢谢师傅", 1),
        ("能用了但还是慢", None),
        ("可以走了吗", None),
        ("还不能用", 4),
    ],
)
def test_what_is_said_of_the_thing_itself(text: str, digit: int | None) -> None:
    assert outcome_in(text) == digit


@pytest.mark.parametrize(
    "said", ["亮了亮了", "干净多了", "安静多了谢谢", "通了,可以用了", "修好了修好了谢谢"]
)
def test_joy_is_said_twice(said: str) -> None:
    assert outcome_in(said) == 1
