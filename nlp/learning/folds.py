"""Folds: texts to learn from and texts to count on, near copies (or whole sources) never on both sides."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")


def folds_of(groups: Sequence[int], folds: int) -> list[int]:
    """The fold of each item; all items of a group are in one."""
    names = sorted(set(groups))
    Random(0).shuffle(names)  # noqa: S311  not for secrets
    fold_of = {name: place % folds for place, name in enumerate(names)}
    return [fold_of[group] for group in groups]


def folds_by_name(names: Sequence[str], folds: int) -> list[int]:
    """The fold of each item; all items of a name are in one, the folds as even as that allows."""
    fold_of: dict[str, int] = {}
    sizes = [0] * folds
    for name, count in sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])):
        fold_of[name] = sizes.index(min(sizes))
        sizes[fold_of[name]] += count
    return [fold_of[name] for name in names]


def without(items: Sequence[T], fold_of: Sequence[int], fold: int) -> list[T]:
    """Return the items of all folds but one."""
    return [item for item, of in zip(items, fold_of, strict=False) if of != fold]


def only(items: Sequence[T], fold_of: Sequence[int], fold: int) -> Iterator[T]:
    """Return the items of one fold."""
    return (item for item, of in zip(items, fold_of, strict=False) if of == fold)
