"""The one place that reads the time; everybody else is handed a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Clock(Protocol):
    """Tells the time, as an aware datetime in UTC."""

    def now(self) -> datetime:
        """Return this moment in UTC."""
        ...


class SystemClock:
    """The machine's clock, made steady: set back by an hour, it runs at half speed until it is right again.

    It never runs backwards, so no step is older than the one before; nor does it stand still, so what waits
    for ten seconds waits for twenty, not for an hour.
    """

    def __init__(
        self, wall: Callable[[], datetime] = lambda: datetime.now(UTC), ticks: Callable[[], float] = monotonic
    ) -> None:
        self._wall = wall
        self._ticks = ticks
        self._lock = Lock()  # several threads ask
        self._last = wall()
        self._ticked = ticks()

    def now(self) -> datetime:
        """Return this moment in UTC."""
        with self._lock:
            ticked = self._ticks()
            slow = self._last + timedelta(seconds=(ticked - self._ticked) / 2)
            self._last, self._ticked = max(self._wall(), slow), ticked
            return self._last


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
