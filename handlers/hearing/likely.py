"""What command was meant when none was said quite right: the nearest of the table and of its examples."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from data.domain import references
from handlers.hearing.forms import FORM_OF
from handlers.hearing.grammar import WORDS
from handlers.hearing.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.hearing.forms import Form

_BEFORE = re.compile(r"^[^\w#]*(?:请|麻烦|帮我|帮忙|把|将|我要|我想)*[#]?\s*(?:\d{1,9}\s*号?[\s,、~-]*)*+")
_HEAD = re.compile(r"[^\W\d_]+")
LONGEST = 6
# What other programs call it, where the word is not like ours.
_ELSEWHERE = {
    "延期": Verb.DEFER,
    "暂缓": Verb.DEFER,
    "归档": Verb.RESOLVE,
    "关闭": Verb.RESOLVE,
    "结束": Verb.RESOLVE,
    "删除": Verb.NOT_APPEAL,
    "作废": Verb.NOT_APPEAL,
    "驳回": Verb.REJECT,
    "拒绝": Verb.REJECT,
    "转交": Verb.ASSIGN,
    "转办": Verb.ASSIGN,
    "指派": Verb.ASSIGN,
    "分派": Verb.ASSIGN,
    "签收": Verb.ACCEPT,
    "回退": Verb.HAND_BACK,
}
NEAR = 50.0  # of a word of two characters one is right
NEAR_LONG = 60.0


class Likely(NamedTuple):
    """A command that may have been meant, the word said in its stead, and whether a number stands with it."""

    form: Form
    said: str
    numbered: bool


def likely(text: str, may: Callable[[Form], bool] = lambda _form: True) -> Likely | None:
    """Return the command that somebody may have meant with an unknown word, before or after a number.

    Only one that they `may` give is meant.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    before = _BEFORE.match(plain)
    rest = plain[before.end() if before else 0 :]
    word = _HEAD.match(rest)
    head = word[0][:LONGEST] if word else ""
    if len(head) < 2:
        return None
    front, after = plain[: len(plain) - len(rest)], rest[len(word[0]) if word else 0 :].lstrip()
    numbered = any(c.isdigit() for c in front) or references.read(after)[0] is not None
    if numbered and (verb := _ELSEWHERE.get(head)) is not None:  # whose it is, its refusal says
        return Likely(FORM_OF[verb], head, numbered)
    known = [(word, form) for word, form in WORDS if len(word) > 1 and may(form)]
    begun = [
        (word[:2], form) for word, form in known if len(word) == 4 and word[0] != "我"
    ]  # 走仿 for 走访 计划
    near = [(_likeness(head, word), word, form) for word, form in (*known, *begun)]
    score, word_meant, form = max(near, key=lambda found: found[0])
    if score < (NEAR if len(word_meant) == 2 else NEAR_LONG):
        return None
    return Likely(form, head, numbered)


def nearest(text: str) -> Form | None:
    """Return the command that somebody may have meant."""
    found = likely(text)
    return found.form if found is not None else None


def _likeness(head: str, word: str) -> float:
    """Return how like a verb the beginning of a text is (0 to 100); the first character counts more."""
    from rapidfuzz import fuzz  # noqa: PLC0415  2.5 MiB where nobody has yet said a command wrongly

    head = head[: len(word)]
    return (fuzz.ratio(head, word) * 9 + 100 * (head[0] == word[0])) / 10
