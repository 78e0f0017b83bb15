"""Duty shifts (值班): who is the first to be called in an emergency, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody on duty in an area, on one day or over one midnight; `ends_at` is no longer part of it."""

    id: int
    area_id: int
    person_id: int
    starts_at: datetime
    ends_at: datetime
