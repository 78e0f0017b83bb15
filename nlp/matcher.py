"""Finds which rules a text fulfils: all their words in one pass (Aho-Corasick), then their conditions."""

from __future__ import annotations

from sys import maxsize
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ahocorasick_rs import AhoCorasick

from nlp.shapes import SHAPES, shapes_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nlp.rules import Rule

Span: TypeAlias = tuple[int, int]
Hits: TypeAlias = "dict[int, list[Span]]"  # where each word (by its number) stands

NOT_NEAR = 8  # how far on either side `not_near` looks
REACH_BEFORE = 3  # “没有着火”: how far before a word `not_after` looks
MOST_SPANS = 12  # of one word in one text; a flood of a word proves nothing more


class Matcher:
    """All rules, ready to be looked for in a text. Immutable, so threads may share it."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._numbers = _number_words(rules)
        self._automaton = AhoCorasick(list(self._numbers))
        entries: list[list[_Entry]] = [[] for _ in self._numbers]
        beside: list[list[_Entry]] = [[] for _ in self._numbers]
        groups: dict[tuple[str, ...], frozenset[int]] = {}  # a list that many rules name is kept once

        def numbered(words: tuple[str, ...]) -> frozenset[int]:
            if words not in groups:
                groups[words] = frozenset(map(self._numbers.__getitem__, words))
            return groups[words]

        for key, rule in enumerate(rules):
            conditions = None if rule.is_plain else _Conditions(rule, numbered)
            entry = _Entry(key, rule, conditions, rule.is_of_category, rule.target if rule.is_of_need else "")
            for word in rule.words:
                (beside if rule.is_beside else entries)[self._numbers[word]].append(entry)
        self._words = list(self._numbers)
        self._latin = frozenset(n for word, n in self._numbers.items() if word.isascii() and word.isalnum())
        self._entries = list(map(tuple, entries))  # lists, and a set for each word, are 4 MiB more
        self._beside = list(map(tuple, beside))
        categories = [frozenset[str]()] * len(self._numbers)
        same: dict[frozenset[str], frozenset[str]] = {}
        for rule in rules:
            if rule.is_of_category:
                for word in rule.words:
                    number = self._numbers[word]
                    every = categories[number] | {rule.target}
                    categories[number] = same.setdefault(every, every)
        self._categories = categories
        self._of_category = frozenset(number for number, every in enumerate(categories) if every)

    def find(self, text: str) -> list[tuple[Rule, str]]:
        """The rules that hold in a normalised, lower-case text, each with the word that made it hold.

        What only adds to a need, or speaks against it, is looked for where something speaks for that need.
        """
        hits = self._hits(text)
        standing = self._without_parts(hits)
        length = len(text)
        fired: dict[int, tuple[Rule, str]] = {}
        needs: set[str] = set()
        for number, spans in hits.items():
            for key, rule, conditions, of_category, need in self._entries[number]:
                if key in fired:
                    continue
                own = standing.get(number, spans) if of_category else spans
                if own and (conditions is None or conditions.hold(own, hits, length)):
                    fired[key] = (rule, self._words[number])
                    if need:
                        needs.add(need)
        if needs:
            self._look_beside(needs, hits, length, fired)
        return list(fired.values())

    def _look_beside(
        self, needs: set[str], hits: Hits, length: int, fired: dict[int, tuple[Rule, str]]
    ) -> None:
        """Add the rules that hold beside those of these needs."""
        for number, spans in hits.items():
            for key, rule, conditions, _, need in self._beside[number]:
                if need not in needs or key in fired:
                    continue
                if conditions is None or conditions.hold(spans, hits, length):
                    fired[key] = (rule, self._words[number])

    def _without_parts(self, hits: Hits) -> Hits:
        """Where the words of categories stand for themselves: `挂号` in `挂号信` does not.

        A word inside a longer one that speaks for another category is only a part of that one.
        """
        if self._of_category.isdisjoint(hits):  # most lines
            return {}
        spans = [
            (start, -end, number)
            for number, places in hits.items()
            if self._categories[number]
            for start, end in places
        ]
        if len(spans) < 2:
            return {}
        spans.sort()
        standing: Hits = {number: [] for _, _, number in spans}
        longest_end, longest = -1, -1
        for start, negative_end, number in spans:
            end = -negative_end
            if end > longest_end:
                longest_end, longest = end, number
            elif not self._categories[number] & self._categories[longest]:
                continue
            standing[number].append((start, end))
        return standing

    def _hits(self, text: str) -> Hits:
        hits: Hits = {}
        latin = self._latin
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if number in latin and _inside_latin(text, start, end):
                continue
            spans = hits.get(number)
            if spans is None:
                hits[number] = [(start, end)]
            elif len(spans) < MOST_SPANS:
                spans.append((start, end))
        for shape, start, end in shapes_in(text):
            hits.setdefault(self._numbers[shape], []).append((start, end))
        return hits


class _Conditions:
    """What must hold for a rule besides a hit of a word, in terms of numbered words."""

    __slots__ = (
        "anywhere",
        "at",
        "least",
        "most",
        "near",
        "not_after",
        "not_in",
        "not_near",
        "with_",
        "without",
    )

    def __init__(self, rule: Rule, numbered: Callable[[tuple[str, ...]], frozenset[int]]) -> None:
        self.least, self.most = rule.at_least, rule.at_most or maxsize
        self.near, self.at = rule.near, rule.at
        self.with_ = [numbered(group) for group in rule.with_]
        self.without = numbered(rule.without)
        self.not_near = numbered(rule.not_near)
        self.not_after = numbered(rule.not_after)
        self.not_in = numbered(rule.not_in)
        self.anywhere = not (rule.at or self.not_in or self.not_near or self.not_after or self.with_)

    def hold(self, spans: list[Span], hits: Hits, length: int) -> bool:
        """Whether they hold where one of the rule's words stands."""
        if not self.least <= length <= self.most:
            return False
        if self.without and not hits.keys().isdisjoint(self.without):
            return False
        if self.anywhere:
            return True
        if self.with_ and any(map(hits.keys().isdisjoint, self.with_)):
            return False
        return any(self._hold_at(span, hits, length) for span in spans)

    def _hold_at(self, span: Span, hits: Hits, length: int) -> bool:
        if self.at and not _stands(self.at, span, length):
            return False
        if self.not_in and any(s <= span[0] and span[1] <= e for s, e in _spans(self.not_in, hits)):
            return False
        if self.not_near and _any_near(self.not_near, span, hits, NOT_NEAR):
            return False
        if self.not_after and any(0 <= span[0] - e < REACH_BEFORE for s, e in _spans(self.not_after, hits)):
            return False
        return all(_any_near(group, span, hits, self.near) for group in self.with_)


