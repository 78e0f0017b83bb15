"""The texts to learn from and to measure on: labelled petitions, everyday chat, lines of group talk."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from nlp.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

LABELLED = "appeals_labelled.csv"
SEGMENTED = "appeals_labelled_segmented.csv"
STREAM = "appeals_stream.csv"
CHAT = "chat_lines.csv"
_ENDS = "。!?！？;；\n"
_SENTENCE = re.compile(f"[^{_ENDS}]+[{_ENDS}]?")
_GREETING = re.compile(r"(?:尊敬的)?[^,，。:：!！?？\s]{0,6}[您你]好[啊呀]?[,，。:：!！~\s]*")


@dataclass(frozen=True, slots=True)
class Petition:
    """A petition, its first-level class (empty where nobody gave one), and the group of its near copies."""

    text: str
    label: str
    group: int = 0
    whole: bool = True  # with all its words; False where stop words have been taken out


@dataclass(frozen=True, slots=True)
class CorpusLine:
    """A line of talk: what it is (`appeal`, `chat`, …), where it is from, what else is known of it."""

    text: str
    kind: str
    source: str
    category: str | None = None
    urgency: str | None = None
    hazard: str | None = None
    dispute: bool | None = None


def petitions(folder: Path) -> list[Petition]:
    """The labelled petitions of a data folder, then the segmented ones."""
    rows = [Petition(row["text"], row["label"]) for row in csv_rows(folder / LABELLED)]
    rows += [
        Petition(re.sub(r"\s+", "", row["seg"]), row["label"], whole=False)
        for row in csv_rows(folder / SEGMENTED)
    ]
    return rows


def stream(folder: Path) -> list[Petition]:
    """The unlabelled posts of a data folder: title and body in one."""
    return [
        Petition(f"{row['留言主题'].strip()}。{row['留言详情'].strip()}", "")
        for row in csv_rows(folder / STREAM)
    ]


def chat(folder: Path) -> list[CorpusLine]:
    """The lines of everyday chat of a data folder."""
    return [CorpusLine(row["text"], "chat", row["source"]) for row in csv_rows(folder / CHAT)]


def group_lines() -> list[CorpusLine]:
    """The lines of group talk that were written for this project to learn from."""
    folder = resources.files("nlp") / "lines"
    found: list[CorpusLine] = []
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".jsonl"):
            found += lines_in(file.read_text(encoding="utf-8"), file.name)
    return found


def lines_in(text: str, source: str) -> list[CorpusLine]:
    """The lines in a JSONL text with `text`, and what is known of `kind`, `category`, `urgency` and so on."""
    rows: Iterator[dict[str, Any]] = (json.loads(line) for line in text.splitlines() if line.strip())
    more = ("category", "urgency", "hazard", "dispute")
    return [CorpusLine(row["text"], row.get("kind", ""), source, *map(row.get, more)) for row in rows]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, with their end marks."""
    return (part.strip() for part in _SENTENCE.findall(text) if part.strip(f"{_ENDS} "))


def without_greeting(text: str) -> str:
    """The text without the words that greet whom it is written to: in a group they mean nothing."""
    return _GREETING.sub("", text)


def first_sentence(text: str) -> str:
    """The first sentence of a text, without its end mark."""
    return next(sentences(text), text).rstrip(_ENDS)


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, each a mapping of its columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def grouped(texts: Iterable[Petition], cut: Callable[[str], list[str]]) -> list[Petition]:
    """The petitions with near copies in one group, so that none is learned from and measured on at once."""
    found = list(texts)
    return [
        replace(p, group=group) for p, group in zip(found, groups([p.text for p in found], cut), strict=True)
    ]


def groups(texts: Sequence[str], cut: Callable[[str], list[str]]) -> list[int]:
    """For each text the number of its group of near copies.

    Near copies share more than two fifths of their words, or most of the shorter one's.
    """
    bags = [frozenset(word for word in cut(normalise(text)) if len(word) > 1) for text in texts]
    leader = list(range(len(texts)))
    for one, other in _near_copies(bags):
        leader[_root(leader, one)] = _root(leader, other)
    return [_root(leader, number) for number in range(len(texts))]


RARE = 60  # a word in more texts than this does not point to a copy
ALIKE = 0.4
CONTAINED = 0.65
SHARED_RARE = 4


def _near_copies(bags: list[frozenset[str]]) -> Iterator[tuple[int, int]]:
    frequency = Counter(word for bag in bags for word in bag)
    postings: dict[str, list[int]] = defaultdict(list)
    for number, bag in enumerate(bags):
        shared: Counter[int] = Counter()
        for word in sorted(bag):  # the order decides between equals: every run has the same folds
            if frequency[word] <= RARE:
                shared.update(postings[word])
                postings[word].append(number)
        for other, rare in shared.most_common(5):
            both = len(bag & bags[other])
            contained = both / max(1, min(len(bag), len(bags[other])))
            if both / len(bag | bags[other]) > ALIKE or (contained > CONTAINED and rare >= SHARED_RARE):
                yield number, other


def _root(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number
