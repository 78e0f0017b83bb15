"""What was learned from labelled texts: the weight of each word in each class, in tables that a person can read."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

KIND_FILE = "kind.tsv"
CLASS_FILE = "classes.tsv"
BIAS = "*"  # the word that every text has
APPEAL = "appeal"
WORD_COLUMN = "word"


@dataclass(frozen=True, slots=True)
class Weights:
    """For each feature its weight in each of `labels`; `bias` is the weight that every text has."""

    labels: tuple[str, ...] = ()
    table: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    bias: tuple[float, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.labels)


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
    """The weights in a table: notes after `# `, a heading `word<TAB>class…`, then a line a word; an empty cell is 0."""
    labels: tuple[str, ...] = ()
    table: dict[str, tuple[float, ...]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("# "):
            continue
        word, *cells = line.split("\t")
        if not labels:
            if word != WORD_COLUMN or not cells:
                raise WeightsError(f"{name}:{number}: the heading {WORD_COLUMN!r} and the classes were expected")
            labels = tuple(cells)
            continue
        try:
            row = tuple([float(cell) if cell else 0.0 for cell in cells])
        except ValueError:
            raise WeightsError(f"{name}:{number}: a number was expected in each cell") from None
        if len(row) != len(labels):
            raise WeightsError(f"{name}:{number}: {len(labels)} cells were expected, there are {len(row)}")
        table[word] = row
    return Weights(labels, table, table.pop(BIAS, (0.0,) * len(labels)))


def render(weights: Weights, notes: Iterable[str]) -> str:
    """The file's text, the most telling words first."""
    rows = sorted(weights.table.items(), key=lambda row: (-max(abs(w) for w in row[1]), row[0]))
    lines = [f"# {note}" for note in notes]
    lines.append("\t".join((WORD_COLUMN, *weights.labels)))
    lines += ["\t".join((word, *map(_cell, row))) for word, row in ((BIAS, weights.bias), *rows)]
    return "\n".join(lines) + "\n"


def _cell(weight: float) -> str:
    text = f"{weight:.2f}".rstrip("0").rstrip(".")
    return "" if text in ("0", "-0") else text
