"""What was learned from labelled texts: the weight of each word in each class, in readable tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING

from nlp.class_sums import HUNDREDTHS, VALUES, Packing, one
from nlp.file_faults import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from nlp.class_sums import ClassSums

TALK_FILE = "talk.txt"
CLASS_FILE = "classes.txt"
CATEGORY_FILE = "categories.txt"


@dataclass(frozen=True)
class Weights:
    """For each feature its weights by class; `bias` holds for each class the weight that every text has."""

    rows: Mapping[str, int] = field(default_factory=dict)  # a feature's weights in one integer (`Packing`)
    bias: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of_table(cls, table: Mapping[str, Iterable[tuple[str, float]]], bias: Mapping[str, float]) -> Weights:
        """The weights of a table: by feature, pairs of a class and a weight of two decimals at most."""
        packing = Packing(bias)
        return cls({name: packing.pack(row) for name, row in table.items()}, bias)

    def __bool__(self) -> bool:
        return bool(self.bias)

    def table(self) -> dict[str, tuple[tuple[str, float], ...]]:
        """The weights as a table that may be changed."""
        return {name: self._packing.unpack(row) for name, row in self.rows.items()}

    def of(self, names: Iterable[str]) -> ClassSums:
        """What the features that occur in a text add up to in each class."""
        known = filter(None, map(self.rows.get, names))
        return self._packing.sums(sum(known, self._packed_bias))

    def of_values(self, values: Mapping[str, float]) -> ClassSums:
        """What the features of a text add up to in each class, each as often as its value says."""
        get = self.rows.get
        every = [get(name, 0) * round(value * VALUES) for name, value in values.items()]
        return self._packing.sums(sum(every, self._packed_bias * VALUES), HUNDREDTHS * VALUES)

    def telling(self, label: str, names: Iterable[str]) -> list[tuple[str, float]]:
        """What each feature says for one class."""
        get = self.rows.get
        return self._packing.weights([(name, row) for name in names if (row := get(name))], label)

    @cached_property
    def _packing(self) -> Packing:
        return Packing(self.bias)

    @cached_property
    def _packed_bias(self) -> int:
        return self._packing.pack(self.bias.items())


class WeightsError(FileFaultError):
    """A file of weights (or probabilities) that cannot be used, with the line and the reason."""


def shipped(name: str, known: dict[str, str] | None = None) -> Weights:
    """The weights that come with the project; none at all if the file is not there."""
    file = resources.files("nlp") / "weights" / name
    return parse(file.read_text(encoding="utf-8"), name, known) if file.is_file() else Weights()


def read(path: Path, known: dict[str, str] | None = None) -> Weights:
    """The weights in a file. Raises WeightsError."""
    return parse(text_of(path), str(path), known)


def text_of(path: Path) -> str:
    """The text of a file. Raises WeightsError."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WeightsError(str(path), 1, f"cannot be read: {error}") from None


def parse(text: str, name: str = "weights", known: dict[str, str] | None = None) -> Weights:
    """The weights in a text: for each class a line `[class] bias`, then lines of a weight and its words.

    Lines that begin with `# ` are notes. Words that are `known` from other texts are kept once.
    """
    lines, known = text.splitlines(), {} if known is None else known
    classes = [line.split(" ")[0][1:-1] for line in lines if _is_class(line)]
    places = {label: place for place, label in enumerate(dict.fromkeys(classes))}
    rows: dict[str, int] = {}
    same: dict[int, int] = {}  # equal rows are one object: of 100,000 features 30,000 say another thing
    bias: dict[str, float] = {}
    # From the last class to the first: so a row is as long from the beginning as it will be in the end, and
    # what it was before leaves no gap in the memory that nothing fits in (8 MiB).
    for number, line in zip(range(len(lines), 0, -1), reversed(lines), strict=True):
        if not line or line.startswith("# "):
            continue
        first, *words = line.split(" ")
        try:
            weight = float(words[0] if _is_class(line) else first)
        except ValueError:
            raise WeightsError(name, number, "a weight and its words were expected") from None
        if _is_class(line):
            bias.setdefault(classes.pop(), weight)
            same.clear()
        elif not classes or not all(words):
            raise WeightsError(name, number, "[class] and its weight were expected")
        else:
            said = one(weight, places[classes[-1]])
            for word in words:
                row = rows.get(word)
                if row is None:
                    rows[known.setdefault(word, word)] = said
                else:
                    rows[word] = same.setdefault(row := row + said, row)
    return Weights(rows, {label: bias[label] for label in places})


def _is_class(line: str) -> bool:
    """Whether a line says which class the following are of."""
    first, _, rest = line.partition(" ")
    return first.startswith("[") and first.endswith("]") and bool(rest) and " " not in rest


def render(weights: Weights, notes: Iterable[str]) -> str:
    """The file's text: notes, then each class with its weights and words, the heaviest first."""
    by_class: dict[str, dict[float, list[str]]] = {label: {} for label in weights.bias}
    for word, row in weights.table().items():
        for label, weight in row:
            by_class[label].setdefault(weight, []).append(word)
    lines = [f"# {note}" for note in notes]
    for label, words_of in by_class.items():
        lines.append(f"[{label}] {weights.bias[label]:.2f}")
        heaviest = sorted(words_of, key=lambda weight: (-abs(weight), weight))
        lines += [" ".join([f"{weight:g}", *sorted(words_of[weight])]) for weight in heaviest]
    return "\n".join(lines) + "\n"
