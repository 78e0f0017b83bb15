"""What was learned from labelled texts: the weight of each word in each class, in readable tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TALK_FILE = "talk.txt"
CLASS_FILE = "classes.txt"
CATEGORY_FILE = "categories.txt"
FIELD = 32  # bits
MIDDLE = 1 << (FIELD - 1)
HUNDREDTHS = 100  # weights have two decimals
VALUES = 1000  # a feature's value is taken to three


@dataclass(frozen=True)
class Weights:
    """For each feature its weights by class; `bias` holds for each class the weight that every text has."""

    table: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    bias: Mapping[str, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.bias)

    def of(self, names: Iterable[str]) -> dict[str, float]:
        """What the features that occur in a text add up to in each class."""
        get = self._packed.get
        return self._unpacked(sum([get(name, 0) for name in names]), HUNDREDTHS)

    def sums(self, values: Mapping[str, float]) -> dict[str, float]:
        """What the features of a text add up to in each class, each as often as its value says."""
        get = self._packed.get
        total = sum([get(name, 0) * round(value * VALUES) for name, value in values.items()])
        return self._unpacked(total, HUNDREDTHS * VALUES)

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
    def _packed(self) -> dict[str, int]:
        """Each feature's weights in one long integer, 32 bits a class: adding two rows is one addition.

        A plain dictionary of sums takes ten times as long, and a line has to be understood in 50 µs.
        """
        shift = {label: FIELD * place for place, label in enumerate(self.bias)}
        return {
            name: sum(round(weight * HUNDREDTHS) << shift[label] for label, weight in row)
            for name, row in self.table.items()
        }

    @cached_property
    def _fields(self) -> Struct:
        return Struct(f"<{len(self.bias)}I")

    @cached_property
    def _middle(self) -> int:
        """Zero in every class, in the middle of what 32 bits hold, so that sums may be negative."""
        return sum(MIDDLE << (FIELD * place) for place in range(len(self.bias)))

    def _unpacked(self, total: int, scale: int) -> dict[str, float]:
        sums = self._fields.unpack((total + self._middle).to_bytes(self._fields.size, "little"))
        return {
            label: bias + (said - MIDDLE) / scale
            for (label, bias), said in zip(self._biases, sums, strict=True)
        }

    @cached_property
    def _biases(self) -> list[tuple[str, float]]:
        return list(self.bias.items())


class WeightsError(ValueError):
    """A file of weights that cannot be used, with the line and the reason."""


def shipped(name: str) -> Weights:
    """The weights that come with the project; none at all if the file is not there."""
    file = resources.files("nlp") / "weights" / name
    return parse(file.read_text(encoding="utf-8"), name) if file.is_file() else Weights()


def read(path: Path) -> Weights:
    """The weights in a file. Raises WeightsError."""
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(text: str, name: str = "weights") -> Weights:
    """The weights in a text: for each class a line `[class] bias`, then `word weight` for each of its words.

    Lines that begin with `# ` are notes.
    """
    rows: dict[str, list[tuple[str, float]]] = {}
    bias: dict[str, float] = {}
    label = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("# "):
            continue
        word, _, said = line.rpartition(" ")
        try:
            weight = float(said)
        except ValueError:
            raise WeightsError(f"{name}:{number}: a word and its weight were expected") from None
        if word.startswith("[") and word.endswith("]"):
            label = word[1:-1]
            bias[label] = weight
        elif label is None or not word:
            raise WeightsError(f"{name}:{number}: [class] and its weight were expected")
        else:
            rows.setdefault(word, []).append((label, weight))
    return Weights({word: tuple(row) for word, row in rows.items()}, bias)


def render(weights: Weights, notes: Iterable[str]) -> str:
    """The file's text: notes, then each class with its words, the most telling first."""
    by_class: dict[str, list[tuple[str, float]]] = {label: [] for label in weights.bias}
    for word, row in weights.table.items():
        for label, weight in row:
            by_class[label].append((word, weight))
    lines = [f"# {note}" for note in notes]
    for label, words in by_class.items():
        lines.append(f"[{label}] {weights.bias[label]:.2f}")
        words.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
        lines += [f"{word} {weight:.2f}" for word, weight in words]
    return "\n".join(lines) + "\n"
