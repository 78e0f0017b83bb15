"""Whether two appeals are the same matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.categories import first_level
from nlp.normalise import normalise
from nlp.place_marks import differ, marks_in
from nlp.understanding import Place

if TYPE_CHECKING:
    from nlp.place_marks import Marks

SAME = 0.5  # likeness from which two appeals are held to be one matter
MOST_BIGRAMS = 60

# Words that say nothing about which matter it is.
_EMPTY = re.compile(
    r"[\s\d,.。!?、~;:…'\"“”()\[\]@#*/-]+|(?:了|的|啊|呀|吧|呢|吗|嘛|哦|哈|啦|就|都|也|还|又|很|太|真|是|在|我|你|他|们|这|那|个|有|没|不|请|麻烦|物业|能不能|什么时候|怎么|有人|没人|管管|天天|一直|昨天|今天|现在|小区|[栋幢座楼层]|单元|号楼)"
)


# What belongs to all of a neighbourhood, not to one building of it.
_SHARED = re.compile(
    r"小区|大门|[东西南北正侧]门|车库|地库|停车场|广场|花园|公园|绿地|球场|游乐场|岗亭|门岗|水池|池塘|湖|河|桥|菜场|市场"
)
# A lift stands at a floor, but is the lift of the building.
_STANDS = re.compile(r"(?:卡|停|困|关|堵|悬|掉|坠)(?:在|到|于|了)?[^,。]{0,4}(?:楼|层)")


@dataclass(frozen=True, slots=True)
class Traits:
    """What two appeals are compared by: category, place and its marks, pairs of letters of what is said."""

    category: str | None
    place: Place
    bigrams: frozenset[str]
    marks: Marks
    moving: bool = False  # the floor it names is where a lift stands


def matter(text: str, category: str | None, place: Place | None = None) -> Traits:
    """The matter that a text of a category at a place is about."""
    clean = normalise(text)
    parts = [part for part in _EMPTY.split(clean.lower()) if part]
    pairs = [part[i : i + 2] for part in parts for i in range(max(1, len(part) - 1))]
    at, marks = place or Place(), marks_in(clean)
    if at.building and "栋" in marks:  # several buildings may be named: the one it lies in was found
        del marks["栋"]
    return Traits(category, at, frozenset(pairs[:MOST_BIGRAMS]), marks, bool(_STANDS.search(clean)))


def likeness(one: Traits, other: Traits) -> float:
    """How surely two appeals are one matter, 0 to 1; 0 where kind or place contradict each other."""
    kind = _like_kind(one.category, other.category)
    place = same_place(one, other)
    if not kind or not place:
        return 0.0
    return kind * (0.4 * place + 0.6 * _like_words(one.bigrams, other.bigrams))


def shares_words(one: Traits, text: str) -> bool:
    """Whether a text could be the same matter at all: it has a pair of its letters. Quick, for many texts."""
    return not one.bigrams or any(pair in text for pair in one.bigrams)


def _like_kind(one: str | None, other: str | None) -> float:
    if one == other:
        return 1.0
    if not one or not other:
        return 0.7
    return 0.75 if first_level(one) == first_level(other) and "其他" in one + other else 0.0


_STAIRS = frozenset({"楼道", "楼梯间", "楼梯", "楼梯口", "楼道口", "过道", "走廊"})  # of one staircase


def same_place(one: Traits, other: Traits) -> float:
    """How near two places are, 0 (different) to 1: what both say must agree; a building is not nowhere.

    What everybody shares (a gate, the garage) is the same whether its speaker names a building or not.
    """
    first, second = one.place, other.place
    parts = ((first.building, second.building), (first.unit, second.unit), (first.door, second.door))
    if any(a and b and a != b for a, b in parts) or differ(one.marks, other.marks):
        return 0.0
    if _two_floors(one, other) or _two_spots(first.spot, second.spot):
        return 0.0
    if bool(first.building) != bool(second.building):
        return 1.0 if shared_spot(first) and shared_spot(second) else 0.0
    if first.building or (first.spot and second.spot):
        return 1.0
    return 0.5 if bool(first.spot) == bool(second.spot) else 0.35


def shared_spot(place: Place) -> bool:
    """Whether a place is one that everybody shares, whatever building it is said with."""
    return bool(place.spot and _SHARED.search(place.spot))


def _two_floors(one: Traits, other: Traits) -> bool:
    """Whether two texts name different floors; where a lift is stuck is no place of its own."""
    first, second = _floor(one.place), _floor(other.place)
    return bool(first and second and first != second) and not (one.moving or other.moving)


def _floor(place: Place) -> str | None:
    """The floor said, else that of the door: 501 is on the 5th."""
    return place.floor or (place.door[:-2] if place.door and len(place.door) > 2 else None)


def _two_spots(one: str | None, other: str | None) -> bool:
    """Whether two place words name different places; 车库 and 地下车库 do not, nor 楼道 and 楼梯间."""
    if not one or not other or (one in _STAIRS and other in _STAIRS):
        return False
    return one not in other and other not in one


def _like_words(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared pairs of letters, as a part of the shorter text's (a text of one pair proves little)."""
    if not one or not other:
        return 0.3
    shared = len(one & other)
    return shared / (min(len(one), len(other)) + 1.0) * 1.2 if shared else 0.0
