"""Whether two appeals are the same matter, and which open matters a new one could be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from nlp.categories import first_level
from nlp.normalise import normalise
from nlp.understanding import Place

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from nlp.understanding import Understanding

SAME = 0.5  # likeness from which two appeals are held to be one matter
MOST_COMPARED = 200  # open matters that are looked at closely for one query
MOST_BIGRAMS = 60

# Words that say nothing about which matter it is.
_EMPTY = re.compile(
    r"[\s\d,.。!?、~;:…'\"“”()\[\]@#*/-]+|(?:了|的|啊|呀|吧|呢|吗|嘛|哦|哈|啦|就|都|也|还|又|很|太|真|是|在|我|你|他|们|这|那|个|有|没|不|请|麻烦|物业|能不能|什么时候|怎么|有人|没人|管管|天天|一直|昨天|今天|现在|小区|[栋幢座楼层]|单元|号楼)"
)
Key = TypeVar("Key", bound="Hashable")


@dataclass(frozen=True, slots=True)
class Matter:
    """What two appeals are compared by: category, place, and the pairs of letters of what is said."""

    category: str | None
    place: Place
    bigrams: frozenset[str]


def matter_of(understanding: Understanding) -> Matter:
    """The matter of an appeal."""
    return matter(understanding.text, understanding.category, understanding.place)


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


class OpenMatters(Generic[Key]):
    """The open matters of one grid: which of them could a new appeal be? Not to be shared by threads."""

    def __init__(self) -> None:
        self._matters: dict[Key, Matter] = {}
        self._by_kind: dict[str, dict[str | None, set[Key]]] = defaultdict(lambda: defaultdict(set))
        self._postings: dict[tuple[str, str], set[Key]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._matters)

    def add(self, key: Key, matter: Matter) -> None:
        """Remember a matter; one already known under the key is replaced."""
        self.remove(key)
        self._matters[key] = matter
        kind = _kind(matter)
        self._by_kind[kind][matter.place.building].add(key)
        for pair in matter.bigrams:
            self._postings[kind, pair].add(key)

    def remove(self, key: Key) -> None:
        """Forget a matter; nothing happens if it is not known."""
        matter = self._matters.pop(key, None)
        if matter is None:
            return
        kind = _kind(matter)
        self._by_kind[kind][matter.place.building].discard(key)
        for pair in matter.bigrams:
            posting = self._postings[kind, pair]
            posting.discard(key)
            if not posting:
                del self._postings[kind, pair]

    def query(self, matter: Matter, least: float = SAME, most: int = 3) -> list[tuple[Key, float]]:
        """The open matters it could be, likest first, each with its likeness (at least `least`)."""
        found = [(key, likeness(matter, self._matters[key])) for key in self._candidates(matter)]
        found = [pair for pair in found if pair[1] >= least]
        return sorted(found, key=lambda pair: (-pair[1], str(pair[0])))[:most]

    def _candidates(self, matter: Matter) -> Iterable[Key]:
        kind = _kind(matter)
        buckets = self._by_kind.get(kind, {})
        building = matter.place.building
        wanted = (
            list(buckets.values()) if building is None else [buckets.get(b, set()) for b in (building, None)]
        )
        if sum(map(len, wanted)) <= MOST_COMPARED:
            return [key for bucket in wanted for key in bucket]
        return self._by_words(kind, matter, wanted)

    def _by_words(self, kind: str, matter: Matter, wanted: list[set[Key]]) -> Iterable[Key]:
        """Of too many, those that share the rarest pairs of letters."""
        postings = [self._postings[kind, pair] for pair in matter.bigrams if (kind, pair) in self._postings]
        counts: Counter[Key] = Counter()
        for posting in sorted(postings, key=len)[:8]:
            for bucket in wanted:
                small, large = sorted((posting, bucket), key=len)
                counts.update([key for key in list(small)[:2000] if key in large])
        return [key for key, _ in counts.most_common(MOST_COMPARED)]


def _kind(matter: Matter) -> str:
    return matter.category or ""
