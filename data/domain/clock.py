"""The one place that reads the time; everybody else is handed a clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time, as an aware datetime in UTC."""

    def now(self) -> datetime:
        """Return this moment in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return this moment in UTC."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until it is set: a transcript's time, or a test's."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the time it was last set to."""
        return self._at

    def set(self, at: datetime) -> None:
        """Move to `at`; a clock never runs backwards, so an earlier time changes nothing."""
        self._at = max(self._at, at.astimezone(UTC))
