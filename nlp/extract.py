"""What else a text says: a telephone number, how many are concerned."""

from __future__ import annotations

import re

from nlp.reading.numerals import NUMERAL, number

_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)|(?<!\d)(0\d{2,3})[ -]?(\d{7,8})(?!\d)")
# Whom to call: a number with what leads up to it (“,找王姐138…”, “联系电话:138…”).
_MARKS = ",，。;；:：、!！?？\\s"
_CONTACT = re.compile(
    rf"(?:[{_MARKS}]{{1,4}}[^{_MARKS}\d]{{0,4}}|(?:找|联系|电话|手机|号码|致电|打)[^{_MARKS}\d]{{0,6}})?[:：]?\s?"
    rf"(?:{_PHONE.pattern})"
)
_COUNT = re.compile(
    rf"(?P<n>\d{{1,5}}|[{NUMERAL}几]{{1,4}})(?:多|几|来|余)?"
    r"(?:户|家人|口人|位(?:业主|居民|老人|住户)|个(?:业主|居民|住户|工友|老人|孩子|家长|人)"
    r"|名(?:业主|居民|住户|工人|家长)|人(?!行|民|员|脸|家|防))"
)
_TOO_FEW = 2
# 两三户 is 3, 七八户 8: two digits side by side are no tens; 三四十户 is 40.
_VAGUE = re.compile(r"([一二两三四五六七八])([二两三四五六七八九])(?=$|[十百])")


def phone_in(text: str) -> str | None:
    """The first telephone number, digits only."""
    match = _PHONE.search(text)
    return "".join(part for part in match.groups() if part) if match else None


def without_contact(text: str) -> str:
    """The text without whom to call: that says nothing of what is wrong, and a name is nobody's sign."""
    return _CONTACT.sub("", text) if _PHONE.search(text) else text


def concerned_in(text: str) -> int | None:
    """How many households or people the text says are concerned: two or more, the least of a vague number."""
    for match in _COUNT.finditer(text):
        said = _VAGUE.sub(r"\2", match.group("n"))
        count = 20 if said.startswith("几十") else 100 if said.startswith("几百") else number(said)
        if count is not None and count >= _TOO_FEW:
            return count
    return None
