"""What was learned from labelled texts: one weight a word and class, in files that a person can read."""

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


@dataclass(frozen=True, slots=True)
class Weights:
    """For each feature (a word, or `~` and letters) its weight in each class; `bias` is the weight of the class itself."""

    table: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    bias: Mapping[str, float] = field(default_factory=dict)


class WeightsError(ValueError):
    """A file of weights that cannot be used, with the line and the reason."""


def shipped(name: str) -> Weights:
    """The weights that come with the project, empty if there are none."""
    file = resources.files("nlp") / "weights" / name
    return parse(file.read_text(encoding="utf-8"), name) if file.is_file() else Weights()


def read(path: Path) -> Weights:
    """The weights in a file. Raises WeightsError."""
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(text: str, name: str = "weights") -> Weights:
    """The weights in a text of lines `word<TAB>class<TAB>weight`; lines that begin with # are notes."""
    table: dict[str, list[tuple[str, float]]] = {}
    bias: dict[str, float] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("# "):
            continue
        try:
            word, label, weight = line.split("\t")
            value = float(weight)
        except ValueError:
            raise WeightsError(
                f"{name}:{number}: word, class and weight, separated by tabs, were expected"
            ) from None
        if word == BIAS:
            bias[label] = value
        else:
            table.setdefault(word, []).append((label, value))
    return Weights({word: tuple(pairs) for word, pairs in table.items()}, bias)


def render(weights: Weights, notes: Iterable[str]) -> str:
    """The file's text: notes, then one line a word and class, heaviest first within a class."""
    rows = [
        (label, -abs(value), word, value) for word, pairs in weights.table.items() for label, value in pairs
    ]
    lines = [f"# {note}" for note in notes]
    lines += [f"{BIAS}\t{label}\t{value:.2f}" for label, value in sorted(weights.bias.items())]
    lines += [f"{word}\t{label}\t{value:.2f}" for label, _, word, value in sorted(rows)]
    return "\n".join(lines) + "\n"
