"""How people name a case or a meeting: `12`, `#12`, `百安坝#12`."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_DIGITS = 9
NOBODYS = 10**MAX_DIGITS - 1  # stands for every longer number: no community has so many cases

_REFERENCE = re.compile(
    r"(?:(?P<where>(?!\d+\s*[#＃])[一-鿿A-Za-z0-9()·]{1,20}?)(?:社区)?\s*[#＃]\s*|[#＃]\s*|(?=\d))"
    r"(?P<number>\d+)(?![\d#＃])(?P<mark>\s*号(?!楼|院|线|门|车))?"
)
_MARK = re.compile("[#＃]")
_NO_NUMBER_BEFORE = re.compile(
    r"[栋幢座楼层单室户元块点时分秒月日年周天个人次米路公吨度%‰]|号(?=楼|院|线|门|车)|[百千万](?=[元块个\s]|$)"
    r"|[:：./,~-]\d"
)
_SEPARATORS = " \t:：,，。、"


class Reference(NamedTuple):
    """A number, and the community it was said with (None: the room's own)."""

    number: int
    where: str | None = None

    @property
    def shown(self) -> str:
        """The reference as people write it."""
        return f"{self.where or ''}#{self.number}"


def read(text: str) -> tuple[Reference | None, str]:
    """Return the reference that `text` begins with, and the rest of it.

    A bare number is none when what follows makes it a measure or an address (`3栋`, `2点`, `500元`).
    """
    found = _REFERENCE.match(text)
    if not found:
        return None, text
    rest = text[found.end() :]
    marked = bool(_MARK.search(found.group(0))) or found["mark"]
    if not marked and _NO_NUMBER_BEFORE.match(rest):
        return None, text
    digits = found["number"].lstrip("0") or "0"
    number = int(digits) if len(digits) <= MAX_DIGITS else NOBODYS
    return Reference(number, found["where"]), rest.lstrip(_SEPARATORS)
