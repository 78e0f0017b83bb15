"""docs/benchmarks.md is written by several, each its own section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.page import put

if TYPE_CHECKING:
    from pathlib import Path


def test_a_section_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    put("", "# Benchmarks\n\n| a | 1 |\n", page)
    put("Peers", "\n| b | 2 |\n", page)
    put("Before and after", "\nwords\n", page)
    put("", "# Benchmarks\n\n| a | 3 |\n", page)
    put("Peers", "\n| b | 4 |\n", page)
    assert page.read_text(encoding="utf-8") == (
        "# Benchmarks\n\n| a | 3 |\n\n## Peers\n\n| b | 4 |\n\n## Before and after\n\nwords\n"
    )
