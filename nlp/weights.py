"""What was learned from labelled texts: the weight of each word in each class, in readable tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING

from nlp.sums import Adder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from nlp.sums import ClassSums

TALK_FILE = "talk.txt"
CLASS_FILE = "classes.txt"
CATEGORY_FILE = "categories.txt"


@dataclass(frozen=True)
class Weights:
    """For each feature its weights by class; `bias` holds for each class the weight that every text has."""

    table: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    bias: Mapping[str, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.bias)

    def of(self, names: Iterable[str]) -> ClassSums:
        """What the features that occur in a text add up to in each class."""
        return self._adder.of(names)

    def only(self, labels: tuple[str, ...]) -> Weights:
        """The same of some classes alone, which adds up faster."""
        found = self._parts.get(labels)
        if found is None:
            rows = {
                name: kept
                for name, row in self.table.items()
                if (kept := tuple(pair for pair in row if pair[0] in labels))
            }
            bias = {label: weight for label, weight in self.bias.items() if label in labels}
            found = self._parts.setdefault(labels, Weights(rows, bias))
        return found

    def of_values(self, values: Mapping[str, float]) -> ClassSums:
        """What the features of a text add up to in each class, each as often as its value says."""
        return self._adder.of_values(values)

    def telling(self, label: str, names: Iterable[str]) -> list[tuple[str, float]]:
        """What each feature says for one class."""
        column = self._column(label)
        return [(name, column[name]) for name in names if name in column]

    def _column(self, label: str) -> dict[str, float]:
        """Each feature's weight for one class, gathered when first asked for."""
        column = self._columns.get(label)
        if column is None:
            rows = ((name, weight) for name, row in self.table.items() for one, weight in row if one == label)
            column = self._columns.setdefault(label, dict(rows))
        return column

    @cached_property
    def _columns(self) -> dict[str, dict[str, float]]:
        return {}

    @cached_property
    def _parts(self) -> dict[tuple[str, ...], Weights]:
        return {}

    @cached_property
    def _adder(self) -> Adder:
        return Adder(self.table, self.bias)


class WeightsError(ValueError):
    """A file of weights (or probabilities) that cannot be used, with the line and the reason."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


def shipped(name: str) -> Weights:
    """The weights that come with the project; none at all if the file is not there."""
    file = resources.files("nlp") / "weights" / name
    return parse(file.read_text(encoding="utf-8"), name) if file.is_file() else Weights()


def read(path: Path) -> Weights:
    """The weights in a file. Raises WeightsError."""
    return parse(text_of(path), str(path))


def text_of(path: Path) -> str:
    """The text of a file. Raises WeightsError."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WeightsError(str(path), 1, f"cannot be read: {error}") from None


def parse(text: str, name: str = "weights") -> Weights:
    """The weights in a text: for each class a line `[class] bias`, then lines of a weight and its words.

    Lines that begin with `# ` are notes.
    """
    rows: dict[str, list[tuple[str, float]]] = {}
    bias: dict[str, float] = {}
    label = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("# "):
            continue
        first, *words = line.split(" ")
        is_class = first.startswith("[") and first.endswith("]") and len(words) == 1
        try:
            weight = float(words[0] if is_class else first)
        except ValueError:
            raise WeightsError(name, number, "a weight and its words were expected") from None
        if is_class:
            label = first[1:-1]
            bias[label] = weight
        elif label is None or not all(words):
            raise WeightsError(name, number, "[class] and its weight were expected")
        else:
            for word in words:
                rows.setdefault(word, []).append((label, weight))
    return Weights({word: tuple(row) for word, row in rows.items()}, bias)


def render(weights: Weights, notes: Iterable[str]) -> str:
    """The file's text: notes, then each class with its weights and words, the heaviest first."""
    by_class: dict[str, dict[float, list[str]]] = {label: {} for label in weights.bias}
    for word, row in weights.table.items():
        for label, weight in row:
            by_class[label].setdefault(weight, []).append(word)
    lines = [f"# {note}" for note in notes]
    for label, words_of in by_class.items():
        lines.append(f"[{label}] {weights.bias[label]:.2f}")
        heaviest = sorted(words_of, key=lambda weight: (-abs(weight), weight))
        lines += [" ".join([f"{weight:g}", *sorted(words_of[weight])]) for weight in heaviest]
    return "\n".join(lines) + "\n"
