"""A text in, an understanding out: the one entry to `nlp`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp import classify
from nlp.extract import concerned_in, phone_in
from nlp.features import features_of, values_of
from nlp.matcher import Matcher
from nlp.normalise import normalise
from nlp.places import OWN_BUILDING, OWN_UNIT, Gazetteer, place_in
from nlp.rules import EVERYDAY, load_rules
from nlp.sayings import rating_in
from nlp.segment import Segmenter
from nlp.spots import spots
from nlp.understanding import Kind, Understanding, Urgency
from nlp.urgency import urgency_of
from nlp.weights import CATEGORY_FILE, CLASS_FILE, KIND_FILE, Weights, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

EMERGENCY = 8.0  # what an emergency says for a text being an appeal
OF_HAZARD_WEIGHT = 2.0
DISPUTE = 2.0
OF_HAZARD = {
    "fire": "城乡建设/消防隐患",
    "gas": "城乡建设/燃气",
    "lift": "城乡建设/电梯",
    "electricity": "城乡建设/供电",
    "danger": "政法/社会治安",
    "medical": "卫生计生/医疗服务",
    "missing": "政法/社会治安",
}


class Understander:
    """Understands lines of a neighbourhood's talk. Built once; threads may share it."""

    def __init__(
        self,
        cache_dir: Path | None = None,
        extra_rules: Path | None = None,
        fast: bool | None = None,
        gazetteer: Iterable[str] = (),
        *,
        kind_weights: Weights | None = None,
        class_weights: Weights | None = None,
        category_weights: Weights | None = None,
    ) -> None:
        self._segmenter = Segmenter(cache_dir, fast)
        rules = load_rules(extra_rules)
        self._matcher = Matcher(rules)
        self._everyday = frozenset(word for rule in rules if rule.target == EVERYDAY for word in rule.words)
        self._gazetteer = Gazetteer(spots(), gazetteer)
        self._kind_weights = shipped(KIND_FILE) if kind_weights is None else kind_weights
        self._class_weights = shipped(CLASS_FILE) if class_weights is None else class_weights
        self._category_weights = shipped(CATEGORY_FILE) if category_weights is None else category_weights

    def understand(self, text: str) -> Understanding:
        """What the text says, with the evidence."""
        clean = normalise(text)
        low = clean.lower()
        fired = self._matcher.find(low)
        words = self._segmenter.cut(low)
        urgent = urgency_of(fired)
        scores = classify.score(fired, self._everyday)
        if urgent.urgency is Urgency.EMERGENCY:
            scores.kinds["appeal"] += EMERGENCY
            default = OF_HAZARD[urgent.hazard or "danger"]
            scores.categories[default] = scores.categories.get(default, 0.0) + OF_HAZARD_WEIGHT
        features = frozenset(features_of(low, words))
        learned, reasons = classify.learned_kind(self._kind_weights, features)
        scores.kinds["appeal"] += learned
        verdict = classify.decide(scores.kinds)
        if rating_in(clean) is not None:
            return Understanding(text, Kind.ANSWER, score=verdict.score)
        if verdict.kind is not Kind.APPEAL:
            return Understanding(
                text, verdict.kind, score=verdict.score, place=place_in(clean, self._gazetteer)
            )
        scores.evidence += reasons
        category = self._category(scores, low, words)
        dispute = sum(rule.weight for rule, _ in fired if rule.target == "dispute") >= DISPUTE
        return Understanding(
            text,
            verdict.kind,
            category,
            verdict.score,
            urgent.urgency,
            urgent.hazard,
            "minor",
            place_in(clean, self._gazetteer),
            phone_in(clean),
            dispute,
            concerned_in(clean),
            bool(OWN_BUILDING.search(clean)),
            bool(OWN_UNIT.search(clean)),
            (*classify.evidence_for(category, scores), *urgent.evidence),
        )

    def understand_many(self, texts: Iterable[str]) -> Iterator[Understanding]:
        """What each of the texts says, in order."""
        return map(self.understand, texts)

    def category_of(self, text: str, among: Sequence[str] | None = None) -> str:
        """The category of a text that is known to be an appeal, of the first-level classes in `among`."""
        low = normalise(text).lower()
        return self._category(
            classify.score(self._matcher.find(low), self._everyday), low, self._segmenter.cut(low), among
        )

    def rules_score(self, text: str) -> float:
        """What the hand-written rules alone say for a text being an appeal."""
        return classify.score(self._matcher.find(normalise(text).lower()), self._everyday).kinds["appeal"]

    def _category(
        self, scores: classify.Scores, low: str, words: Sequence[str], among: Sequence[str] | None = None
    ) -> str:
        classes = self._class_weights.sums(values_of(low, words))
        lines = self._category_weights.sums(dict.fromkeys(features_of(low, words), 1.0))
        return classify.best_category(classify.category_scores(scores, classes, lines, len(low)), among)
