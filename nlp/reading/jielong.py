"""WeChat's 接龙: a list that everybody copies and lengthens by a line; the numbers are often wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.reading.numerals import number

_HEAD = re.compile(r"^\s*#?\s*接龙\s*[::]?\s*")
_NUMBER = (
    r"(?:(?P<n>\d{1,3})\s*[.、．)）:：]|[(（]\s*(?P<in>\d{1,3})\s*[)）]|(?P<ring>[①-⑳⑴-⒇⒈-⒛])"
    r"|(?P<cn>[一二三四五六七八九十]{1,3})\s*[、.．])"
)
_ENTRY = re.compile(rf"^\s*{_NUMBER}\s*(?P<name>\S.{{0,59}}?)?\s*$")
_ENTRY_INLINE = re.compile(
    r"(?:^|[\s::,,])(?P<n>\d{1,3})\s*[.、．)]\s*(?P<name>[^\d\s.、．)][^.、．)\d]{0,29})"
)
_EXAMPLE = re.compile(r"^\s*例[\s::]")
_NOT_COMING = re.compile(r"不来|不去|不参加|请假|来不了|去不了|取消|退出|不到|缺席")
_PEOPLE = re.compile(
    r"(?P<n>\d{1,2}|[一二两三四五六七八九十])\s*(?:个?人|位|口|名|个)|[\s,,((](?P<bare>\d)[))]?$"
)
_PLUS = re.compile(r"[+＋]\s*(?P<n>\d{1,2})")
_WHO = re.compile(r"[\s+＋((,,::、;;/]")
_FAMILY = re.compile(r"一家(?=[\d一二两三四五六七八九十])")
_MARKS = " ,。;;::、.~～✅👌"
MOST_LINES = 500
MOST_OF_ONE = 20
SAYS_SO = ("接龙", "报名", "参加", "签到")


@dataclass(frozen=True, slots=True)
class Jielong:
    """A sign-up list: what it is about, who comes (a name, often with a count), who says they do not.

    `says_so` is whether it says so by a word (接龙, 报名); any other numbered list may be one of complaints.
    """

    topic: str
    names: tuple[str, ...]
    not_coming: tuple[str, ...] = ()
    says_so: bool = False


def jielong_in(text: str) -> Jielong | None:
    """The numbered list in a text (of lines, or all in one), or None; numbers may lack or be doubled."""
    lines = [line for line in text[:4000].splitlines()[:MOST_LINES] if line.strip()]
    if not lines:
        return None
    says_so = any(word in lines[0] for word in SAYS_SO)
    found = [_ENTRY.match(line) for line in lines]
    said = [entry["name"] or "" for entry in found if entry is not None]
    heads = [line for line, entry in zip(lines, found, strict=True) if entry is None]
    if len(lines) == 1 and not said:
        said = [entry["name"] for entry in _ENTRY_INLINE.finditer(text)]
        first = _ENTRY_INLINE.search(text)
        heads = [text[: first.start()]] if first else []
    names = [name.strip(_MARKS) for name in said if name.strip(_MARKS)]
    if not names or (not says_so and len(said) < 2):
        return None
    topic = " ".join(_HEAD.sub("", line).strip(" :,") for line in heads if not _EXAMPLE.match(line)).strip()
    coming = tuple(dict.fromkeys(name for name in names if not _NOT_COMING.search(name)))
    away = tuple(dict.fromkeys(who(name) for name in names if _NOT_COMING.search(name)))
    return Jielong(topic, coming, away, says_so)


def who(name: str) -> str:
    """The person of an entry, without a count or a remark: `王姐 2人` → 王姐."""
    bare = _WHO.split(name.strip(), maxsplit=1)[0]
    return _FAMILY.split(_NOT_COMING.split(bare, maxsplit=1)[0], maxsplit=1)[0] or name


def heads_of(name: str) -> int:
    """How many people an entry stands for: `王姐 2人` 2, `老周+1` 2, `刘婶一家三口` 3, a name alone 1."""
    if plus := _PLUS.search(name):
        return min(1 + int(plus["n"]), MOST_OF_ONE)
    found = _PEOPLE.search(name)
    count = number(found["n"] or found["bare"]) if found is not None else None
    return min(max(count or 1, 1), MOST_OF_ONE)
