"""Hot topics: a stream of posts grouped into matters, each with how many people it concerns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import log, log1p, sqrt
from typing import TYPE_CHECKING, TypeAlias

from nlp.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

Vector: TypeAlias = "dict[str, float]"

ALIKE = 0.30  # how near a post must be to the middle of a matter (cosine)
MERGED = 0.33  # how near the middles of two matters must be to be one
TERMS = 25  # the most telling terms of a post
TITLE_WEIGHT = 2.0
BODY = 400  # characters; what comes later seldom says what it is about
COMMON = 0.02  # a term in more of the posts than this says nothing
HALF_LIFE_DAYS = 180.0  # what has been silent for so long is half as hot
NEARLY_ALL = 0.8

_NAME = re.compile(
    r"[一-鿿\da-z]{2,8}?(?:小区|新城|花园|家园|公寓|大厦|广场|学校|小学|中学|幼儿园|医院|市场|公园|地铁站|车站"
    r"|[苑府湾庭郡邸墅城村镇街路桥])"
)
_CUT_BEFORE = re.compile(
    r".*(?:[在的是于与和了对到有就请问给把从往向及或让被因为将我你他们这那个里住:,。、?!\s]|\d区|\d市|\d县)"
)


@dataclass(frozen=True, slots=True)
class Post:
    """What one person said at a time; `author` only serves to count people."""

    text: str
    author: str
    at: datetime | None = None
    title: str = ""
    likes: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter that posts are about: the most typical post's title, where, how many people, how hot."""

    title: str
    place: str | None
    people: int
    posts: tuple[int, ...]  # which of the posts, in their order
    likes: int
    first: datetime | None
    last: datetime | None
    heat: float


def topics(posts: Sequence[Post], cut: Callable[[str], list[str]], top: int = 20) -> list[Topic]:
    """The hottest matters in a stream of posts, the hottest first."""
    vectors = _vectors([_terms(post, cut) for post in posts])
    groups = _merged(_grouped(vectors))
    now = max((post.at for post in posts if post.at), default=None)
    found = [_topic(group, posts, vectors, now) for group in groups]
    return sorted(found, key=lambda t: (-t.heat, t.posts))[:top]


def heat_of(people: int, likes: int, days: float, silent: float) -> float:
    """How hot a matter is: people count fully, how long they stay and others' likes less, silence cools.

    `days` is from the first to the last post, `silent` from the last post to the stream's end.
    """
    lasting = 1 + log1p(days / 30) / 4
    return float((people * lasting + log1p(likes)) * 2 ** (-silent / HALF_LIFE_DAYS / 2))


