"""A place's own file of rules, weights or probabilities that cannot be used: said, and what ships stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.config import Config
from bot.understanding import understander_of
from data.domain.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

APPEAL = "3栋2单元电梯坏了没人修"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("talk.txt", "[appeal] 1\n电梯\n", "2"),
        ("calibration.yaml", "appeal: {1: 2}\n", "1"),
        ("rules.yaml", "appeal:\n- {weight: viel, words: [电梯]}\n", "2"),
    ],
)
def test_a_bad_file_is_told_and_what_ships_stays_in_force(
    tmp_path: Path, name: str, text: str, line: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    rules = tmp_path / name if name == "rules.yaml" else None
    config = Config.model_validate({"storage": {"folder": str(tmp_path)}})
    told: list[InputError] = []
    mind = understander_of(config, rules, tmp_path, told.append)
    assert mind.understand(APPEAL).is_appeal
    assert [(error.source, error.where) for error in told] == [(str(tmp_path / name), line)]
    with pytest.raises(InputError):
        understander_of(config, rules, tmp_path)
