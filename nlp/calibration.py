"""How likely a score means what it says: probabilities in life's proportions, read from a table of knots.

A group says a hundred lines for each appeal, where the texts that weights are learned from hold as many of
one as of the other; so a score's sign decides a single line, and its probability what is done in a group.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from importlib import resources
from itertools import pairwise
from math import exp, log
from typing import TYPE_CHECKING, Any

import yaml

from nlp.weights import WeightsError, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

CALIBRATION_FILE = "calibration.yaml"
NOTES = ("date", "data", "method")
_WANTED = "increasing scores with increasing probabilities between 0 and 1 were expected"


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))


@dataclass(frozen=True, slots=True)
class Curve:
    """Scores and the log-odds they stand for; between two of them the log-odds lie on a line."""

    scores: Sequence[float] = (-1.0, 1.0)
    odds: Sequence[float] = (-1.0, 1.0)
    least: float = 0.27  # the probability of the first knot

    @classmethod
    def of(cls, knots: Iterable[tuple[float, float]]) -> Curve:
        """The curve through pairs of a score and its probability. Raises ValueError."""
        scores, chances = zip(*knots, strict=True)
        rising = all(a < b for a, b in pairwise(scores))
        if len(scores) < 2 or not rising or list(chances) != sorted(chances):
            raise ValueError(_WANTED)
        if not all(0 < chance < 1 for chance in chances):
            raise ValueError(_WANTED)
        return cls(scores, tuple(log(chance / (1 - chance)) for chance in chances), chances[0])

    def probability(self, score: float) -> float:
        """The probability that a score stands for; that of the last knot beyond it."""
        if score <= self.scores[0]:  # nearly every line
            return self.least
        return _chance(self._odds(score))

    def knots(self) -> list[tuple[float, float]]:
        """The pairs of a score and its probability."""
        return [(score, self.probability(score)) for score in self.scores]

    def _odds(self, score: float) -> float:
        place = bisect_right(self.scores, score)
        if place == len(self.scores):
            return self.odds[-1]
        low, high = self.scores[place - 1], self.scores[place]
        part = (score - low) / (high - low)
        return self.odds[place - 1] + part * (self.odds[place] - self.odds[place - 1])


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curves for appeals and emergencies, and when, on what and how they were fitted."""

    appeal: Curve = Curve()
    emergency: Curve = Curve()
    notes: dict[str, str] = field(default_factory=dict)

    def of(self, appeal: float, emergency: float) -> tuple[float, float]:
        """The probabilities that two scores stand for."""
        return self.appeal.probability(appeal), self.emergency.probability(emergency)


def shipped() -> Calibration:
    """The calibration that comes with the project."""
    file = resources.files("nlp") / "weights" / CALIBRATION_FILE
    return parse(file.read_text(encoding="utf-8")) if file.is_file() else Calibration()


def read(path: Path) -> Calibration:
    """The calibration in a file. Raises WeightsError."""
    return parse(text_of(path), str(path))


def parse(text: str, name: str = CALIBRATION_FILE) -> Calibration:
    """The calibration in a YAML text: `date`, `data`, `method`, two mappings of scores to probabilities."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise WeightsError(name, mark.line + 1 if mark else 1, "not YAML") from None
    if not isinstance(root, yaml.MappingNode):
        raise WeightsError(name, 1, f"{', '.join(NOTES)}, appeal and emergency were expected")
    nodes = {key.value: node for key, node in root.value}
    for key in (*NOTES, "appeal", "emergency"):
        if key not in nodes:
            raise WeightsError(name, 1, f"{key} is missing")
    notes = {key: str(nodes[key].value) for key in NOTES}
    return Calibration(_curve(nodes["appeal"], name), _curve(nodes["emergency"], name), notes)


def _curve(node: Any, name: str) -> Curve:
    if not isinstance(node, yaml.MappingNode):
        raise WeightsError(name, node.start_mark.line + 1, _WANTED)
    try:
        return Curve.of([(float(key.value), float(value.value)) for key, value in node.value])
    except (ValueError, TypeError):
        raise WeightsError(name, node.start_mark.line + 1, _WANTED) from None


def render(calibration: Calibration) -> str:
    """Return the text of a calibration's file."""
    notes = {key: calibration.notes.get(key, "") for key in NOTES}
    head = yaml.safe_dump(notes, allow_unicode=True, sort_keys=False, width=110)
    curves = (("appeal", calibration.appeal), ("emergency", calibration.emergency))
    parts = [f"{target}: # score: probability\n{_shown(curve)}" for target, curve in curves]
    return "# How likely it is that a score means what it says.\n" + head + "".join(parts)


def _shown(curve: Curve) -> str:
    return "".join(f"  {score:.4g}: {chance:.4g}\n" for score, chance in curve.knots())
