"""The README shows what the bot really says."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.app import main

if TYPE_CHECKING:
    import pytest

README = Path(__file__).parents[2] / "README.md"
GROUP = "grid1"


def shown() -> list[tuple[str, str]]:
    """Return the lines of the conversation that the README shows: who, and what."""
    block = re.search(
        r"## What it sounds like.*?```\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL
    )
    assert block is not None
    return [(line.split("  ", 1)[0], line.split("  ", 1)[1].strip()) for line in block[1].splitlines()]


def test_the_conversation_in_the_readme_is_what_the_sample_gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    samples = files("data") / "samples"
    talk = [json.loads(line) for line in (samples / "two-days.jsonl").read_text("utf-8").splitlines()]
    arguments = [str(samples / "two-days.jsonl"), "--roster", str(samples / "roster.yaml")]
    assert main(["replay", *arguments, "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    answers = [json.loads(line) for line in (tmp_path / "out").read_text("utf-8").splitlines()]
    said = [(m["at"], 0, m["name"], m["text"]) for m in talk if m.get("room") == GROUP]
    said += [(m["at"], 1, "哨子", m["text"]) for m in answers if m["room"] == GROUP]
    in_order = [(who, text) for _, _, who, text in sorted(said, key=lambda line: line[:2])]
    rest = iter(in_order)
    assert shown()
    for line in shown():
        assert line in rest, line  # there, and in this order
