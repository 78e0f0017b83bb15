"""Probabilities from scores: fitted on held-out talk, mixed as a group mixes it.

Of a hundred lines one is an appeal, of five thousand one an emergency. Half of the other lines are of the
students' group, which no fold learns from, most of the rest everyday Weibo, one in twenty what people pass
on. The log-odds are a line over the score (Platt, 1999).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

from nlp.calibration import Calibration, Curve
from nlp.learned import Learned
from nlp.learning import fitting
from nlp.learning.folds import folds_of, only, without
from nlp.learning.real import UNSEEN, family
from nlp.understand import FIRST, Understander
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nlp.learning.corpus import CorpusLine
    from nlp.learning.training import Learner, TrainingTexts

APPEALS = 0.01  # of all lines
EMERGENCIES = 0.0002
HELD_OUT = 2  # folds
KNOTS = (0.0001, 0.001, 0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 0.95, 0.99)  # shown in the file
# What a group says that is no appeal: the share of each source, as far as it is there.
TALK: Mapping[str, float] = {
    "qqgroup2016": 0.5,
    "weibo": 0.4,
    "weibo-virus": 0.04,
    "posts2017": 0.01,
    "jokes": 0.02,
    "news": 0.02,
    "news-disaster": 0.005,
    "beijing2023:reply": 0.005,
}
METHOD = (
    "held out in {folds} folds, the students' group from all; log-odds a line over the score (Platt, 1999)"
)


class Scored(NamedTuple):
    """A held-out line with its two scores."""

    line: CorpusLine
    appeal: float
    emergency: float


def calibration_of(texts: TrainingTexts, learner: Learner, date: str) -> Calibration:
    """The curves for weights that are learned from these texts, `date` in their notes."""
    scored = list(_held_out(texts, learner))
    found = Counter(_group(one.line) for one in scored)
    talk = [
        (one, share / found[name]) for one in scored if (share := TALK.get(name := _group(one.line), 0.0))
    ]
    if not talk:  # no real talk in the folder
        talk = [(one, 1.0) for one in scored if one.line.kind == "chat"]
    titles = [
        (one, 1.0) for one in scored if one.line.source.endswith(":title") and one.line.kind == "appeal"
    ]
    lines = [(one, 1.0) for one in scored if one.line.source.endswith(".jsonl") and one.line.kind == "appeal"]
    alarms = [pair for pair in lines if pair[0].line.urgency == Urgency.EMERGENCY]
    calm = [pair for pair in lines if pair[0].line.urgency in (Urgency.NORMAL, Urgency.URGENT)]
    appeal = _curve([(talk, 1 - APPEALS), (titles, APPEALS / 2), (lines, APPEALS / 2)], "appeal")
    emergency = _curve([(talk, 1 - APPEALS), (calm, APPEALS), (alarms, EMERGENCIES)], "emergency")
    data = ", ".join(f"{name} {count}" for name, count in sorted(found.items()))
    return Calibration(
        appeal, emergency, {"date": date, "data": data, "method": METHOD.format(folds=HELD_OUT)}
    )


def _group(line: CorpusLine) -> str:
    return line.source if line.source in TALK else family(line.source)


def _held_out(texts: TrainingTexts, learner: Learner) -> Iterator[Scored]:
    """Each line with what weights say of it that were not learned from it, nor from a near copy."""
    of_line = folds_of(learner.copies(texts.lines), HELD_OUT)
    of_real = folds_of(learner.copies(texts.real), HELD_OUT)
    bare = Understander(learned=Learned())
    for fold in range(HELD_OUT):
        real = [line for line in without(texts.real, of_real, fold) if line.source != UNSEEN]
        known = replace(texts, lines=without(texts.lines, of_line, fold), real=real)
        mind = bare.with_learned(Learned(fitting.fit_talk(list(learner.talk(known)), learner.lean, FIRST)))
        held = [*only(texts.lines, of_line, fold), *only(texts.real, of_real, fold)]
        yield from (Scored(line, *mind.scores(mind.hear(line.text))) for line in held)


def _curve(parts: Iterable[tuple[Sequence[tuple[Scored, float]], float]], target: str) -> Curve:
    """The curve through parts of life, each with its share; the last of them is what is looked for.

    (For appeals the last two: everything that is one.)
    """
    import numpy as np  # noqa: PLC0415  # only for learning
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    scores: list[float] = []
    truths: list[bool] = []
    counts: list[float] = []
    for part, share in parts:
        whole = sum(count for _, count in part)
        for one, count in part:
            scores.append(getattr(one, target))
            truths.append(
                one.line.kind == "appeal" if target == "appeal" else one.line.urgency == Urgency.EMERGENCY
            )
            counts.append(count / whole * share)
    if len(set(truths)) == 1:
        return Curve()
    model = LogisticRegression(C=1e6)
    model.fit(np.array(scores)[:, None], truths, sample_weight=np.array(counts) / min(counts))
    slope, start = float(model.coef_[0, 0]), float(model.intercept_[0])
    if slope <= 0:
        return Curve()
    odds = [log(chance / (1 - chance)) for chance in KNOTS]
    return Curve.of([(round((odd - start) / slope, 2), 1 / (1 + exp(-odd))) for odd in odds])
