"""帮助: short, by topic, for one's own duties; one command with two examples; all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.hearing.forms import FORMS
from handlers.hearing.grammar import read
from handlers.queries.help_text import _second_example

if TYPE_CHECKING:
    from tests.town import Town


@pytest.mark.parametrize("who", ["wang", "limin", "zhao", "zhou", "chen", "feng"])
def test_at_most_twelve_lines_by_topic(town: Town, who: str) -> None:
    (answer,) = town.says(None, who, "帮助")
    lines = answer.text.splitlines()
    assert 3 <= len(lines) <= 12
    assigns = who in ("limin", "zhao", "zhou", "feng")
    assert lines[-1] == f"怎么写发:帮助 {'派单' if assigns else '进度'};全部例子发:帮助 全部"
    assert ("派单" in answer.text) == assigns


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ("帮助 派单", "派单 12 万邦物业", "派单 12,13 万邦物业"),
        ("帮助 怎么派单", "派单 12 万邦物业", "派单 12,13 万邦物业"),
        ("帮助 派但", "派单 12 万邦物业", "派单 12,13 万邦物业"),
        (
            "帮助 议事",
            "议事 周六晚上7点半 党群服务中心 加装电梯",
            "议事 3月10日 19:30-21:00 3栋院坝 楼道充电",
        ),
        ("@哨子 帮助 进度", "进度 12", "进度 12,13"),
    ],
)
def test_one_command_with_two_examples(town: Town, said: str, first: str, second: str) -> None:
    (answer,) = town.says(None, "limin", said)
    assert answer.text.splitlines()[1:] == [first, second]


def test_all_of_it(town: Town) -> None:
    (answer,) = town.says(None, "limin", "帮助 全部")
    assert "派单 12 万邦物业 — 交给人或单位" in answer.text
    assert "吹哨" not in answer.text  # an officer's


def test_every_second_example_is_a_command_too() -> None:
    for form in FORMS:
        found = read(_second_example(form).removeprefix("@哨子 "), loose=True)
        assert found is not None, form.verb
        assert found.verb is form.verb
