"""Households (户): a door, its area, who lives behind it. Votes, support and quorum count households."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from data.domain.areas import building_label
from data.domain.case import Place

if TYPE_CHECKING:
    from datetime import datetime

LARGEST = 1_000_000_00  # in 0.01 m²: a square kilometre is no flat


@dataclass(frozen=True, slots=True)
class Household:
    """A door. `area` is in 0.01 m² (None: nobody knows); `contact_id` is whom to ask for there."""

    id: int
    building_id: int
    unit: str
    door: str
    area: int | None = None
    contact_id: int | None = None

    def place(self, building_name: str) -> Place:
        """Return it as a place, given the name of its building."""
        return Place(building_label(building_name), self.unit or None, None, self.door)


@dataclass(frozen=True, slots=True)
class Registration:
    """Somebody says where they live, and waits for one of the staff to confirm it."""

    id: int
    person_id: int
    account_id: int
    building_id: int
    unit: str
    door: str
    asked_at: datetime
    answered_at: datetime | None = None

    def place(self, building_name: str) -> Place:
        """Return the door as a place, given the name of its building."""
        return Place(building_label(building_name), self.unit or None, None, self.door)


def hundredths(square_metres: object) -> int:
    """Return an area given in m² as whole hundredths of a square metre, exactly.

    Raises `ValueError` for what is no number, not above 0, finer than 0.01, or larger than any flat.
    """
    try:
        exact = Decimal(str(square_metres)) * 100
    except InvalidOperation:
        exact = Decimal(0)
    if not exact.is_finite() or exact != exact.to_integral_value() or not 0 < exact <= LARGEST:
        message = "89.5 (m²,大于 0,最多两位小数)"
        raise ValueError(message)
    return int(exact)
