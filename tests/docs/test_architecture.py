"""What the papers for those who read the code say of files is true of the tree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = ("docs/architecture.md", "docs/understanding.md", "README.md")
FILE = re.compile(
    r"`((?:bot|handlers|nlp|data|tests|docs)/[\w./\u4e00-\u9fff-]+\.(?:py|yaml|jsonl|md|txt|toml))`"
)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_files_that_a_paper_names_are_there(paper: str) -> None:
    text = (ROOT / paper).read_text(encoding="utf-8")
    missing = [name for name in FILE.findall(text) if not (ROOT / name).exists()]
    assert missing == []


def test_twenty_sentences_of_the_handbook_lead_to_their_files() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = [row for row in text.partition("## Where to look")[2].splitlines() if FILE.search(row)]
    assert len(rows) >= 20
