"""What a speaker puts right of what they said: 说错了,是5栋 · 不是3栋是5栋 · 是卫生间不是厨房."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.understanding import Place

if TYPE_CHECKING:
    from collections.abc import Callable

_WRONG = re.compile(
    r"(?:刚才|刚刚?|前面|上面)?(?:我)?(?:[说打写发讲报记]错|口误|手误|更正|纠正)[了啦]?|我(?:刚才|刚刚?)?[说指讲]的是"
)
_THING = r"[^,\uff0c。!\uff01;是不\n]{1,8}"
_NOT_BUT = re.compile(rf"不是{_THING}[,\uff0c、 ]?(?:而|应该|应当)?(?=是)")
_BUT_NOT = re.compile(
    rf"(?<=是)(?P<meant>{_THING})[,\uff0c、 ]?(?:而)?不是{_THING}(?=[,\uff0c。!\uff01\n]|$)"
)
_HINTS = ("错", "误", "正", "的是", "不是")


def puts_right(text: str) -> bool:
    """Whether a line says that what was said before is to be taken otherwise."""
    return _begins(text) is not None


def place_put_right(text: str, read: Callable[[str], Place]) -> Place | None:
    """Return where a matter lies in the end, as `read` finds places; None if the text puts nothing right."""
    start = _begins(text)
    if start is None:
        return None
    place = read(text[:start])
    for line in text[start:].split("\n"):  # each line may put right what the one before it did
        place = _instead(place, read(_as_meant(line)))
    return place


def _instead(before: Place, after: Place) -> Place:
    """Return a place with what was said later in the stead of what was said first."""
    spot, compound = after.spot or before.spot, after.compound or before.compound
    if after.building and after.building != before.building:
        return after._replace(spot=spot, compound=compound)
    if after.unit and after.unit != before.unit:
        return after._replace(building=before.building, spot=spot, compound=compound)
    return Place(*(now or then for now, then in zip(after, before, strict=True)))


def _begins(text: str) -> int | None:
    """Return where a text begins to put right what stands before, or is wrong in itself."""
    if not any(hint in text for hint in _HINTS):
        return None
    found = [m.start() for form in (_WRONG, _NOT_BUT, _BUT_NOT) if (m := form.search(text)) is not None]
    return min(found) if found else None


def _as_meant(text: str) -> str:
    """The text without what it says was not meant."""
    return _NOT_BUT.sub("", _BUT_NOT.sub(r"\g<meant>", text))