def _terms(post: Post, cut: Callable[[str], list[str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, weight in ((post.title, TITLE_WEIGHT), (post.text[:BODY], 1.0)):
        words = [word for word in cut(normalise(text).lower()) if not word.isspace()]
        for word in words:
            if len(word) > 1 and not word.isascii():
                counts[word] += weight  # type: ignore[assignment]  # a Counter of weights
        for one, other in pairwise(words):
            if len(one) + len(other) > 2 and not (one + other).isascii() and (one + other).isalnum():
                counts[one + other] += weight  # type: ignore[assignment]
    return counts


def _vectors(terms: Sequence[Counter[str]]) -> list[Vector]:
    """Each post as its most telling terms, of length 1."""
    posts = Counter(term for counts in terms for term in counts)
    every = len(terms)
    most = max(COMMON * every, 20)
    vectors: list[Vector] = []
    for counts in terms:
        weighed = {
            term: (1 + log(count)) * log(every / posts[term])
            for term, count in counts.items()
            if 1 < posts[term] <= most
        }
        best = sorted(weighed, key=lambda term: (-weighed[term], term))[:TERMS]
        length = sqrt(sum(weighed[term] ** 2 for term in best)) or 1.0
        vectors.append({term: weighed[term] / length for term in best})
    return vectors


class _Groups:
    """Groups of posts with their middles, found by the terms they share."""

    def __init__(self) -> None:
        self.members: list[list[int]] = []
        self.sums: list[Vector] = []
        self._lengths: list[float] = []
        self._with_term: dict[str, set[int]] = defaultdict(set)

    def nearest(self, vector: Vector) -> tuple[int, float]:
        """The group whose middle is nearest, and how near; -1 where none shares a term."""
        shared: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for group in self._with_term[term]:
                shared[group] += weight * self.sums[group][term]
        best = max(shared, key=lambda g: (shared[g] / self._lengths[g], -g), default=-1)
        return (best, shared[best] / self._lengths[best]) if best >= 0 else (-1, 0.0)

    def add(self, group: int, members: Iterable[int], vector: Vector) -> None:
        """Put posts into a group; -1 opens a new one."""
        if group < 0:
            group = len(self.members)
            self.members.append([])
            self.sums.append({})
            self._lengths.append(1.0)
        self.members[group].extend(members)
        middle = self.sums[group]
        for term, weight in vector.items():
            middle[term] = middle.get(term, 0.0) + weight
            self._with_term[term].add(group)
        self._lengths[group] = sqrt(sum(weight**2 for weight in middle.values())) or 1.0


def _grouped(vectors: Sequence[Vector]) -> _Groups:
    groups = _Groups()
    for number, vector in enumerate(vectors):
        group, near = groups.nearest(vector)
        groups.add(group if near >= ALIKE else -1, [number], vector)
    return groups


def _merged(groups: _Groups) -> list[list[int]]:
    """The groups, those whose middles are near each other put together, the largest first."""
    found = _Groups()
    for number in sorted(range(len(groups.members)), key=lambda g: (-len(groups.members[g]), g)):
        middle = groups.sums[number]
        length = sqrt(sum(weight**2 for weight in middle.values())) or 1.0
        near_to, near = found.nearest({term: weight / length for term, weight in middle.items()})
        found.add(near_to if near >= MERGED else -1, groups.members[number], middle)
    return [sorted(members) for members in found.members]


def _topic(
    group: Sequence[int], posts: Sequence[Post], vectors: Sequence[Vector], now: datetime | None
) -> Topic:
    members = [posts[number] for number in group]
    times = sorted(post.at for post in members if post.at)
    people = len({post.author for post in members})
    likes = sum(max(post.likes, 0) for post in members)
    days = (times[-1] - times[0]).total_seconds() / 86400 if times else 0.0
    silent = (now - times[-1]).total_seconds() / 86400 if times and now else 0.0
    return Topic(
        _title(posts[_typical(group, vectors)]),
        _place(members),
        people,
        tuple(group),
        likes,
        times[0] if times else None,
        times[-1] if times else None,
        heat_of(people, likes, days, silent),
    )


def _typical(group: Sequence[int], vectors: Sequence[Vector]) -> int:
    """The post nearest to the middle of its group."""
    middle: Counter[str] = Counter()  # of weights
    for number in group:
        middle.update(vectors[number])
    return max(group, key=lambda n: (sum(w * middle[term] for term, w in vectors[n].items()), -n))


def _title(post: Post) -> str:
    return (post.title or normalise(post.text)[:40]).strip()


def _place(members: Sequence[Post]) -> str | None:
    """The name of a place that most of the posts say: the longest of those that nearly all of them say."""
    said: Counter[str] = Counter()
    for post in members:
        text = normalise(f"{post.title} {post.text[:BODY]}").lower()
        names = {_CUT_BEFORE.sub("", name) for name in _NAME.findall(text)}
        said.update({name[start:] for name in names for start in range(len(name) - 2)})
    most = max(said.values(), default=0)
    often = [name for name, count in said.items() if count >= NEARLY_ALL * most and count > 1]
    return max(often, key=lambda name: (len(name), said[name], name), default=None)
