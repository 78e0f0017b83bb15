"""How people name a case or a meeting: `12`, `#12`, `百安坝#12`; or several: `1 2 3`, `1,2`, `1-4`."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

MAX_DIGITS = 9
NOBODYS = 10**MAX_DIGITS - 1  # stands for every longer number: no community has so many cases
MOST_AT_ONCE = 30  # numbers of one command; more are refused: a slip must not move a whole community

_REFERENCE = re.compile(
    r"(?:(?P<where>(?!\d+\s*[#＃])[一-鿿A-Za-z0-9()·]{1,20}?)(?:社区)?\s*[#＃]\s*|[#＃]\s*|(?=\d))"
    r"(?P<number>\d+)(?![\d#＃])(?P<mark>\s*号(?!楼|院|线|门|车))?"
)
_MARK = re.compile("[#＃]")
_MEASURES = (
    r"[栋幢座楼层单室户元块点时分秒月日年周天个人次米路公吨度%‰只盏台根条张箱瓶袋]"
    r"|号(?=楼|院|线|门|车)|[百千万](?=[元块个\s]|$)"
)
_NO_NUMBER_BEFORE = re.compile(rf"{_MEASURES}|[:：./,~-]\d")
_SEPARATORS = " \t:：,，。、"

_LISTED = re.compile(r"\s*(?:[,，、;；&+/]|和|与|及|跟|还有)+\s*")
_GLUED = re.compile(r"(?<=\d)(?=[#＃]\d)")
_SPACED = re.compile(r"\s*(?=[#＃])|\s+")
_TO = re.compile(r"\s*(?:-{1,2}|–|—|~|\uff5e)\s*|\s*[到至]\s*(?=[#＃]?\d)")
_NEXT = re.compile(r"[#＃]?\s*(?P<number>\d{1,9})(?!\d)(?P<mark>\s*号(?!楼|院|线|门|车))?")
_MEASURED = re.compile(rf"\s*(?:{_MEASURES})|[:：.]\d")
_GOES_ON = re.compile(r"[/~-]\d")
_ENDS = re.compile(r"[\s#＃,，、;；&+/:：。!！?？~\uff5e–—和与及跟到至给-]|$")
_HOTLINES = frozenset({110, 119, 120, 122, 12110, 12119, 12345, 12348, 12350, 12356, 95598})


class Several(StrEnum):
    """How freely several numbers may stand after a command word."""

    NO = "no"
    LISTED = "listed"  # with a mark between them: 1,2 (a number after a space is something else)
    DATED = "dated"  # freely, but what follows is a day: 至 and 20号 belong to that
    FREELY = "freely"  # 1 2 3, 1,2, 1-4


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
    if not found or _is_measure(found, text):
        return None, text
    return _reference(found), text[found.end() :].lstrip(_SEPARATORS)


def read_several(text: str, several: Several) -> tuple[tuple[Reference, ...], str]:
    """Return the references that `text` begins with, in the order said, and the rest of it.

    A range (`1-4`) has both ends; of more than `MOST_AT_ONCE` numbers one too many is returned.
    """
    if _MARK.match(text):
        text = _GLUED.sub(" ", text)
    found = _REFERENCE.match(text) if several is not Several.NO else None
    if found is None:
        one, rest = read(text)
        return ((one,) if one is not None else ()), rest
    refs, at = [_reference(found)], found.end()
    while len(refs) <= MOST_AT_ONCE and (more := _more(text, at, several, refs[-1].number)) is not None:
        numbers, at = more
        refs += [Reference(number, refs[0].where) for number in numbers]
    if len(refs) == 1 and _is_measure(found, text):
        return (), text
    return tuple(refs[: MOST_AT_ONCE + 1]), text[at:].lstrip(_SEPARATORS)


def _is_measure(found: re.Match[str], text: str) -> bool:
    marked = _MARK.search(found.group(0)) or found["mark"]
    return not marked and _NO_NUMBER_BEFORE.match(text[found.end() :]) is not None


def _reference(found: re.Match[str]) -> Reference:
    digits = found["number"].lstrip("0") or "0"
    return Reference(int(digits) if len(digits) <= MAX_DIGITS else NOBODYS, found["where"])


def _more(text: str, at: int, several: Several, last: int) -> tuple[list[int], int] | None:
    """Return the numbers with which a list goes on at a position, and where they end; None: it does not."""
    to = _TO.match(text, at)
    if to is not None:
        end = _NEXT.match(text, to.end()) if several is Several.FREELY else None
        if end is None or int(end["number"]) <= last or _MEASURED.match(text, end.end()):
            return None
        most = min(int(end["number"]), last + MOST_AT_ONCE + 1)
        return list(range(last + 1, most + 1)), end.end()
    listed = _LISTED.match(text, at)
    link = listed or (_SPACED.match(text, at) if several is not Several.LISTED else None)
    found = _NEXT.match(text, link.end()) if link is not None else None
    if found is None or _MEASURED.match(text, found.end()):
        return None
    if several is Several.DATED and found["mark"]:
        return None
    if listed is None and not _MARK.search(found[0]):
        alone = _ENDS.match(text, found.end()) and not _GOES_ON.match(text, found.end())
        if not alone or int(found["number"]) in _HOTLINES:
            return None
    return [int(found["number"])], found.end()
