"""What learned weights hang on: letters, pairs of letters, longer words, forms, and the rules that hold."""

from __future__ import annotations

import re
from collections import Counter
from math import log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nlp.rules import Rule

OPENING = 30  # the first letters of a petition are its title: what they say counts half as much again
OPENING_BONUS = 0.5
MOST_LETTERS = 400  # of a longer text only so much says what kind of talk it is
_PAIR = re.compile(r"(?=([一-鿿]{2}))")
_LETTER = re.compile(r"[一-鿿]")
_LENGTHS = tuple((most, f"<to {most}>") for most in (4, 8, 14, 24, 40, 80))
_ASKING = ("?", "吗", "呢", "么")


def is_hanzi(letter: str) -> bool:
    """Whether a character is a Chinese letter."""
    return "一" <= letter <= "鿿"


def features_of(text: str, words: Sequence[str]) -> list[str]:
    """Each pair of neighbouring Chinese letters, and each longer Chinese word, as often as they occur."""
    pairs = _PAIR.findall(text)
    return pairs + [word for word in words if len(word) > 2 and is_hanzi(word[0])]


def topics_of(text: str, words: Sequence[str]) -> set[str]:
    """What the categories of a line are learned from: its letters, pairs of letters and longer words."""
    return {*_LETTER.findall(text), *features_of(text, words)}


def signs_of(text: str, words: Sequence[str], fired: Iterable[tuple[Rule, str]]) -> set[str]:
    """What tells the kinds of talk apart: features, letters, forms like `<?>`, signs of rules that hold."""
    start = text[:MOST_LETTERS]
    signs = topics_of(start, words)
    signs.update([rule.sign for rule, _ in fired])
    signs.update([f"<{mark}>" for mark in "?!@" if mark in start])
    if "\n" in start:
        signs.add("<lines>")
    if start.endswith(_ASKING):
        signs.add("<asking>")
    signs.add(next((name for most, name in _LENGTHS if len(text) <= most), "<long>"))
    return signs


def values_of(text: str, words: Sequence[str]) -> dict[str, float]:
    """Each feature's value: 1 + ln(how often), more in the opening, over the root of the text's length.

    The root keeps a long petition from drowning what else is known about it.
    """
    root = sqrt(max(len(text), 1))
    whole = Counter(_said(text, words))
    if len(text) <= OPENING:
        factor = (1 + OPENING_BONUS) / root
        return {name: (1 + log(count)) * factor if count > 1 else factor for name, count in whole.items()}
    opening = Counter(_said(text[:OPENING], _first(words, OPENING)))
    return {
        name: (1 + log(count) + (OPENING_BONUS * (1 + log(opening[name])) if name in opening else 0.0)) / root
        for name, count in whole.items()
    }


def _said(text: str, words: Sequence[str]) -> list[str]:
    """The letters, the pairs of letters and the words (`~公积金`) of a petition."""
    marked = ["~" + word for word in words if len(word) > 1 and is_hanzi(word[0])]
    return _LETTER.findall(text) + _PAIR.findall(text) + marked


def _first(words: Sequence[str], length: int) -> list[str]:
    found: list[str] = []
    for word in words:
        length -= len(word)
        if length < 0:
            break
        found.append(word)
    return found
