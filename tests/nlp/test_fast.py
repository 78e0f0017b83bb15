"""rjieba, the same dictionary in Rust, understands as jieba does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.learning.corpus import group_lines
from nlp.segment import rjieba_installed
from nlp.understand import Understander

OWN = Path(__file__).parent / "lines"


@pytest.mark.skipif(not rjieba_installed(), reason="the extra `fast` is not installed")
def test_fast_and_plain_agree_on_999_of_1000_lines(tmp_path: Path) -> None:
    fast, plain = Understander(tmp_path, fast=True), Understander(tmp_path, fast=False)
    lines = [line.text for line in group_lines()][::12]
    for file in sorted(OWN.glob("*.jsonl")):
        lines += [json.loads(row)["text"] for row in file.read_text(encoding="utf-8").splitlines()]
    differ = [
        text
        for text, one, other in zip(
            lines, map(fast.understand, lines), map(plain.understand, lines), strict=True
        )
        if (one.kind, one.category, one.urgency) != (other.kind, other.category, other.urgency)
    ]
    assert len(differ) <= len(lines) / 1000, differ[:5]
