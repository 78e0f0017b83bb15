"""Adds up the weights of a text's features in all classes at once, fast enough for every line of a group."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FIELD = 32  # bits
MIDDLE = 1 << (FIELD - 1)  # what stands for zero in a field, so that sums may be negative
FULL = (1 << FIELD) - 1
HUNDREDTHS = 100  # weights have two decimals at most
VALUES = 1000  # a feature's value is taken to three


class ClassSums:
    """What a text adds up to in each class."""

    __slots__ = ("_fields", "_places", "_scale")

    def __init__(self, fields: Sequence[int], places: Mapping[str, int], scale: int) -> None:
        self._fields = fields
        self._places = places
        self._scale = scale

    def __getitem__(self, label: str) -> float:
        """The sum of one class."""
        place = self._places.get(label)
        return 0.0 if place is None else self._fields[place] / self._scale

    def get(self, label: str, unlearned: float) -> float:
        """The sum of one class, `unlearned` where nothing was learned of it."""
        place = self._places.get(label)
        return unlearned if place is None else self._fields[place] / self._scale

    def each(self, labels: Iterable[str]) -> list[float]:
        """The sums of some classes, 0 for one not learned."""
        fields, places, scale = self._fields, self._places, self._scale
        return [fields[places[label]] / scale if label in places else 0.0 for label in labels]

    def items(self) -> Iterator[tuple[str, float]]:
        """Each class and its sum."""
        return ((label, self[label]) for label in self._places)

    def best(self) -> float:
        """The highest sum, 0 where there are no classes."""
        return max(self._fields, default=0) / self._scale

    def leading(self, least: float) -> dict[str, float]:
        """The classes whose sums are higher than `least`."""
        lowest = round(least * self._scale)
        return {
            label: said / self._scale
            for label, said in zip(self._places, self._fields, strict=True)
            if said > lowest
        }


class Packing:
    """How a feature's weights lie in one long integer, 32 bits a class.

    So adding a feature in all classes is one addition, where a dictionary of sums takes ten times as long;
    and 100,000 features are kept in 15 MiB, where tuples of classes and weights take 27.
    """

    def __init__(self, labels: Iterable[str]) -> None:
        self._places = {label: place for place, label in enumerate(labels)}
        self._middle = sum(MIDDLE << (FIELD * place) for place in self._places.values())
        self._form = Struct(f"<{len(self._places)}i")

    def pack(self, row: Iterable[tuple[str, float]]) -> int:
        """Weights by class in one integer."""
        return sum(one(weight, self._places[label]) for label, weight in row)

    def unpack(self, packed: int) -> tuple[tuple[str, float], ...]:
        """The weights that are in an integer, those that are not 0."""
        fields = self._fields(packed)
        return tuple(
            (label, field / HUNDREDTHS) for label, field in zip(self._places, fields, strict=True) if field
        )

    def weights(self, rows: Iterable[tuple[str, int]], label: str) -> list[tuple[str, float]]:
        """What each of the named rows says for one class, where it says anything."""
        place = self._places.get(label)
        if place is None:
            return []
        shift = FIELD * place
        below = sum(MIDDLE << (FIELD * lower) for lower in range(place + 1))
        found = [(name, ((row + below) >> shift & FULL) - MIDDLE) for name, row in rows]
        return [(name, hundredths / HUNDREDTHS) for name, hundredths in found if hundredths]

    def sums(self, total: int, scale: int = HUNDREDTHS) -> ClassSums:
        """What an integer that was added up says of each class."""
        return ClassSums(self._fields(total), self._places, scale)

    def _fields(self, total: int) -> tuple[int, ...]:
        """Each class's sum: in the middle of its field none borrows of its neighbour, and with the topmost
        bit turned it is a number with its sign."""
        middle = self._middle
        fields: tuple[int, ...] = self._form.unpack(
            ((total + middle) ^ middle).to_bytes(self._form.size, "little")
        )
        return fields


def one(weight: float, place: int) -> int:
    """A weight at the place of its class, to be added to those of other classes."""
    return round(weight * HUNDREDTHS) << (FIELD * place)
