"""WeChat's 接龙: a list that everybody copies and lengthens by a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = re.compile(r"^\s*#?\s*接龙\s*[::]?\s*")
_ENTRY = re.compile(r"^\s*(?P<n>\d{1,3})\s*[.、．):]\s*(?P<name>\S.{0,59}?)\s*$")
_ENTRY_INLINE = re.compile(
    r"(?:^|[\s::,,])(?P<n>\d{1,3})\s*[.、．)]\s*(?P<name>[^\d\s.、．)][^.、．)\d]{0,29})"
)
MOST_LINES = 500
SAYS_SO = ("接龙", "报名", "参加", "签到")


@dataclass(frozen=True, slots=True)
class Jielong:
    """A sign-up list: what it is about, and what stands on its lines (a name, often with a count)."""

    topic: str
    names: tuple[str, ...]
    says_so: bool = False  # by the word: 接龙, 报名


def jielong_in(text: str) -> Jielong | None:
    """The 接龙 list in a text of several lines (or all in one), or None.

    It is one if it says 接龙 or numbers at least two lines upward from 1.
    """
    lines = [line for line in text[:4000].splitlines()[:MOST_LINES] if line.strip()]
    if not lines:
        return None
    said = any(word in lines[0] for word in SAYS_SO)
    entries = [(int(m["n"]), m["name"]) for line in lines if (m := _ENTRY.match(line))]
    heads = [line for line in lines if not _ENTRY.match(line)]
    if len(lines) == 1:
        entries = [(int(m["n"]), m["name"].strip(" ,;。")) for m in _ENTRY_INLINE.finditer(text)]
        heads = [text[: _first_entry(text)]] if entries else []
    if not entries or [n for n, _ in entries] != list(range(1, len(entries) + 1)):
        return None
    if not said and len(entries) < 2:
        return None
    topic = " ".join(_HEAD.sub("", line).strip(" :,") for line in heads).strip()
    return Jielong(topic, tuple(name for _, name in entries), says_so=said)


def _first_entry(text: str) -> int:
    match = _ENTRY_INLINE.search(text)
    return match.start() if match else len(text)
