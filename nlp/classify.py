"""What kind of talk a text is and which category: hand-written rules and learned weights in one score."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from nlp.categories import CATEGORIES, OTHER, first_level
from nlp.rules import KINDS
from nlp.understanding import Evidence, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nlp.class_sums import ClassSums
    from nlp.rules import Rule

BIAS = -3.0  # an ordinary line of a group is no appeal
NO_TOPIC = -1.0  # less so if it names nothing that anybody could put right
TOPIC = 0.75  # how much of the best category's score counts for there being an appeal
MOST_TOPIC = 2.5
ABOUT_SOMETHING = 0.8  # what naming such a thing says for a question: “what shall we eat?” is chat
OTHER_BIAS = -2.0  # nor any other kind but chat

USUAL_LENGTH = 40  # the rules' words weigh less in a text longer than this: much is named in passing
PETITION_VOICE = 6.0  # what petitions taught counts for in a text that sounds like one
OF_PETITION = 24.0  # the same where it is known to be one, and its first-level class is asked for
FULL_VOICE = 3.0  # the sum of `petition` words from which a text sounds like one
BESIDE_VOICE = 0.5  # so much less lines count in a text that sounds like a petition
UNLEARNED = -0.3  # what a class is given that the learned weights do not know
BESIDE_LEARNED = 0.45  # what the rules count for in a line, beside what lines taught
MOST_BEHIND = 8.0  # no category is further behind the best by what lines taught
SHOWN = 6  # pieces of evidence for each part
LEAST_SHOWN = 0.1

_OF_FIRST = {
    first: [c for c in CATEGORIES if first_level(c) == first] for first in map(first_level, CATEGORIES)
}
_NO_KINDS = dict.fromkeys(KINDS, OTHER_BIAS) | {"appeal": BIAS}
_RIVALS = tuple(kind for kind in KINDS if kind != "appeal")
_KIND = {kind: Kind(kind) for kind in KINDS}
_ORDER = {name: place for place, name in enumerate(CATEGORIES)}


@dataclass(slots=True)
class Scores:
    """The sums of the rules that hold: by kind, by category, and how much the text sounds like a petition."""

    kinds: dict[str, float]
    categories: dict[str, float]
    voice: float = 0.0


class Verdict(NamedTuple):
    """The kind of a text. `score` is how far its being an appeal stands above everything else it could be."""

    kind: Kind
    score: float


def score(fired: Sequence[tuple[Rule, str]], everyday: Collection[str] = ()) -> Scores:
    """The sums of the rules that hold in a text; `everyday` words say nothing about its being an appeal."""
    kinds = _NO_KINDS.copy()
    categories: dict[str, float] = {}
    topics: dict[str, float] = {}
    voice = 0.0
    for rule, word in fired:
        target = rule.target
        if target in kinds:
            kinds[target] += rule.weight
        elif target in _ORDER:
            categories[target] = categories.get(target, 0.0) + rule.weight
            if word not in everyday:
                topics[target] = topics.get(target, 0.0) + rule.weight
                kinds["appeal"] += rule.appeal
        elif target == "petition":
            voice += rule.weight
    if categories:
        kinds["question"] += ABOUT_SOMETHING
    kinds["appeal"] += min(max(topics.values()) * TOPIC, MOST_TOPIC) if topics else NO_TOPIC
    return Scores(kinds, categories, voice)


def decide(kinds: Mapping[str, float]) -> Verdict:
    """The kind with the most for it; chat where nothing has enough."""
    against = max(kinds["endorsement"], kinds["question"], kinds["thanks"], kinds["answer"], 0.0)
    margin = kinds["appeal"] - against
    if margin > 0:
        return Verdict(Kind.APPEAL, margin)
    if against > 0:
        return Verdict(_KIND[max(_RIVALS, key=kinds.__getitem__)], margin)
    return Verdict(Kind.CHAT, margin)


def petition_share(scores: Scores) -> float:
    """How much a text sounds like a petition to an office, from 0 (a neighbour's line) to 1."""
    return min(max(scores.voice, 0.0) / FULL_VOICE, 1.0)


def category_scores(
    scores: Scores,
    classes: ClassSums | None,
    lines: ClassSums,
    length: int,
    *,
    of_petition: bool = False,
    every: bool = True,
) -> dict[str, float]:
    """One score a category (not `every`: those that can be the best).

    Of three parts: what the rules say for it; `classes`, what petitions taught about its first-level class;
    `lines`, what lines of group talk taught about it. The more a text sounds like a petition, the more the
    second counts and the less the third; nothing but the first two where it is known to be one.
    """
    share = 1.0 if of_petition else petition_share(scores)
    said = scores.categories
    rules = (share + (1 - share) * BESIDE_LEARNED) / sqrt(max(1.0, length / USUAL_LENGTH))
    beside = 0.0 if of_petition else 1 - BESIDE_VOICE * share
    formal = (OF_PETITION if of_petition else PETITION_VOICE) * share
    best = lines.best()
    least = best - MOST_BEHIND
    leading = lines.leading(least)
    if leading and classes is None and not every:  # the others are as far behind as can be
        behind = dict.fromkeys(said, least) | leading
        return {
            name: said.get(name, 0.0) * rules + beside * (learned - best) for name, learned in behind.items()
        }
    total: dict[str, float] = {}
    for first, names in _OF_FIRST.items():
        taught = formal * classes.get(first, UNLEARNED) if classes else 0.0
        for name in names:
            behind_best = leading.get(name, least) - best if leading else 0.0
            total[name] = said.get(name, 0.0) * rules + taught + beside * behind_best
    return total


def best_category(total: Mapping[str, float], among: Sequence[str] | None = None) -> str:
    """The category with the highest score (of the classes in `among`); 其他 where no rule knows more."""
    names = total if among is None else [name for name in total if first_level(name) in among] or total
    most = max([total[name] for name in names])
    best = [name for name in names if total[name] == most]
    return best[0] if len(best) == 1 else min(best, key=_tie)


def _tie(name: str) -> tuple[bool, int]:
    return not name.endswith(OTHER), _ORDER[name]


def shown(part: str, found: Sequence[tuple[str, float]]) -> list[Evidence]:
    """The heaviest pieces of learned evidence for a part."""
    return [Evidence(part, name, weight) for name, weight in heaviest(found)]


def heaviest(found: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """The pieces that weigh most."""
    telling = sorted([(-abs(weight), name, weight) for name, weight in found])[:SHOWN]
    return [(name, weight) for heavy, name, weight in telling if heavy <= -LEAST_SHOWN]


def evidence_for(
    category: str, fired: Sequence[tuple[Rule, str]], everyday: Collection[str] = ()
) -> list[Evidence]:
    """What the rules say for the appeal and for its category: category first, heaviest first."""
    found: list[Evidence] = []
    for rule, word in fired:
        if rule.target == category:
            found.append(Evidence("category", word, rule.weight))
        if rule.target == "appeal":
            found.append(Evidence("kind", word, rule.weight))
        elif rule.appeal and word not in everyday:
            found.append(Evidence("kind", word, rule.appeal))
    return sorted(found, key=lambda e: (e.part, -abs(e.weight)))
