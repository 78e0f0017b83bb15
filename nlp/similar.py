"""Whether two appeals are the same matter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.categories import first_level
from nlp.normalise import normalise
from nlp.understanding import Place

SAME = 0.5  # likeness from which two appeals are held to be one matter
MOST_BIGRAMS = 60

# Words that say nothing about which matter it is.
_EMPTY = re.compile(
    r"[\s\d,.。!?、~;:…'\"“”()\[\]@#*/-]+|(?:了|的|啊|呀|吧|呢|吗|嘛|哦|哈|啦|就|都|也|还|又|很|太|真|是|在|我|你|他|们|这|那|个|有|没|不|请|麻烦|物业|能不能|什么时候|怎么|有人|没人|管管|天天|一直|昨天|今天|现在|小区|[栋幢座楼层]|单元|号楼)"
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What two appeals are compared by: category, place, and the pairs of letters of what is said."""

    category: str | None
    place: Place
    bigrams: frozenset[str]


def matter(text: str, category: str | None, place: Place | None = None) -> Matter:
    """The matter that a text of a category at a place is about."""
    parts = [part for part in _EMPTY.split(normalise(text).lower()) if part]
    pairs = [part[i : i + 2] for part in parts for i in range(max(1, len(part) - 1))]
    return Matter(category, place or Place(), frozenset(pairs[:MOST_BIGRAMS]))


def likeness(one: Matter, other: Matter) -> float:
    """How surely two appeals are one matter, 0 to 1; 0 where kind or place contradict each other."""
    kind = _like_kind(one.category, other.category)
    place = _like_place(one.place, other.place)
    if not kind or not place:
        return 0.0
    return kind * (0.4 * place + 0.6 * _like_words(one.bigrams, other.bigrams))


def shares_words(one: Matter, text: str) -> bool:
    """Whether a text could be the same matter at all: it has a pair of its letters. Quick, for many texts."""
    return not one.bigrams or any(pair in text for pair in one.bigrams)


def _like_kind(one: str | None, other: str | None) -> float:
    if one == other:
        return 1.0
    if not one or not other:
        return 0.7
    return 0.75 if first_level(one) == first_level(other) and "其他" in one + other else 0.0


def _two_spots(one: str | None, other: str | None) -> bool:
    """Whether two place words name different places; 车库 and 地下车库 do not."""
    return bool(one and other and one not in other and other not in one)


def _like_place(one: Place, other: Place) -> float:
    if _contradict(one.building, other.building) or _contradict(one.unit, other.unit):
        return 0.0
    if _contradict(one.door, other.door):
        return 0.0
    if _two_spots(one.spot, other.spot):
        same_sort = one.spot is not None and other.spot is not None and one.spot[-1] == other.spot[-1]
        return 0.0 if same_sort or not (one.building and other.building) else 0.5
    known = [a == b for a, b in ((one.building, other.building), (one.spot, other.spot)) if a and b]
    if known:
        return 1.0
    return 0.5 if bool(one) == bool(other) else 0.35


def _contradict(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _like_words(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared pairs of letters, as a part of the shorter text's (a text of one pair proves little)."""
    if not one or not other:
        return 0.3
    shared = len(one & other)
    return shared / (min(len(one), len(other)) + 1.0) * 1.2 if shared else 0.0
