"""Everything that was learned: three tables of weights and the probabilities that scores stand for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from nlp import calibration
from nlp.calibration import CALIBRATION_FILE, Calibration
from nlp.weights import CATEGORY_FILE, CLASS_FILE, TALK_FILE, Weights, WeightsError, read, shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")


class Learned(NamedTuple):
    """The learned weights: of kinds of talk and urgency, of first-level classes, of categories."""

    talk: Weights = Weights()
    classes: Weights = Weights()
    categories: Weights = Weights()
    calibration: Calibration = Calibration()

    @classmethod
    def load(cls, own: Path | None = None, told: Callable[[WeightsError], None] | None = None) -> Learned:
        """Those in the place's own folder, where it has them, else those that come with the project.

        For a file that cannot be used WeightsError is raised, or `told`: then the shipped one stays in force.
        """

        def of(name: str, read_own: Callable[[Path], T], read_shipped: Callable[[], T]) -> T:
            if own is None or not (own / name).exists():
                return read_shipped()
            try:
                return read_own(own / name)
            except WeightsError as error:
                if told is None:
                    raise
                told(error)
                return read_shipped()

        words: dict[str, str] = {}  # what several of them know is kept once
        talk, classes, categories = (
            of(name, partial(read, known=words), partial(shipped, name, words))
            for name in (TALK_FILE, CLASS_FILE, CATEGORY_FILE)
        )
        curves = of(CALIBRATION_FILE, calibration.read, calibration.shipped)
        return cls(talk, classes, categories, curves)
