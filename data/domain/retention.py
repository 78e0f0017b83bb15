"""Retention: how long words, names and pictures are kept; None is for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Retention:
    """For how long each kind is kept, as the config says."""

    closed_cases: timedelta | None = timedelta(days=3 * 365)
    pictures: timedelta | None = timedelta(days=365)
    audit: timedelta | None = timedelta(days=3 * 365)
    visits: timedelta | None = timedelta(days=2 * 365)

    def before(self, kind: str, now: datetime) -> datetime | None:
        """Return the moment before which a kind is too old; None if it is kept for good."""
        span: timedelta | None = getattr(self, kind)
        return now - span if span is not None else None


KINDS = ("closed_cases", "pictures", "audit", "visits")
EMPTY = dict.fromkeys(KINDS, 0)
