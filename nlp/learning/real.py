"""Real talk and real complaints, by where they are from: what a group says that nobody wrote for learning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.learning.corpus import Line, csv_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

REAL = "real_lines.csv"
UNSEEN = "qqgroup2016"  # the group that nothing is learned from where weights are measured
PIECE = "piece:"  # before the source of a piece of a line
_CLAUSE = re.compile(r"[^。!?！？;；,，、\s]+")
_SHORTEST = 4
_CLAUSES = (1, 1, 2, 3)  # so many clauses a piece has, in turn
_KINDS = ("chat", "appeal", "question", "thanks")

# How much a line counts for hearing, by its source: what a group says most counts most.
COUNTS = {
    "petition": 0.2,
    "chat": 1.0,
    "line": 3.0,
    "everyday.jsonl": 8.0,  # everyday talk with civic words, which the other chat has not
    "short.jsonl": 6.0,
    "piece": 0.6,
    "qqgroup2016": 3.0,
    "weibo": 5.0,
    "weibo-virus": 3.0,
    "posts2017": 3.0,
    "jokes": 2.0,
    "news": 2.0,
    "news-disaster": 2.0,
    "beijing2023:reply": 5.0,
    "dongguan2016": 2.0,
    "dongguan2018": 2.0,
}


def real_lines(folder: Path) -> list[Line]:
    """The lines of `real_lines.csv` in a data folder (`text`, `label`, `source`), none if it is not there."""
    path = folder / REAL
    return (
        [_line(row["text"], row["label"], row["source"]) for row in csv_rows(path)] if path.exists() else []
    )


def _line(text: str, label: str, source: str) -> Line:
    known = label in _KINDS
    return Line(text, label if known else "appeal", source, None if known else label)


def family(source: str) -> str:
    """The source of which this is a part: `dongguan2016:title` and `:body` are of one page."""
    return source.removeprefix(PIECE).partition(":")[0]


def counts_of(source: str) -> float:
    """How much a line of this source counts for hearing."""
    if source.startswith(PIECE):
        return COUNTS["piece"]
    return COUNTS.get(source, COUNTS.get(family(source), 1.0))


def pieces(lines: Iterable[Line]) -> Iterator[Line]:
    """Parts of one to three clauses of what is chat: short talk that has the words of the world in it."""
    seen: set[str] = set()
    for line in lines:
        if line.kind == "chat":
            for text in _pieces_of(line.text):
                if text not in seen:
                    seen.add(text)
                    yield Line(text, "chat", PIECE + line.source)


def _pieces_of(text: str) -> Iterator[str]:
    clauses = [clause for clause in _CLAUSE.findall(text) if len(clause) >= _SHORTEST]
    if len(clauses) < 2:
        return
    place, turn = 0, len(text)
    while place < len(clauses):
        many = _CLAUSES[turn % len(_CLAUSES)]
        yield ",".join(clauses[place : place + many])
        place += many
        turn += 1
