"""Paired households (联户): somebody looks after a few of them."""

from __future__ import annotations

from dataclasses import dataclass

FEWEST, MOST = 5, 10  # households that one person is paired with


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody and a household they look after (联户)."""

    id: int
    person_id: int
    household_id: int
