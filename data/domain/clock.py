"""The one place that reads the time; everybody else is handed a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


STEADY = timedelta(hours=1)


class Clock(Protocol):
    """Tells the time, as an aware datetime in UTC."""

    def now(self) -> datetime:
        """Return this moment in UTC."""
        ...


class SystemClock:
    """The machine's clock, made steady: it never runs backwards, ten seconds are ten seconds.

    Set back, the machine's clock is left alone for an hour: time goes on by the monotonic ticks, so that what
    was about to fall due does so at its time. Then it runs at half speed until both agree again.
    """

    def __init__(
        self, wall: Callable[[], datetime] = lambda: datetime.now(UTC), ticks: Callable[[], float] = monotonic
    ) -> None:
        self._wall = wall
        self._ticks = ticks
        self._lock = Lock()  # several threads ask
        self._last = wall()
        self._ticked = ticks()
        self._alone = timedelta()  # for how long it has gone by the ticks

    def now(self) -> datetime:
        """Return this moment in UTC."""
        with self._lock:
            ticked, wall = self._ticks(), self._wall()
            passed = timedelta(seconds=ticked - self._ticked)
            full = min(passed, max(STEADY - self._alone, timedelta()))
            steady = self._last + full + (passed - full) / 2
            self._alone = self._alone + passed if steady > wall else timedelta()
            self._last, self._ticked = max(wall, steady), ticked
            return self._last

    def ahead(self) -> timedelta:
        """Return by how much it is ahead of the machine's clock, which somebody has set back."""
        return max(self.now() - self._wall(), timedelta())


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
