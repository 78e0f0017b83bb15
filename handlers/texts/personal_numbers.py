"""Numbers by which somebody is known or reached: mobiles, landlines, identity cards, bank cards, plates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.texts.folding import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.texts.folding import Folded

HIDDEN = "***"
_GAP = r"[ \t\-._/\\·•,、:*()+\"']{0,3}"  # what people write between the digits of one number
_MOBILE = re.compile(
    rf"(?<![\d#])(?:\(?\+?(?:00)?86\)?{_GAP})?(?P<number>1{_GAP}[3-9](?:{_GAP}\d){{9}})(?!\d)"
)
_CARD = re.compile(rf"(?<![\d#.])(?P<number>\d(?:{_GAP}\d){{13,18}}(?:{_GAP}[\dXx])?)(?![\dXx])")
_LANDLINE = re.compile(r"(?<!\d)\(?(?P<code>0\d{2,3})\)?[- ]{0,2}\d{3,4}[- ]?(?P<last>\d{4})(?!\d)")
_TOLD = re.compile(
    r"(?:电话|座机|手机|号码|联系|致电|拨打?|打)[是:为到]?\s?(?P<number>[2-8]\d{3}[- ]\d{4})(?!\d)"
)
_LONG = re.compile(r"(?<![\d.#])(?!20\d{6}(?!\d))\d{7,}(?!\d)(?!\s*(?:[元块万亿米]|\.\d))")
_PLATE = re.compile(
    r"(?P<where>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[A-HJ-Za-hj-z])"
    r"[ \-.·•]{0,2}(?P<number>(?=[A-Za-z0-9\- ]{0,7}\d)"
    r"(?:[A-HJ-NP-Za-hj-np-z0-9][ \-]?){4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳])(?![A-Za-z0-9])"
)
_SPLIT = re.compile(r"\D+")
LISTED = frozenset(" ,、")  # what stands between the numbers of a list
IDENTITY, OLD_IDENTITY, BANK = 18, 15, range(16, 20)
LEAST_GROUP, MOST_GROUPS = 3, 3


def spans(folded: Folded) -> Iterator[Replacement]:
    """Yield what is to be hidden, the surest first."""
    for written in (folded.text, folded.digits):  # “13812345678一直打不通”: the 一 is no digit of it
        yield from _cards(written)
        yield from _mobiles(written)
    for found in _LANDLINE.finditer(folded.digits):
        yield Replacement(*found.span(), f"{found['code']}{HIDDEN}{found['last']}")
    for found in _TOLD.finditer(folded.digits):
        yield Replacement(*found.span("number"), f"{found['number'][:2]}{HIDDEN}{found['number'][-2:]}")
    for found in _LONG.finditer(folded.digits):
        yield Replacement(*found.span(), f"{found[0][:2]}{HIDDEN}{found[0][-2:]}")
    for found in _PLATE.finditer(folded.text):
        yield Replacement(*found.span("number"), HIDDEN)


def _mobiles(digits: str) -> Iterator[Replacement]:
    for found in _MOBILE.finditer(digits):
        if _is_one_number(found["number"]):
            plain = _SPLIT.sub("", found["number"])
            yield Replacement(*found.span(), f"{plain[:3]}****{plain[-4:]}")


def _cards(digits: str) -> Iterator[Replacement]:
    """Yield identity cards (three digits stay in front, one behind) and bank cards (two and two)."""
    for found in _CARD.finditer(digits):
        number = found["number"]
        plain = re.sub(r"[^\dXx]", "", number)
        if not _is_one_number(number.rstrip("Xx"), single=len(plain) > OLD_IDENTITY):
            continue
        if len(plain) in (IDENTITY, OLD_IDENTITY) or plain[-1] in "Xx":
            yield Replacement(*found.span(), f"{plain[:3]}{HIDDEN}{plain[-1]}")
        elif len(plain) in BANK:
            yield Replacement(*found.span(), f"{plain[:2]}{HIDDEN}{plain[-2:]}")


def _is_one_number(written: str, *, single: bool = True) -> bool:
    """Whether digits with something between them are one number, and no list, time or score.

    The groups of one number are long but for its ends, or each digit stands alone, or all stand apart in one
    way that no list does.
    """
    groups = [group for group in _SPLIT.split(written) if group]
    between = {gap.strip() or " " for gap in _SPLIT.findall(written)}
    if all(len(group) == 1 for group in groups):
        return single
    if all(len(group) >= LEAST_GROUP for group in groups[1:-1]) and len(groups[0]) > 1:
        lengths = {len(group) for group in groups}
        rest = len(groups[-1]) < LEAST_GROUP and max(lengths) == LEAST_GROUP  # 138 140 143 15: bus lines
        return len(groups) <= MOST_GROUPS or not between & LISTED or not (rest or lengths == {LEAST_GROUP})
    if len(groups[0]) == LEAST_GROUP and len(written) > len(groups) and all(len(g) == 2 for g in groups[1:]):
        return True  # 138 12 34 56 78
    return len(between) == 1 and not between & (LISTED | {":", "."})