class _Entry(NamedTuple):
    """A rule as it is looked at for each hit of its words: one tuple, taken apart in one step."""

    key: int
    rule: Rule
    conditions: _Conditions | None
    of_category: bool
    need: str  # the target, where that is a need


def _number_words(rules: Sequence[Rule]) -> dict[str, int]:
    words: dict[str, None] = dict.fromkeys(SHAPES)
    for rule in rules:
        for group in (rule.words, *rule.with_, rule.without, rule.not_near, rule.not_after, rule.not_in):
            words.update(dict.fromkeys(group))
    return {word: number for number, word in enumerate(words)}


def _spans(group: frozenset[int], hits: Hits) -> list[Span]:
    return [span for number in group & hits.keys() for span in hits[number]]


def _any_near(group: frozenset[int], span: Span, hits: Hits, near: int) -> bool:
    """Whether a word of the group stands within `near` characters, and is not a part of the word itself."""
    start, end = span
    for number in group & hits.keys():
        for s, e in hits[number]:
            if s - end <= near and start - e <= near and not (start <= s and e <= end):
                return True
    return False


def _inside_latin(text: str, start: int, end: int) -> bool:
    """Whether `ct` is only a part of `cctv`."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())


def _stands(where: str, span: Span, length: int) -> bool:
    if where == "start":
        return span[0] <= 1
    if where == "end":
        return span[1] >= length - 1
    return span[0] == 0 and span[1] >= length - 1
