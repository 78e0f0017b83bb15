"""Folding: a text as a mask reads it, sign for sign, with the way back to where each sign stands.

Full-width signs, circled digits, keycaps and digits of other scripts become plain ones; what is not seen
(zero-width signs, variation selectors) is left out.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\u20e3\u00ad")
DASHES = frozenset("‐‑‒–—―－﹣﹘−ー─━~～〜")
SPOKEN = {
    digit: str(value)
    for value, signs in enumerate(
        ("零〇○", "一壹幺", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for digit in signs
}
_ALIKE = re.compile(r"(?<=\d)[oOlI|]|[oOlI|](?=\d)")


class Replacement(NamedTuple):
    """A part of a text, and what is shown in its place."""

    start: int
    end: int
    shown: str


class Folded:
    """A text folded: `text` for reading, `digits` with spoken and look-alike digits as plain ones too."""

    def __init__(self, words: str) -> None:
        self.words = words
        signs = [(at, _plain(sign)) for at, sign in enumerate(words) if sign not in UNSEEN]
        self._places = [at for at, _ in signs] + [len(words)]
        self.text = "".join(sign for _, sign in signs)

    @property
    def digits(self) -> str:
        """The text with every digit plain, however it is written."""
        plain = "".join(SPOKEN.get(sign, sign) for sign in self.text)
        for _ in range(2):  # o beside an o beside a digit
            plain = _ALIKE.sub(lambda found: "0" if found[0] in "oO" else "1", plain)
        return plain

    def shown(self, spans: Iterable[Replacement]) -> str:
        """Return the words with these parts hidden; of two that overlap the first to be named counts."""
        taken: list[Replacement] = []
        for span in spans:
            if all(span.end <= other.start or span.start >= other.end for other in taken):
                taken.append(span)
        words = self.words
        for span in sorted(taken, reverse=True):
            words = words[: self._places[span.start]] + span.shown + words[self._end(span.end) :]
        return words

    def _end(self, at: int) -> int:
        """Return where a part ends in the words: with what is not seen behind its last sign."""
        end = self._places[at - 1] + 1
        while end < len(self.words) and self.words[end] in UNSEEN:
            end += 1
        return end


def _plain(sign: str) -> str:
    """Return one sign as a plain one."""
    if sign < "\x80":
        return sign
    if sign in DASHES:
        return "-"
    value = unicodedata.digit(sign, None)
    if value is not None:
        return str(value)
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign
