"""A text in, an understanding out: the one entry to `nlp`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nlp import classify
from nlp.extract import concerned_in, phone_in
from nlp.features import features_of, signs_of, values_of
from nlp.matcher import Matcher
from nlp.normalise import normalise
from nlp.places import OWN_BUILDING, OWN_UNIT, Gazetteer, place_in
from nlp.rules import EVERYDAY, load_rules
from nlp.sayings import rating_of
from nlp.segment import Segmenter
from nlp.spots import spots
from nlp.understanding import Kind, Understanding, Urgency
from nlp.urgency import alarm_of, urgency_of
from nlp.weights import CATEGORY_FILE, CLASS_FILE, TALK_FILE, Weights, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from nlp.rules import Rule
    from nlp.urgency import Alarm, Urgent

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


class Learned(NamedTuple):
    """The learned weights: of kinds of talk and urgency, of first-level classes, of categories."""

    talk: Weights = Weights()
    classes: Weights = Weights()
    categories: Weights = Weights()

    @classmethod
    def shipped(cls) -> Learned:
        """Those that come with the project."""
        return cls(shipped(TALK_FILE), shipped(CLASS_FILE), shipped(CATEGORY_FILE))


class Heard(NamedTuple):
    """A text with what the rules say of it, before anything learned is added."""

    clean: str
    low: str
    words: list[str]
    fired: list[tuple[Rule, str]]
    scores: classify.Scores
    alarm: Alarm
    dispute: float  # above 0: one
    signs: set[str]


class Understander:
    """Understands lines of a neighbourhood's talk. Built once; threads may share it."""

    def __init__(
        self,
        cache_dir: Path | None = None,
        extra_rules: Path | None = None,
        fast: bool | None = None,
        gazetteer: Iterable[str] = (),
        *,
        learned: Learned | None = None,
    ) -> None:
        self._segmenter = Segmenter(cache_dir, fast)
        rules = load_rules(extra_rules)
        self._matcher = Matcher(rules)
        self._everyday = frozenset(word for rule in rules if rule.target == EVERYDAY for word in rule.words)
        self._gazetteer = Gazetteer(spots(), gazetteer)
        self._learned = Learned.shipped() if learned is None else learned

    def understand(self, text: str) -> Understanding:
        """What the text says, with the evidence."""
        heard = self.hear(text)
        scores, alarm = heard.scores, heard.alarm
        signs = heard.signs
        said = self._learned.talk.of(signs)
        urgent = urgency_of(alarm, said)
        if urgent.urgency is Urgency.EMERGENCY:
            scores.kinds["appeal"] += EMERGENCY
        classify.add_learned(scores, said)
        verdict = classify.decide(scores.kinds)
        if rating_of(heard.low) is not None:
            return Understanding(text, Kind.ANSWER, score=verdict.score)
        place = place_in(heard.clean, self._gazetteer)
        if verdict.kind is not Kind.APPEAL:
            return Understanding(text, verdict.kind, score=verdict.score, place=place)
        taught = classify.shown("kind", self._learned.talk.telling("appeal", signs))
        category = self._category(heard, urgent)
        return Understanding(
            text,
            verdict.kind,
            category,
            verdict.score,
            urgent.urgency,
            urgent.hazard,
            "minor",
            place,
            phone_in(heard.clean),
            heard.dispute + said.get("dispute", 0.0) > 0,
            concerned_in(heard.clean),
            bool(OWN_BUILDING.search(heard.clean)),
            bool(OWN_UNIT.search(heard.clean)),
            (*classify.evidence_for(category, heard.fired, self._everyday), *taught, *urgent.evidence),
        )

    def understand_many(self, texts: Iterable[str]) -> Iterator[Understanding]:
        """What each of the texts says, in order."""
        return map(self.understand, texts)

    def category_of(self, text: str, among: Sequence[str] | None = None) -> str:
        """The category of a text that is known to be an appeal, of the first-level classes in `among`."""
        return self._category(self.hear(text), None, among)

    def words(self, text: str) -> list[str]:
        """The words of a normalised text."""
        return self._segmenter.cut(text)

    def hear(self, text: str) -> Heard:
        """What the hand-written rules find in a text, and what learned weights can hang on."""
        clean = normalise(text)
        low = clean.lower()
        fired = self._matcher.find(low)
        words = self._segmenter.cut(low)
        return Heard(
            clean,
            low,
            words,
            fired,
            classify.score(fired, self._everyday),
            alarm_of(fired),
            sum([rule.weight for rule, _ in fired if rule.target == "dispute"]) - DISPUTE,
            signs_of(low, words, fired),
        )

    def _category(self, heard: Heard, urgent: Urgent | None, among: Sequence[str] | None = None) -> str:
        scores, low, words = heard.scores, heard.low, heard.words
        if urgent is not None and urgent.urgency is Urgency.EMERGENCY:
            default = OF_HAZARD[urgent.hazard or "danger"]
            scores.categories[default] = scores.categories.get(default, 0.0) + OF_HAZARD_WEIGHT
        classes = self._learned.classes.sums(values_of(low, words))
        lines = self._learned.categories.of(set(features_of(low, words)))
        return classify.best_category(classify.category_scores(scores, classes, lines, len(low)), among)
