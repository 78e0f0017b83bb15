"""Real talk and real complaints, by where they are from: what a group says that nobody wrote for learning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.learning.corpus import CorpusLine, csv_rows

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
    "post": 1.5,
    "chat": 1.0,
    "line": 3.0,
    "appeal": 4.5,  # a line that is one
    "everyday.jsonl": 7.0,  # everyday talk with civic words, which the other chat has not
    "passing.jsonl": 8.0,
    "documents.jsonl": 5.0,
    "questions.jsonl": 6.0,
    "short.jsonl": 8.0,
    "titles.jsonl": 6.0,
    "natural.jsonl": 6.0,
    "complaints.jsonl": 4.5,
    "oblique.jsonl": 2.0,  # what hardly names its thing teaches that anything may be an appeal
    "dangers.jsonl": 3.0,
    "reports.jsonl": 8.0,  # all at once: what, where, who, how to call them
    "piece": 0.6,
    "qqgroup2016": 3.0,
    "weibo": 5.0,
    "weibo-virus": 3.0,
    "posts2017": 3.0,
    "jokes": 2.0,
    "news": 2.0,
    "news-disaster": 2.0,
    "beijing2023:reply": 5.0,
    "beijing2023": 3.0,
    "dongguan2016": 2.0,
    "dongguan2016:title": 5.0,
    "dongguan2018": 2.0,
    "dongguan2018:title": 5.0,
}
# What nobody read may be a question: it is one, as far as can be seen, if it asks and tells of nothing wrong.
_ASKS = ["请问", "咨询", "如何", "怎么办", "怎样", "流程", "什么条件", "哪些", "需要什么"]
_ASKS_AT_END = ("?", "\uff1f", "吗")
# fmt: off
_WRONG = (
    "投诉", "举报", "扰民", "拖欠", "不作为", "乱", "严重", "强烈", "没人", "无人", "不给", "不让", "不合理",
    "违", "坏", "漏", "堵", "臭", "噪", "污染", "欺", "骗", "黑", "危险", "隐患", "不退", "不肯",
    "推", "拒", "凭什么", "为什么", "为何", "何时", "什么时候", "能否", "希望", "建议", "尽快",
)
# fmt: on


def real_lines(folder: Path) -> list[CorpusLine]:
    """The lines of `real_lines.csv` in a data folder (`text`, `label`, `source`), none if it is not there."""
    path = folder / REAL
    return (
        [_line(row["text"], row["label"], row["source"]) for row in csv_rows(path)] if path.exists() else []
    )


def _line(text: str, label: str, source: str) -> CorpusLine:
    known = label in _KINDS
    return CorpusLine(text, label if known else "appeal", source, None if known else label)


def family(source: str) -> str:
    """The source of which this is a part: `dongguan2016:title` and `:body` are of one page."""
    return source.removeprefix(PIECE).partition(":")[0]


def only_asks(text: str) -> bool:
    """Whether a letter to an office that nobody read is more likely a question than an appeal."""
    asks = text.endswith(_ASKS_AT_END) or any(word in text for word in _ASKS)
    return asks and not any(word in text for word in _WRONG)


def counts_of(source: str) -> float:
    """How much a line of this source counts for hearing."""
    if source.startswith(PIECE):
        return COUNTS["piece"]
    return COUNTS.get(source, COUNTS.get(family(source), 1.0))


def pieces(lines: Iterable[CorpusLine]) -> Iterator[CorpusLine]:
    """Parts of one to three clauses of what is chat: short talk that has the words of the world in it."""
    seen: set[str] = set()
    for line in lines:
        if line.kind == "chat":
            for text in _pieces_of(line.text):
                if text not in seen:
                    seen.add(text)
                    yield CorpusLine(text, "chat", PIECE + line.source)


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
