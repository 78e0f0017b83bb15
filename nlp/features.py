"""What learned weights hang on: the words of a text, and the pairs of letters in it (written `~停车`)."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

OPENING = 30  # the first letters of a petition are its title: what they say counts half as much again
OPENING_BONUS = 0.5
PAIR = "~"


def is_hanzi(letter: str) -> bool:
    """Whether a character is a Chinese letter."""
    return "一" <= letter <= "鿿"


def pairs_of(text: str) -> list[str]:
    """Each pair of neighbouring Chinese letters, as a feature."""
    return [PAIR + a + b for a, b in pairwise(text) if a >= "一" and b >= "一"]


def features_of(text: str, words: Sequence[str]) -> list[str]:
    """The features of a text that has been cut into words, as often as they occur; only what is Chinese."""
    return [*(word for word in words if is_hanzi(word[0])), *pairs_of(text)]


def values_of(text: str, words: Sequence[str]) -> dict[str, float]:
    """Each feature's value: 1 + ln(how often), more in the opening, over the root of the text's length.

    The root keeps a long petition from drowning what else is known about it.
    """
    root = sqrt(max(len(text), 1))
    whole = Counter(features_of(text, words))
    if len(text) <= OPENING:
        factor = (1 + OPENING_BONUS) / root
        return {name: (1 + log(count)) * factor if count > 1 else factor for name, count in whole.items()}
    opening = Counter(features_of(text[:OPENING], _first(words, OPENING)))
    return {
        name: (1 + log(count) + (OPENING_BONUS * (1 + log(opening[name])) if name in opening else 0.0)) / root
        for name, count in whole.items()
    }


def _first(words: Sequence[str], length: int) -> list[str]:
    found: list[str] = []
    for word in words:
        length -= len(word)
        if length < 0:
            break
        found.append(word)
    return found
