"""A text in, an understanding out: the one entry to `nlp`."""

from __future__ import annotations

from copy import copy
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from nlp import classify
from nlp.classify import heaviest
from nlp.extract import concerned_in, phone_in, without_contact
from nlp.features import signs_of, values_of
from nlp.form import PLAIN, TextForm, form_of
from nlp.hearing import HEARD, for_kind, heard_score, opinion
from nlp.learned import Learned
from nlp.matcher import Matcher
from nlp.normalise import normalise
from nlp.places import Gazetteer, is_of_own_family, is_own_building, is_own_unit, place_in
from nlp.reading.ratings import rating_of
from nlp.rules import EVERYDAY, HAZARDS, KINDS, SpokenPart, load_rules
from nlp.segment import Segmenter
from nlp.spots import spots
from nlp.understanding import Kind, Shape, Understanding, Urgency
from nlp.urgency import EMERGENCY as EMERGENCY_TARGET
from nlp.urgency import (
    NO_ALARM,
    NOT_URGENT,
    alarm_of,
    alarm_score,
    believed,
    calls_from,
    emergency_of,
    urgent_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from nlp.class_sums import ClassSums
    from nlp.rules import Rule
    from nlp.understanding import Place
    from nlp.urgency import UrgencySigns, Urgent

FIRST = (*KINDS, HEARD, EMERGENCY_TARGET)  # what is looked at in every line
EMERGENCY = 8.0  # what an emergency says for a text being an appeal
LIKE_NO_APPEAL = -4.0  # what sounds so little like an appeal is a figure of speech, or nothing at all
SAID_PLAINLY = -11.0  # the same where a rule names the hazard
OF_HAZARD_WEIGHT = 2.0
PASSED_ON = -1.0  # the highest score of what is passed on
OF_PASSED_ON = 0.05  # so much of its probability is left: the form was read wrongly
WORTH_A_LOOK = 0.002  # from this probability on everything is found out about a text, whatever its kind
DISPUTE = 2.0
SHORTEST_PETITION = 20  # characters; what is shorter is read as a line of a group, whoever has labelled it
OF_HAZARD = {
    "fire": "城乡建设/消防隐患",
    "gas": "城乡建设/燃气",
    "lift": "城乡建设/电梯",
    "electricity": "城乡建设/供电",
    "danger": "政法/社会治安",
    "medical": "卫生计生/医疗服务",
    "missing": "政法/社会治安",
}


class RuledText(NamedTuple):
    """A text with what the rules say of it, before anything learned is added."""

    text: str
    clean: str
    low: str
    words: list[str]
    fired: list[tuple[Rule, str]]
    scores: classify.Scores
    alarm: UrgencySigns
    dispute: float  # above 0: one
    signs: set[str]
    form: TextForm


class Weighed(NamedTuple):
    """What rules and learned weights add up to: by kind, the kind, and the scores that are calibrated."""

    kinds: dict[str, float]
    verdict: classify.Verdict
    appeal: float
    emergency: float
    said: ClassSums  # by the learned weights alone


class Ruled(NamedTuple):
    """Rules, ready to be found in texts; their words that say nothing is wrong."""

    number: int
    matcher: Matcher
    everyday: frozenset[str]

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> Ruled:
        """Make rules ready."""
        everyday = frozenset(word for rule in rules if rule.target == EVERYDAY for word in rule.words)
        return cls(len(rules), Matcher(rules), everyday)


class Understander:
    """Understands lines of a neighbourhood's talk. Built once; threads may share it."""

    def __init__(
        self,
        cache_dir: Path | None = None,
        extra_rules: Path | None = None,
        fast: bool | None = None,
        gazetteer: Iterable[str] = (),
        *,
        weights: Path | None = None,
        learned: Learned | None = None,
    ) -> None:
        self._segmenter = Segmenter(cache_dir, fast)
        self._extra_rules = extra_rules
        self.ruled = Ruled.of(load_rules(extra_rules))
        self._of_files = self.ruled.number
        self._gazetteer = Gazetteer(spots(), gazetteer)
        self.learned = Learned.load(weights) if learned is None else learned

    def with_learned(self, learned: Learned) -> Understander:
        """The same with other learned weights."""
        other = copy(self)
        other.learned = learned
        return other

    def with_own_rules(self, text: str) -> Understander:
        """The same with rules of YAML besides those of files; raises RuleError for what cannot be used."""
        other = copy(self)
        other.ruled = Ruled.of(load_rules(self._extra_rules, text))
        return other

    @property
    def rule_count(self) -> int:
        """How many rules there are."""
        return self.ruled.number

    @property
    def own_count(self) -> int:
        """How many rules there are besides those of files."""
        return self.ruled.number - self._of_files

    def follow(self, other: Understander) -> None:
        """Go by the rules of another from now on; what is being read meanwhile is read by either."""
        self.ruled = other.ruled

    def understand(self, text: str) -> Understanding:
        """What the text says, with the evidence."""
        return self.judge(self.hear(text))

    def place(self, text: str) -> Place:
        """Where a text that is an address says that something lies."""
        return place_in(normalise(text), self._gazetteer)

    def scores(self, heard: RuledText) -> tuple[float, float]:
        """The scores that are calibrated: for an appeal, for an emergency."""
        weighed = self._weighed(heard)
        return weighed.appeal, weighed.emergency

    def _weighed(self, heard: RuledText) -> Weighed:
        """What rules and learned weights add up to."""
        talk, signs = self.learned.talk, len(heard.signs)
        said = talk.of(heard.signs)
        *of_kinds, second, emergency = said.each(FIRST)
        kinds = dict(zip(KINDS, map(add, heard.scores.kinds.values(), of_kinds), strict=True))
        mean = opinion(second, talk.bias.get(HEARD, 0.0), signs)
        kinds["appeal"] += for_kind(mean)
        verdict = classify.decide(kinds)
        appeal = heard_score(mean, verdict.score)
        always = talk.bias.get(EMERGENCY_TARGET)
        alarm = None if always is None else opinion(emergency, always, signs)
        return Weighed(kinds, verdict, appeal, alarm_score(heard.alarm, alarm, appeal), said)

    def judge(self, heard: RuledText) -> Understanding:
        """What a text says that has been heard."""
        if rating_of(heard.low) is not None:
            return Understanding(heard.text, Kind.ANSWER)
        weighed, form = self._weighed(heard), heard.form
        verdict, urgent = weighed.verdict, None
        chance, alarm = self.learned.calibration.of(weighed.appeal, weighed.emergency)
        alarm = believed(heard.alarm, len(heard.low), alarm)
        probability = max(chance, alarm)  # an emergency is an appeal, too
        if form.is_passed_on:
            verdict, urgent = _left_alone(verdict), NOT_URGENT
            probability, alarm = probability * OF_PASSED_ON, alarm * OF_PASSED_ON
        elif weighed.emergency > 0 and alarm >= calls_from(heard.alarm):
            verdict, urgent = _alarming(heard, weighed)
        found = Understanding(
            heard.text,
            verdict.kind,
            score=verdict.score,
            place=place_in(heard.clean, self._gazetteer),
            evidence=form.evidence,
            probability=probability,
            emergency_probability=alarm,
            shape=form.shape,
            necessary=form.necessary,
            despair=form.despair,
            beaten=form.beaten,
        )
        if verdict.kind is not Kind.APPEAL and probability < WORTH_A_LOOK:
            return found
        if urgent is None:
            urgent = urgent_of(heard.alarm, weighed.said)
        taught = classify.shown("kind", self.learned.talk.telling("appeal", heard.signs))
        category = self.category(heard, urgent)
        at_home = urgent.urgency is Urgency.EMERGENCY and is_of_own_family(heard.clean)
        return found._replace(
            category=category,
            urgency=urgent.urgency,
            hazard=urgent.hazard,
            phone=phone_in(heard.clean),
            dispute=heard.dispute + weighed.said["dispute"] > 0,
            concerned=concerned_in(heard.clean),
            own_building=at_home or is_own_building(heard.clean),
            own_unit=at_home or is_own_unit(heard.clean),
            evidence=(
                *classify.evidence_for(category, heard.fired, self.ruled.everyday),
                *taught,
                *urgent.evidence,
                *form.evidence,
            ),
        )

    def category_of(self, text: str, among: Sequence[str] | None = None) -> str:
        """The category of a text that is known to be an appeal, of the first-level classes in `among`."""
        return self.category(self.hear(text), among=among)

    def words(self, text: str) -> list[str]:
        """The words of a normalised text."""
        return self._segmenter.cut(text)

    def hear(self, text: str) -> RuledText:
        """What the hand-written rules find in a text, and what learned weights can hang on."""
        clean = normalise(text)
        low = clean.lower()
        fired = self.ruled.matcher.find(low)
        told = without_contact(low)
        words = self._segmenter.cut(told)
        parts = {rule.part for rule, _ in fired}
        form = form_of(fired) if SpokenPart.FORM in parts else PLAIN
        telling = [pair for pair in fired if form.tells(pair[0])] if SpokenPart.FORM in parts else fired
        dispute = 0.0
        if SpokenPart.DISPUTE in parts:
            dispute = sum([rule.weight for rule, _ in fired if rule.part == SpokenPart.DISPUTE])
        return RuledText(
            text,
            clean,
            low,
            words,
            fired,
            classify.score(fired, self.ruled.everyday),
            alarm_of(fired) if SpokenPart.ALARM in parts else NO_ALARM,
            dispute - DISPUTE,
            signs_of(told, words, telling, self.ruled.everyday),
            form,
        )

    def category(
        self, heard: RuledText, urgent: Urgent = NOT_URGENT, among: Sequence[str] | None = None
    ) -> str:
        """The category of an appeal that has been heard."""
        of_petition = among is not None and len(heard.low) >= SHORTEST_PETITION
        total = self.category_scores(heard, of_petition=of_petition, every=among is not None)
        if urgent.hazard:
            default = OF_HAZARD[urgent.hazard]
            total[default] = total.get(default, 0.0) + OF_HAZARD_WEIGHT
        return classify.best_category(total, among)

    def category_scores(
        self, heard: RuledText, *, of_petition: bool = False, every: bool = True
    ) -> dict[str, float]:
        """The score of each category, or of those that can be the best (`of_petition`: of one)."""
        low, words = heard.low, heard.words
        formal = of_petition or classify.petition_share(heard.scores) > 0
        classes = self.learned.classes.of_values(values_of(low, words)) if formal else None
        lines = self.learned.categories.of(heard.signs)
        return classify.category_scores(
            heard.scores, classes, lines, len(low), of_petition=of_petition, every=every
        )

    def taught(self, text: str) -> dict[str, list[tuple[str, float]]]:
        """What learned weights say of a text, the heaviest pieces of each target that they speak for."""
        heard = self.hear(text)
        category = self.category(heard)
        talk, categories = self.learned.talk, self.learned.categories
        found = {target: talk.telling(target, heard.signs) for target in talk.bias if target not in HAZARDS}
        found[category] = categories.telling(category, heard.signs)
        return {target: heaviest(pieces) for target, pieces in found.items() if pieces}


def _alarming(heard: RuledText, weighed: Weighed) -> tuple[classify.Verdict, Urgent]:
    """The kind and urgency of what is scored as an emergency: an appeal, unless nothing sounds like one."""
    kinds = weighed.kinds
    if heard.form.shape is Shape.PLEA:
        kinds["appeal"] = max(kinds["appeal"], 0.0)
    if kinds["appeal"] <= (SAID_PLAINLY if heard.alarm.hazards else LIKE_NO_APPEAL):
        return weighed.verdict, NOT_URGENT
    kinds["appeal"] += EMERGENCY
    return classify.decide(kinds), emergency_of(heard.alarm, weighed.said)


def _left_alone(verdict: classify.Verdict) -> classify.Verdict:
    """The verdict on what is passed on: no appeal."""
    kind = Kind.CHAT if verdict.kind is Kind.APPEAL else verdict.kind
    return classify.Verdict(kind, min(verdict.score, PASSED_ON))
