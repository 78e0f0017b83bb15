"""What kind of talk a text is and which category: hand-written rules and learned weights in one score."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

from nlp.categories import CATEGORIES, OTHER, first_level
from nlp.rules import KINDS
from nlp.understanding import Evidence, Kind
from nlp.weights import APPEAL

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nlp.rules import Rule
    from nlp.weights import Weights

BIAS = -3.0  # an ordinary line of a group is no appeal
NO_TOPIC = -1.0  # less so if it names nothing that anybody could put right
TOPIC = 0.75  # how much of the best category's score counts for there being an appeal
MOST_TOPIC = 2.5
ABOUT_SOMETHING = 0.8  # what naming such a thing says for a question: “what shall we eat?” is chat
OTHER_KIND = 2.0  # a kind that is not chat needs so much

USUAL_LENGTH = 40  # the rules' words weigh less in a text longer than this: much is named in passing
PLAIN_VOICE = 1.5  # what the learned weights count for in a neighbour's line
PETITION_VOICE = 12.0  # and in a text that sounds like the petitions they were learned from
FULL_VOICE = 3.0  # the sum of `petition` words from which a text sounds like one
UNLEARNED = -0.3  # what a class is given that the learned weights do not know
MOST_BEHIND = 6.0  # no category is further behind the best by what lines taught
SHOWN = 6  # pieces of evidence for each part
LEAST_SHOWN = 0.1

_OF_FIRST = {
    first: [c for c in CATEGORIES if first_level(c) == first] for first in map(first_level, CATEGORIES)
}
_ORDER = {name: place for place, name in enumerate(CATEGORIES)}


@dataclass(slots=True)
class Scores:
    """The sums of the rules that hold, and the words that made them."""

    kinds: dict[str, float]
    categories: dict[str, float]
    voice: float = 0.0
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of a text. `score` is how far its being an appeal stands above everything else it could be."""

    kind: Kind
    score: float


def score(fired: Sequence[tuple[Rule, str]], everyday: Collection[str] = ()) -> Scores:
    """The sums of the rules that hold in a text; `everyday` words say nothing about its being an appeal."""
    scores = Scores(dict.fromkeys(KINDS, 0.0), {})
    topics: dict[str, float] = {}
    for rule, word in fired:
        target = rule.target
        if target in scores.kinds:
            scores.kinds[target] += rule.weight
            scores.evidence.append(Evidence(f"kind:{target}", word, rule.weight))
        elif target in _ORDER:
            scores.categories[target] = scores.categories.get(target, 0.0) + rule.weight
            scores.evidence.append(Evidence(f"category:{target}", word, rule.weight))
            if word in everyday:
                continue
            topics[target] = topics.get(target, 0.0) + rule.weight
            if rule.appeal:
                scores.kinds["appeal"] += rule.appeal
                scores.evidence.append(Evidence("kind:appeal", word, rule.appeal))
        elif target == "petition":
            scores.voice += rule.weight
    best = max(topics.values(), default=0.0)
    if scores.categories:
        scores.kinds["question"] += ABOUT_SOMETHING
    scores.kinds["appeal"] += BIAS + (min(best * TOPIC, MOST_TOPIC) if best else NO_TOPIC)
    return scores


def decide(kinds: Mapping[str, float]) -> Verdict:
    """The kind with the most for it; chat where nothing has enough."""
    others = {kind: value - OTHER_KIND for kind, value in kinds.items() if kind != "appeal"}
    rival = max(others, key=lambda kind: others[kind])
    margin = kinds["appeal"] - max(others[rival], 0.0)
    if margin > 0:
        return Verdict(Kind.APPEAL, margin)
    return Verdict(Kind(rival) if others[rival] > 0 else Kind.CHAT, margin)


def learned_kind(weights: Weights, features: Collection[str]) -> tuple[float, list[Evidence]]:
    """What the learned weights say for an appeal, with the words that say most."""
    if not weights:
        return 0.0, []
    table = weights.table
    found = [(name, table[name][0][1]) for name in features if name in table]
    return weights.bias[APPEAL] + sum(weight for _, weight in found), _shown("kind:appeal", found)


def category_scores(
    scores: Scores, classes: Mapping[str, float], lines: Mapping[str, float], length: int
) -> dict[str, float]:
    """One score a category, of three parts.

    What the rules say for it; `classes`, what petitions taught about its first-level class; `lines`, what
    lines of group talk taught about it. The more a text sounds like a petition, the more the second counts
    and the less the third.
    """
    share = min(max(scores.voice, 0.0) / FULL_VOICE, 1.0)
    voice = PLAIN_VOICE + (PETITION_VOICE - PLAIN_VOICE) * share
    damp = 1 / sqrt(max(1.0, length / USUAL_LENGTH))
    best = max(lines.values(), default=0.0)
    total: dict[str, float] = {}
    for first, names in _OF_FIRST.items():
        learned = voice * classes.get(first, UNLEARNED) if classes else 0.0
        for name in names:
            said = max(lines.get(name, best - MOST_BEHIND) - best, -MOST_BEHIND) if lines else 0.0
            total[name] = scores.categories.get(name, 0.0) * damp + learned + (1 - share) * said
    return total


def best_category(total: Mapping[str, float], among: Sequence[str] | None = None) -> str:
    """The category with the highest score (of the classes in `among`); 其他 where no rule knows more."""
    names = [name for name in total if among is None or first_level(name) in among] or list(total)
    return max(names, key=lambda name: (total[name], name.endswith(OTHER), -_ORDER[name]))


def _shown(part: str, found: Sequence[tuple[str, float]]) -> list[Evidence]:
    heaviest = sorted(found, key=lambda pair: (-abs(pair[1]), pair[0]))[:SHOWN]
    return [Evidence(part, name, weight) for name, weight in heaviest if abs(weight) >= LEAST_SHOWN]


def evidence_for(category: str, scores: Scores) -> list[Evidence]:
    """The reasons for the appeal and for its category, heaviest first."""
    found = [
        Evidence(e.part.split(":")[0], e.why, e.weight)
        for e in scores.evidence
        if e.part in ("kind:appeal", f"category:{category}")
    ]
    return sorted(found, key=lambda e: (e.part, -abs(e.weight)))
