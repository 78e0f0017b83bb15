"""What learned weights hang on: letters, pairs of letters, longer words, and the rules that hold."""

from __future__ import annotations

from collections import Counter
from math import log, sqrt
from operator import concat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from nlp.rules import Rule

OPENING = 30  # the first letters of a petition are its title: what they say counts half as much again
OPENING_BONUS = 0.5
MOST_LETTERS = 400  # of a longer text only so much says what kind of talk it is
_LENGTHS = (4, 8, 14, 24, 40, 80)
_LONG = "<long>"
# For each length its sign: `<to 8>` is 5 to 8 letters.
_LENGTH_SIGNS = [
    f"<to {next(most for most in _LENGTHS if length <= most)}>" for length in range(_LENGTHS[-1] + 1)
]
SHORT, MIDDLING = 8, 16  # letters
_ASKING = ("?", "吗", "呢", "么")


def is_hanzi(letter: str) -> bool:
    """Whether a character is a Chinese letter."""
    return "一" <= letter <= "鿿"


def is_learnable(name: str) -> bool:
    """Whether to learn from a feature: not from blanks, commas, numbers and Latin letters alone.

    A comma where others leave a blank is a habit of who wrote, and tables are words. What numbers say is for
    shapes and rules: petitions write `A3区` for every town.
    """
    if "," in name or " " in name or not name.isprintable():
        return False
    return not (name.isascii() and name.isalnum())


def topics_of(text: str, words: Sequence[str]) -> set[str]:
    """What the category of a line hangs on: each letter, pair of letters and longer word."""
    return {*text, *map(concat, text, text[1:]), *[word for word in words if len(word) > 2]}


def signs_of(
    text: str, words: Sequence[str], fired: Sequence[tuple[Rule, str]], everyday: Collection[str] = ()
) -> set[str]:
    """What tells the kinds of talk apart: the same, and signs of rules that hold, of length and end."""
    start = text if len(text) <= MOST_LETTERS else text[:MOST_LETTERS]
    signs = topics_of(start, words)
    if fired:
        signs.update([rule.sign for rule, _ in fired])
        signs.update(compounds(fired, everyday, len(text)))
    if "\n" in start:
        signs.add("<lines>")
    if start.endswith(_ASKING):
        signs.add("<asking>")
    signs.add(_LENGTH_SIGNS[len(text)] if len(text) < len(_LENGTH_SIGNS) else _LONG)
    return signs


def compounds(fired: Sequence[tuple[Rule, str]], everyday: Collection[str], length: int) -> list[str]:
    """Signs of rules that hold together: a thing that somebody looks after, and something wrong with it.

    So a short complaint is known whose very words were never learned. Each sign is there by length, too.
    """
    things, wrong, against = False, 0, False
    for rule, word in fired:
        if rule.is_of_category:
            if word not in everyday:
                things = True
                wrong += rule.appeal > 0
        elif rule.target == "appeal":
            wrong += rule.weight > 0
            against = against or rule.weight < 0
    if not (things or against):
        return []
    size = "short" if length <= SHORT else "middling" if length <= MIDDLING else "long"
    found = ["<thing>", f"<thing>{size}"] if things else []
    if against:
        found += ("<against>", f"<against>{size}")
    elif things and wrong:
        found += ("<wrong>", f"<wrong>{size}")
        if wrong > 1:
            found += ("<very-wrong>", f"<very-wrong>{size}")
    return found


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
    return [*text, *map(concat, text, text[1:]), *marked]


def _first(words: Sequence[str], length: int) -> list[str]:
    found: list[str] = []
    for word in words:
        length -= len(word)
        if length < 0:
            break
        found.append(word)
    return found
