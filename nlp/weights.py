"""What was learned from labelled texts: the weight of each word in each class, in readable tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

KIND_FILE = "kind.tsv"
CLASS_FILE = "classes.tsv"
CATEGORY_FILE = "categories.tsv"
BIAS = "*"  # the word that every text has
APPEAL = "appeal"


@dataclass(frozen=True, slots=True)
class Weights:
    """For each feature its weights by class; `bias` holds for each class the weight that every text has."""

    table: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    bias: Mapping[str, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.bias)

    def sums(self, values: Mapping[str, float]) -> dict[str, float]:
        """What the features of a text add up to in each class."""
        total = dict(self.bias)
        table = self.table
        for name, value in values.items():
            for label, weight in table.get(name, ()):
                total[label] += weight * value
        return total


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
    """The weights in lines `word<TAB>class weight<TAB>…`; lines that begin with `# ` are notes."""
    table: dict[str, tuple[tuple[str, float], ...]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("# "):
            continue
        word, *cells = line.split("\t")
        try:
            pairs = [cell.rsplit(" ", 1) for cell in cells]
            table[word] = tuple([(label, float(weight)) for label, weight in pairs])
        except ValueError:
            raise WeightsError(
                f"{name}:{number}: a class and its weight were expected in each cell"
            ) from None
    bias = dict(table.pop(BIAS, ()))
    unknown = next((label for row in table.values() for label, _ in row if label not in bias), None)
    if unknown is not None:
        raise WeightsError(f"{name}: the line {BIAS!r} must name every class; {unknown!r} is missing")
    return Weights(table, bias)


def render(weights: Weights, notes: Iterable[str]) -> str:
    """The file's text: notes, the biases, then the words, the most telling first."""
    rows = sorted(weights.table.items(), key=lambda row: (-max(abs(w) for _, w in row[1]), row[0]))
    lines = [f"# {note}" for note in notes]
    for word, pairs in ((BIAS, tuple(sorted(weights.bias.items()))), *rows):
        cells = [f"{label} {weight:.2f}" for label, weight in sorted(pairs, key=lambda pair: -abs(pair[1]))]
        lines.append("\t".join((word, *cells)))
    return "\n".join(lines) + "\n"
