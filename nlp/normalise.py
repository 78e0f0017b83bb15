"""The form of a text that everything else works on: bounded, NFKC, in plain letters, all of it to be seen."""

from __future__ import annotations

import re
import unicodedata
from importlib import resources

from nlp.letters import any_of

MOST_CHARACTERS = 4000

_PUNCTUATION = tuple(zip("，？！～", ",?!~", strict=True))
_FLOOD = re.compile(r"(\D)\1{3,}")
_FOUR_ALIKE = re.compile(r"(.)\1\1\1", re.DOTALL)  # found three times as fast
LONGEST_NUMBER = 20
_DIGITS = re.compile(rf"\d{{{LONGEST_NUMBER + 1},}}")
# WeChat puts what is answered above a line of dashes: “「王姐:电梯坏了」\n- - - - - -\n我家也是”.
_QUOTE_END = re.compile(r"\n(?:- ){4,}-?[ \n]|\n-{6,}\n|\n—{4,}\n")
_MENTION = re.compile(r"@[^\s@,。!?:]{1,24}(?:[\s,:]|$)")
_MARK = re.compile("[\u0300-\u036f\ufe0f\u20e3]")
_LOOK_ALIKES = str.maketrans(
    {
        pair[0]: pair[1]
        for line in (resources.files("nlp") / "rules" / "look_alikes.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
        for pair in line.split()
    }
)
_ODD = any_of(map(chr, _LOOK_ALIKES))
_MARKS = {"Mn", "Me"}  # accents heaped on one letter, the frames of emoji digits, variation selectors


def normalise(text: str) -> str:
    """The text in NFKC, at most `MOST_CHARACTERS` long, floods of one character cut to three.

    Traditional letters and look-alikes become their plain ones. Quoted messages are left out: they are
    somebody else's words.
    """
    text = text[:MOST_CHARACTERS]
    for wide, narrow in _PUNCTUATION:  # the only thing in most lines that is not NFKC
        text = text.replace(wide, narrow)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)[:MOST_CHARACTERS]
    if not text.isascii() or not text.isprintable():
        text = _visible(text)
    if _ODD.search(text):
        text = text.translate(_LOOK_ALIKES)
    if "\n" in text:
        text = own_words(text)
    if _FOUR_ALIKE.search(text):
        text = _FLOOD.sub(r"\1\1\1", text)
    if len(text) > LONGEST_NUMBER and _DIGITS.search(text):
        text = _DIGITS.sub(lambda run: run.group()[:LONGEST_NUMBER], text)
    return text.strip()


def own_words(text: str) -> str:
    """What the speaker wrote below a quoted message, or all of it."""
    ends = list(_QUOTE_END.finditer(text))
    return text[ends[-1].end() :] if ends else text


def without_mentions(text: str) -> str:
    """The text without its `@names`: a building in somebody's display name is not the matter's place."""
    return _MENTION.sub(" ", text) if "@" in text else text


def _visible(text: str) -> str:
    """The text without control and format characters, lone surrogates and combining marks."""
    if text.isprintable() and not _MARK.search(text):
        return text
    kept = (" " if c == "\t" else c for c in text if c.isprintable() or c in "\n\t")
    return "".join(c for c in kept if unicodedata.category(c) not in _MARKS)
