"""Learns readable weights from labelled texts, with scikit-learn (the extra `train`)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any, TypeAlias

from nlp.features import OPENING, is_hanzi, is_learnable, topics_of, values_of
from nlp.hearing import FEW, HEARD
from nlp.normalise import normalise
from nlp.urgency import EMERGENCY
from nlp.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

Cut: TypeAlias = "Callable[[str], list[str]]"
Row: TypeAlias = "Mapping[str, float]"

CLASS_FEATURES = 30_000
CLASS_STRENGTH = 0.1  # the SVM's C: more follows the examples more closely
CLASS_LEAST = 0.07  # smaller weights are left out of the table
SMOOTH = 0.05
POWER = 0.75  # of the ratio by which a class's features are scaled: less than the whole
USUAL_ROOT = 6.3  # √40: brings the values near 1, where the strength was tried

TALK_STRENGTH = 1.0
TALK_FEATURES = 3000  # for each target
TALK_LEAST = 0.18
MOST_FEATURES = 12000  # for what is learned from a hundred thousand texts
MANY = 50_000
LEAST_TEXTS = 6  # a sign is in so many of so many texts
CATEGORY_STRENGTH = 2.0
CATEGORY_WEIGHTS = 145_000  # so many are kept, the heaviest
RARITY = 1.5  # brings the rarity of a feature near 1
RULES = "<rules>"
DECIMALS = 1  # of a weight: more would only make the tables longer
RULES_SCALE = 3.0  # heavy enough for regularisation to leave the weight of the rules alone
LEAST_OF_RULES = 0.2
ALWAYS = 5.0  # for a target that all examples meet
MEAN_SMOOTH = 1.0


@dataclass(frozen=True, slots=True)
class Mean:
    """How a target is learned of which the signs of a line say what they say in the mean."""

    strength: float
    power: float  # of the ratio by which signs are scaled
    features: int


MEANS: Mapping[str, Mean] = {HEARD: Mean(1.0, 1.0, 40_000), EMERGENCY: Mean(10.0, 0.5, 15_000)}


@dataclass(frozen=True, slots=True)
class Example:
    """A text to learn from, its class, and how much it counts."""

    text: str
    label: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """A line to learn from: its signs, what the rules say for each target, and which targets it meets.

    A target that is not in `meets` is not known of this line. `counts` says how much the line counts for a
    target, 1 where it does not say.
    """

    signs: Collection[str]
    rules: Mapping[str, float]
    meets: Mapping[str, bool]
    counts: Mapping[str, float]


def fit_classes(examples: Sequence[Example], cut: Cut) -> Weights:
    """The weights of the first-level classes, from each whole text and from its opening.

    One linear SVM a class, over features scaled by how differently they occur in and outside the class
    (Wang and Manning, “Baselines and bigrams”, 2012): the scaling folds into the weights.
    """
    texts = [normalise(example.text).lower() for example in examples]
    rows: list[Row] = [values_of(text, cut(text)) for text in texts]
    openings: list[Row] = [values_of(text[:OPENING], cut(text[:OPENING])) for text in texts]
    rarity = _rarity(rows, least_texts=2)
    names = sorted(name for name in rarity if is_learnable(name))
    matrix = _matrix([*rows, *openings], names, rarity)
    targets = _Targets(
        [example.label for example in examples] * 2, [example.weight for example in examples] * 2
    )
    weights, _ = _fit_each(matrix, targets)
    keep = _most_telling(weights, matrix, CLASS_FEATURES)
    weights, bias = _fit_each(matrix[:, keep], targets)
    scale = [rarity[names[column]] for column in keep]
    return _table(weights * scale, [names[column] for column in keep], targets.classes, bias, CLASS_LEAST)


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
        ratio = _log_ratio(matrix, inside, SMOOTH) ** POWER
        model = LinearSVC(C=CLASS_STRENGTH, class_weight="balanced", random_state=0)
        model.fit(matrix @ diags_array(ratio), inside, sample_weight=targets.counts)
        weights.append(model.coef_[0] * ratio)
        bias.append(float(model.intercept_[0]))
    return np.array(weights), bias


def _log_ratio(matrix: Any, inside: Any, smooth: float) -> Any:
    """How differently each feature occurs inside and outside a class, whichever way."""
    import numpy as np  # noqa: PLC0415  # only for learning

    here = np.asarray(matrix[inside].sum(axis=0)).ravel() + smooth
    there = np.asarray(matrix[~inside].sum(axis=0)).ravel() + smooth
    return abs(np.log((here / here.sum()) / (there / there.sum())))


def fit_talk(
    examples: Sequence[TrainingLine], lean: Mapping[str, float], targets: Collection[str] = ()
) -> Weights:
    """The weights of each target on top of what the rules say for it: a logistic regression each.

    Of `targets` only, if any are named.

    The rules' own sum is one of its features, and everything is divided by that feature's weight: so what
    was learned can be added to what the rules say. `lean` is added where one error is worse than the other.
    """
    table: dict[str, list[tuple[str, float]]] = {}
    bias: dict[str, float] = {}
    for target in dict.fromkeys(name for example in examples for name in example.meets):
        if targets and target not in targets:
            continue
        known = [example for example in examples if target in example.meets]
        mean = MEANS.get(target)
        found, always = _fit_mean(target, mean, known) if mean else _fit_target(target, known)
        bias[target] = round(always + lean.get(target, 0.0), 2)
        for name, weight in found:
            table.setdefault(name, []).append((target, weight))
    return Weights.of_table({name: tuple(row) for name, row in table.items()}, bias)


def _fit_target(target: str, examples: Sequence[TrainingLine]) -> tuple[list[tuple[str, float]], float]:
    """What each sign says for a target, and what every text says for it."""
    import numpy as np  # noqa: PLC0415  # only for learning
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    if len({example.meets[target] for example in examples}) == 1:  # nothing to tell apart
        return [], ALWAYS if examples[0].meets[target] else -ALWAYS
    texts = Counter(sign for example in examples for sign in example.signs)
    least = LEAST_TEXTS if len(examples) > MANY else 3
    names = [*sorted(sign for sign, count in texts.items() if count >= least and is_learnable(sign)), RULES]
    rows: list[Row] = [
        dict.fromkeys(example.signs, 1.0) | {RULES: example.rules.get(target, 0.0) * RULES_SCALE}
        for example in examples
    ]
    matrix = _matrix(rows, names, {})
    inside = np.array([example.meets[target] for example in examples])
    counts = np.array([example.counts.get(target, 1.0) for example in examples])

    def fit(columns: Any) -> tuple[Any, float]:
        model = LogisticRegression(C=TALK_STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
        model.fit(matrix[:, columns], inside, sample_weight=counts)
        return model.coef_[0], float(model.intercept_[0])

    weights, _ = fit(slice(None))
    most = MOST_FEATURES if len(examples) > MANY else TALK_FEATURES
    keep = [*_most_telling(weights[None, :-1], matrix[:, :-1], most), len(names) - 1]
    weights, bias = fit(keep)
    of_rules = max(float(weights[-1]) * RULES_SCALE, LEAST_OF_RULES)
    scaled = [
        (names[c], round(float(w) / of_rules, DECIMALS)) for c, w in zip(keep[:-1], weights[:-1], strict=True)
    ]
    return [(name, weight) for name, weight in scaled if abs(weight) >= TALK_LEAST], bias / of_rules


def _fit_mean(
    target: str, how: Mean, examples: Sequence[TrainingLine]
) -> tuple[list[tuple[str, float]], float]:
    """What each sign says for a target (an appeal in life, an emergency), as `hearing.opinion` adds it up.

    A logistic regression over features scaled by how differently they occur in what meets the target and in
    other talk (as in `fit_classes`), each line as long as 1.
    """
    import numpy as np  # noqa: PLC0415  # only for learning
    from scipy.sparse import diags_array  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    texts = Counter(sign for example in examples for sign in example.signs)
    names = sorted(sign for sign, count in texts.items() if count >= 3 and is_learnable(sign))
    matrix = _matrix([dict.fromkeys(example.signs, 1.0) for example in examples], names, {})
    inside = np.array([example.meets[target] for example in examples])
    counts = np.array([example.counts.get(target, 1.0) for example in examples])
    roots = np.sqrt([len(example.signs) + FEW for example in examples])

    def fit(columns: Any) -> tuple[Any, float]:
        chosen = matrix[:, columns]
        ratio = _log_ratio(diags_array(counts) @ chosen, inside, MEAN_SMOOTH) ** how.power
        model = LogisticRegression(C=how.strength, solver="liblinear", tol=1e-3, random_state=0)
        model.fit(diags_array(1 / roots) @ chosen @ diags_array(ratio), inside, sample_weight=counts)
        return model.coef_[0] * ratio, float(model.intercept_[0])

    if len(set(inside.tolist())) == 1:  # nothing to tell apart
        return [], 0.0
    keep = _most_telling(fit(slice(None))[0][None, :], matrix, how.features)
    weights, bias = fit(keep)
    found = [(names[c], round(float(w), DECIMALS)) for c, w in zip(keep, weights, strict=True)]
    return [(name, weight) for name, weight in found if weight], bias


def fit_categories(examples: Sequence[Example], cut: Cut) -> Weights:
    """The weights of all categories, from lines of group talk: a logistic regression for each.

    The lines are of equal length while they are learned from: a long one teaches no more than a short one.
    """
    import numpy as np  # noqa: PLC0415  # only for learning
    from scipy.sparse import diags_array  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    texts = [normalise(example.text).lower() for example in examples]
    rows: list[Row] = [dict.fromkeys(topics_of(text, cut(text)), 1.0) for text in texts]
    rarity = _rarity(rows, least_texts=2)
    names = sorted(name for name in rarity if all(map(is_hanzi, name)))
    scale = np.array([rarity[name] * RARITY for name in names])
    matrix = _of_one_length(_matrix(rows, names, {}) @ diags_array(scale))
    labels = np.array([example.label for example in examples])
    classes = sorted(set(labels.tolist()))
    weights, bias = [], []
    for name in classes:
        model = LogisticRegression(C=CATEGORY_STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
        model.fit(matrix, labels == name)
        weights.append(model.coef_[0] * scale)
        bias.append(float(model.intercept_[0]))
    every = np.array(weights)
    least = np.sort(abs(every), axis=None)[-min(CATEGORY_WEIGHTS, every.size)]
    return _table(every, names, classes, bias, float(least))


def _of_one_length(matrix: Any) -> Any:
    """The rows, all as long as the one in their middle."""
    import numpy as np  # noqa: PLC0415  # only for learning
    from scipy.sparse import diags_array  # noqa: PLC0415

    length = np.sqrt(np.maximum(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel(), 1.0))
    return diags_array(np.median(length) / length) @ matrix


def _table(
    weights: Any, names: Sequence[str], classes: Sequence[str], bias: Sequence[float], least: float
) -> Weights:
    """The weights as they are kept: rounded, the smallest left out."""
    table: dict[str, tuple[tuple[str, float], ...]] = {}
    for name, column in zip(names, weights.T, strict=True):
        pairs = [
            (str(label), round(float(w), DECIMALS))
            for label, w in zip(classes, column, strict=True)
            if abs(w) >= least
        ]
        if pairs:
            table[name] = tuple(pairs)
    return Weights.of_table(
        table, {str(label): round(float(b), 2) for label, b in zip(classes, bias, strict=True)}
    )


def _rarity(rows: Sequence[Row], least_texts: int) -> dict[str, float]:
    """How rare each feature is (its inverse document frequency), of those in enough texts."""
    texts = Counter(name for row in rows for name in row)
    every = len(rows) + 1
    return {
        name: (log(every / (count + 1)) + 1) / USUAL_ROOT
        for name, count in texts.items()
        if count >= least_texts
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
