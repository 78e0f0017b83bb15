"""What the papers for those who read the code say of files is true of the tree."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
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


def test_every_room_of_handlers_stands_in_the_paper() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    shown = text.partition("## The rooms of handlers/")[2].partition("\n## ")[0]
    rooms = {path.stem for path in (ROOT / "handlers").iterdir() if path.suffix in ("", ".py")}
    assert [room for room in sorted(rooms) if not room.startswith("__") and f"`{room}`" not in shown] == []


# Each channel has a mouth and news; data and nlp may not meet, and both speak of places and urgency.
OF_SEVERAL = {"Mouth", "News", "Place", "Urgency"}
# What the interface tells of bears the name of the thing itself.
OF_THE_API = tuple(ROOT / "bot/web/api" / name for name in ("models.py", "parameters.py"))


def test_a_class_name_has_one_meaning() -> None:
    found = defaultdict(set)
    for package in ("bot", "handlers", "nlp", "data"):
        for path in (ROOT / package).rglob("*.py"):
            if path not in OF_THE_API:
                tree = ast.parse(path.read_text(encoding="utf-8"))
                for node in ast.walk(tree):
                    if isinstance(node, ast.ClassDef):
                        found[node.name].add(str(path.relative_to(ROOT)))
    shared = {name: files for name, files in found.items() if len(files) > 1 and name not in OF_SEVERAL}
    assert shared == {}
