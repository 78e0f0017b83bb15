"""Learns readable weights from labelled texts, with scikit-learn (the extra `train`). Understanding needs none of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any, TypeAlias

from nlp.features import OPENING, features_of, values_of
from nlp.normalise import normalise
from nlp.weights import APPEAL, Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Cut: TypeAlias = "Callable[[str], list[str]]"
Row: TypeAlias = "Mapping[str, float]"

CLASS_FEATURES = 8000
CLASS_STRENGTH = 0.05  # the SVM's C: more follows the examples more closely
CLASS_LEAST = 0.15  # smaller weights are left out of the table
SMOOTH = 0.05
USUAL_ROOT = 6.3  # √40: brings the values near 1, where the strength was tried

KIND_FEATURES = 7000
KIND_STRENGTH = 0.3
RULES = "<rules>"
RULES_SCALE = 3.0  # heavy enough for regularisation to leave the weight of the rules alone


@dataclass(frozen=True, slots=True)
class Example:
    """A text to learn from: its class, what the rules say for an appeal, and how much it counts."""

    text: str
    label: str
    rules: float = 0.0
    weight: float = 1.0


def fit_classes(examples: Sequence[Example], cut: Cut) -> Weights:
    """The weights of the first-level classes, from each whole text and from its opening.

    One linear SVM a class, over features scaled by how differently they occur in and outside the class
    (Wang and Manning, “Baselines and bigrams”, 2012): the scaling folds into the weights.
    """
    texts = [normalise(example.text).lower() for example in examples]
    rows: list[Row] = [values_of(text, cut(text)) for text in texts]
    openings: list[Row] = [values_of(text[:OPENING], cut(text[:OPENING])) for text in texts]
    rarity = _rarity(rows, least_texts=2)
    names = sorted(rarity)
    matrix = _matrix([*rows, *openings], names, rarity)
    targets = _Targets(
        [example.label for example in examples] * 2, [example.weight for example in examples] * 2
    )
    weights, _ = _fit_each(matrix, targets)
    keep = _most_telling(weights, matrix, CLASS_FEATURES)
    weights, bias = _fit_each(matrix[:, keep], targets)
    table: dict[str, tuple[float, ...]] = {}
    for place, column in enumerate(keep):
        row = [float(w) if abs(w) >= CLASS_LEAST else 0.0 for w in weights[:, place]]
        if any(row):
            table[names[column]] = tuple(weight * rarity[names[column]] for weight in row)
    return Weights(tuple(targets.classes), table, tuple(bias))


class _Targets:
    """The class and the weight of each row."""

    def __init__(self, labels: list[str], counts: list[float]) -> None:
        import numpy as np  # noqa: PLC0415  # only for learning

        self.labels = np.array(labels)
        self.counts = counts
        self.classes = sorted(set(labels))


def _fit_each(matrix: Any, targets: _Targets) -> tuple[Any, list[float]]:
    """For each class its weights and its bias."""
    import numpy as np  # noqa: PLC0415  # only for learning
    from scipy.sparse import diags_array  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    weights, bias = [], []
    for name in targets.classes:
        inside = targets.labels == name
        ratio = _log_ratio(matrix, inside)
        model = LinearSVC(C=CLASS_STRENGTH, class_weight="balanced", random_state=0)
        model.fit(matrix @ diags_array(ratio), inside, sample_weight=targets.counts)
        weights.append(model.coef_[0] * ratio)
        bias.append(float(model.intercept_[0]))
    return np.array(weights), bias


def _log_ratio(matrix: Any, inside: Any) -> Any:
    """How differently each feature occurs inside and outside a class, whichever way."""
    import numpy as np  # noqa: PLC0415  # only for learning

    here = np.asarray(matrix[inside].sum(axis=0)).ravel() + SMOOTH
    there = np.asarray(matrix[~inside].sum(axis=0)).ravel() + SMOOTH
    return abs(np.log((here / here.sum()) / (there / there.sum())))


def fit_kind(examples: Sequence[Example], cut: Cut) -> Weights:
    """The weights for a text being an appeal (label `appeal`), on top of what the rules say: a logistic regression."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # only for learning

    texts = [normalise(example.text).lower() for example in examples]
    rows: list[Row] = [dict.fromkeys(features_of(text, cut(text)), 1.0) for text in texts]
    names = sorted(_rarity(rows, least_texts=5))
    for row, example in zip(rows, examples, strict=True):
        row[RULES] = example.rules * RULES_SCALE  # type: ignore[index]
    names.append(RULES)
    matrix = _matrix(rows, names, {})
    labels = [example.label == APPEAL for example in examples]
    counts = [example.weight for example in examples]

    def fit(columns: Any) -> Any:
        model = LogisticRegression(C=KIND_STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
        return model.fit(matrix[:, columns], labels, sample_weight=counts)

    keep = _most_telling(fit(slice(None)).coef_, matrix, KIND_FEATURES)
    keep = [*(column for column in keep if names[column] != RULES), len(names) - 1]
    model = fit(keep)
    of_rules = float(model.coef_[0, -1]) * RULES_SCALE
    table = {names[column]: (float(w) / of_rules,) for column, w in zip(keep[:-1], model.coef_[0], strict=False)}
    return Weights((APPEAL,), table, (float(model.intercept_[0]) / of_rules,))


def _rarity(rows: Sequence[Row], least_texts: int) -> dict[str, float]:
    """How rare each feature is (its inverse document frequency), of those in enough texts."""
    texts = Counter(name for row in rows for name in row)
    every = len(rows) + 1
    return {
        name: (log(every / (count + 1)) + 1) / USUAL_ROOT for name, count in texts.items() if count >= least_texts
    }


def _matrix(rows: Sequence[Row], names: Sequence[str], scale: Mapping[str, float]) -> Any:
    """The rows as a sparse matrix with a column for each name, its values scaled."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  # only for learning

    place = {name: number for number, name in enumerate(names)}
    data: list[float] = []
    columns: list[int] = []
    starts = [0]
    for row in rows:
        for name, value in row.items():
            column = place.get(name)
            if column is not None:
                columns.append(column)
                data.append(value * scale.get(name, 1.0))
        starts.append(len(columns))
    return csr_matrix((data, columns, starts), shape=(len(rows), len(names)))


def _most_telling(coefficients: Any, matrix: Any, most: int) -> list[int]:
    """The columns that move decisions most: their weight times the length of the column."""
    import numpy as np  # noqa: PLC0415  # only for learning

    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=0)).ravel())
    telling = abs(coefficients).max(axis=0) * length
    return sorted(map(int, np.argsort(-telling, kind="stable")[:most]))
