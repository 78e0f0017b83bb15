"""Weights put right by corrections: the smallest change that makes each corrected text understood rightly.

Needs neither the texts that the weights were learned from nor scikit-learn. It is the passive-aggressive
update (Crammer et al., 2006): all features of a text move by the same little, so that others hardly notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from nlp.categories import CATEGORIES
from nlp.hearing import HEARD
from nlp.understanding import Kind
from nlp.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from nlp.learned import Learned
    from nlp.learning.corpus import CorpusLine
    from nlp.understand import RuledText, Understander

MARGIN = 1.0  # by how much what is right must lead afterwards
MOST_CHANGE = 0.5  # of one weight by one correction in one round
ROUNDS = 12
OF_OPINION = 0.5  # by so much a correction of the kind moves the second opinion in each round


@dataclass(frozen=True, slots=True)
class Correction:
    """A text, and what somebody said it is: a category, or a kind of talk (`chat` for “这不是诉求”)."""

    text: str
    now: str


@dataclass(frozen=True, slots=True)
class Flip:
    """A labelled line that is understood otherwise after the corrections."""

    text: str
    truth: str
    before: str
    after: str


def adjusted(mind: Understander, corrections: Sequence[Correction]) -> Understander:
    """A mind whose weights are changed as little as makes the corrections right."""
    for _ in range(ROUNDS):
        wrong = [c for c in corrections if _says(mind, c) != c.now]
        if not wrong:
            break
        learned = mind.learned
        for correction in wrong:
            learned = _moved(learned, mind, correction)
        mind = mind.with_learned(learned)
    return mind


def _says(mind: Understander, correction: Correction) -> str:
    if correction.now in CATEGORIES:
        return mind.category_of(correction.text)
    return mind.understand(correction.text).kind.value


def _moved(learned: Learned, mind: Understander, correction: Correction) -> Learned:
    heard = mind.hear(correction.text)
    if correction.now in CATEGORIES:
        totals = mind.category_scores(heard)
        rival = max((name for name in totals if name != correction.now), key=lambda name: totals[name])
        behind = totals[rival] - totals[correction.now] + MARGIN
        step = behind / (2 * max(len(heard.signs), 1))
        return learned._replace(
            categories=_changed(learned.categories, heard.signs, {correction.now: step, rival: -step})
        )
    found = mind.understand(correction.text)
    step = (abs(found.score) + MARGIN) / max(len(heard.signs), 1)
    sign = 1 if correction.now == Kind.APPEAL else -1
    steps = {Kind.APPEAL.value: sign * step, HEARD: sign * (OF_OPINION / sqrt(max(len(heard.signs), 1)))}
    return learned._replace(talk=_changed(learned.talk, heard.signs, steps))


def _changed(weights: Weights, features: Collection[str], steps: dict[str, float]) -> Weights:
    table = weights.table()
    bias = dict(weights.bias)
    for label in steps:
        bias.setdefault(label, 0.0)
    for name in features:
        row = dict(table.get(name, ()))
        for label, step in steps.items():
            bounded = max(-MOST_CHANGE, min(step, MOST_CHANGE))
            row[label] = round(row.get(label, 0.0) + bounded, 2)
        table[name] = tuple(row.items())
    return Weights.of_table(table, bias)


def flips(before: Understander, after: Understander, lines: Iterable[CorpusLine]) -> list[Flip]:
    """The labelled lines whose kind or category is another after the change."""
    found: list[Flip] = []
    for line in lines:
        heard = before.hear(line.text)
        said = [_shown(mind, line, heard) for mind in (before, after)]
        if said[0] != said[1]:
            found.append(Flip(line.text, line.category or line.kind, *said))
    return found


def _shown(mind: Understander, line: CorpusLine, heard: RuledText) -> str:
    return mind.category(heard) if line.category else mind.judge(heard).kind.value
