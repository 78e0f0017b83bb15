"""What kind of talk a text is and which category: hand-written rules and learned weights in one score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.categories import CATEGORIES, OTHER, first_level
from nlp.rules import KINDS
from nlp.understanding import Evidence, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nlp.rules import Rule

Fired = "Sequence[tuple[Rule, str]]"

BIAS = -3.2  # an ordinary line of a group is no appeal
TOPIC = 0.45  # how much of the best category's score counts for there being an appeal
MOST_TOPIC = 2.6
OTHER_KIND = 2.0  # a kind that is not chat needs so much
SHOWN = 8  # pieces of evidence for each part


@dataclass(frozen=True, slots=True)
class Scores:
    """The sums behind a decision, and the words that made them."""

    kinds: dict[str, float]
    categories: dict[str, float]
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kind and category of a text. `score` is how far being an appeal stands above everything else it could be."""

    kind: Kind
    category: str
    score: float


def score(fired: Iterable[tuple[Rule, str]]) -> Scores:
    """The sums of the rules that hold."""
    kinds = dict.fromkeys(KINDS, 0.0)
    categories: dict[str, float] = {}
    evidence: list[Evidence] = []
    for rule, word in fired:
        target = rule.target
        if target in kinds:
            kinds[target] += rule.weight
            if target == "appeal":
                evidence.append(Evidence("kind", word, rule.weight))
        elif "/" in target and not target.startswith("emergency/"):
            categories[target] = categories.get(target, 0.0) + rule.weight
            evidence.append(Evidence("category", word, rule.weight))
            if rule.appeal:
                kinds["appeal"] += rule.appeal
                evidence.append(Evidence("kind", word, rule.appeal))
    best = max(categories.values(), default=0.0)
    kinds["appeal"] += BIAS + min(best * TOPIC, MOST_TOPIC)
    return Scores(kinds, categories, evidence)


def decide(scores: Scores) -> Verdict:
    """The kind with the most for it (chat where nothing has enough) and the best category."""
    others = {kind: value - OTHER_KIND for kind, value in scores.kinds.items() if kind != "appeal"}
    rival = max(others, key=lambda kind: others[kind])
    margin = scores.kinds["appeal"] - max(others[rival], 0.0)
    if margin > 0:
        kind = Kind.APPEAL
    elif others[rival] > 0:
        kind = Kind(rival)
    else:
        kind = Kind.CHAT
    return Verdict(kind, best_category(scores.categories), margin)


def best_category(categories: dict[str, float]) -> str:
    """The category with the highest score; `城乡建设/其他` where nothing speaks for any."""
    if not categories:
        return f"城乡建设/{OTHER}"
    return max(categories, key=lambda name: (categories[name], -_ORDER[name]))


_ORDER = {name: place for place, name in enumerate(CATEGORIES)}


def top_evidence(evidence: Iterable[Evidence], category: str | None) -> tuple[Evidence, ...]:
    """The heaviest reasons for each part; of the category's only those of the one chosen."""
    return tuple(sorted(evidence, key=lambda e: (e.part, -abs(e.weight)))[:SHOWN])


__all__ = ["Scores", "Verdict", "best_category", "decide", "first_level", "score", "top_evidence"]
