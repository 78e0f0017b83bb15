"""Adds up the weights of a text's features in all classes at once, fast enough for every line of a group."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FIELD = 32  # bits
MIDDLE = 1 << (FIELD - 1)  # what stands for zero in a field, so that sums may be negative
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
        return 0.0 if place is None else (self._fields[place] - MIDDLE) / self._scale

    def get(self, label: str, unlearned: float) -> float:
        """The sum of one class, `unlearned` where nothing was learned of it."""
        place = self._places.get(label)
        return unlearned if place is None else (self._fields[place] - MIDDLE) / self._scale

    def add_to(self, sums: dict[str, float]) -> None:
        """Add its sums to others, for the classes that these have."""
        fields, places, scale = self._fields, self._places, self._scale
        for label in sums:
            place = places.get(label)
            if place is not None:
                sums[label] += (fields[place] - MIDDLE) / scale

    def items(self) -> Iterator[tuple[str, float]]:
        """Each class and its sum."""
        return ((label, self[label]) for label in self._places)

    def best(self) -> float:
        """The highest sum, 0 where there are no classes."""
        return (max(self._fields) - MIDDLE) / self._scale if self._fields else 0.0

    def leading(self, least: float) -> dict[str, float]:
        """The classes whose sums are higher than `least`."""
        lowest = least * self._scale + MIDDLE
        return {
            label: (said - MIDDLE) / self._scale
            for label, said in zip(self._places, self._fields, strict=True)
            if said > lowest
        }


class Adder:
    """A table of weights, each feature's in one long integer of 32 bits a class.

    So adding a feature in all classes is one addition; a dictionary of sums takes ten times as long.
    """

    def __init__(self, table: Mapping[str, Iterable[tuple[str, float]]], bias: Mapping[str, float]) -> None:
        self._places = {label: place for place, label in enumerate(bias)}
        self._rows = {name: self._packed(row) for name, row in table.items()}
        self._bias = self._packed(bias.items())
        self._middle = sum(MIDDLE << (FIELD * place) for place in range(len(bias)))
        self._form = Struct(f"<{len(bias)}I")

    def of(self, names: Iterable[str]) -> ClassSums:
        """What features add up to."""
        known = filter(None, map(self._rows.get, names))
        return self._sums(sum(known, self._bias), HUNDREDTHS)

    def of_values(self, values: Mapping[str, float]) -> ClassSums:
        """What features add up to, each as often as its value says."""
        get = self._rows.get
        every = [get(name, 0) * round(value * VALUES) for name, value in values.items()]
        return self._sums(sum(every, self._bias * VALUES), HUNDREDTHS * VALUES)

    def _packed(self, row: Iterable[tuple[str, float]]) -> int:
        return sum(round(weight * HUNDREDTHS) << (FIELD * self._places[label]) for label, weight in row)

    def _sums(self, total: int, scale: int) -> ClassSums:
        fields = self._form.unpack((total + self._middle).to_bytes(self._form.size, "little"))
        return ClassSums(fields, self._places, scale)
