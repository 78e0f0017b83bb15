"""A text in, an understanding out: the one entry to `nlp`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp import classify
from nlp.extract import concerned_in, phone_in
from nlp.matcher import Matcher
from nlp.normalise import normalise
from nlp.places import OWN_BUILDING, OWN_UNIT, Gazetteer, place_in
from nlp.rules import load_rules
from nlp.sayings import rating_in
from nlp.segment import Segmenter
from nlp.spots import spots
from nlp.understanding import Evidence, Kind, Understanding, Urgency
from nlp.urgency import urgency_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

EMERGENCY = 5.0  # what an emergency says for a text being an appeal
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
    ) -> None:
        self._segmenter = Segmenter(cache_dir, fast)
        self._matcher = Matcher(load_rules(extra_rules))
        self._gazetteer = Gazetteer(spots(), gazetteer)

    def understand(self, text: str) -> Understanding:
        """What the text says, with the evidence."""
        clean = normalise(text)
        fired = self._matcher.find(clean.lower())
        urgent = urgency_of(fired)
        scores = classify.score(fired)
        if urgent.urgency is Urgency.EMERGENCY:
            scores.kinds["appeal"] += EMERGENCY
            default = OF_HAZARD[urgent.hazard or "danger"]
            scores.categories[default] = scores.categories.get(default, 0.0) + 2.0
        verdict = classify.decide(scores)
        if rating_in(clean) is not None:
            return Understanding(text, Kind.ANSWER, score=verdict.score)
        if verdict.kind is not Kind.APPEAL:
            return Understanding(
                text, verdict.kind, score=verdict.score, place=place_in(clean, self._gazetteer)
            )
        dispute = sum(rule.weight for rule, _ in fired if rule.target == "dispute") >= DISPUTE
        return Understanding(
            text,
            verdict.kind,
            verdict.category,
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
            tuple(scores.evidence) + urgent.evidence,
        )

    def understand_many(self, texts: Iterable[str]) -> Iterator[Understanding]:
        """What each of the texts says, in order."""
        return map(self.understand, texts)


__all__ = ["Evidence", "Understander", "Understanding"]
