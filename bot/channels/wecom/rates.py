"""Rates: how many messages a network takes from us in a span of time, counted as it counts them."""

from __future__ import annotations

from collections import Counter, deque
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from cachetools import LRUCache

from bot.channels.base import NotYetError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from data.domain.clock import Clock

MARGIN = timedelta(seconds=1)  # its clock is not ours
MOST_BUCKETS = 20_000


class Rate(NamedTuple):
    """At most so many messages in any span of so many seconds."""

    most: int
    within: float


class Buckets:
    """Counts what goes into each bucket (a robot, a person).

    The wait is from the end of one call to the begin of another: whenever each arrived in between, no span of
    time got too many.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ended: LRUCache[str, deque[datetime]] = LRUCache(MOST_BUCKETS)
        self._under_way: Counter[str] = Counter()

    def wait(self, bucket: str, rates: tuple[Rate, ...]) -> float:
        """Return for how many seconds nothing may go into a bucket."""
        now, ended = self._clock.now(), self._ended.get(bucket, deque())
        waits = [0.0]
        for rate in rates:
            span = timedelta(seconds=rate.within) + MARGIN
            recent = [at for at in ended if now - at < span]
            over = len(recent) + self._under_way[bucket] - rate.most
            if over >= len(recent):
                waits.append(1.0 if over >= 0 else 0.0)
            elif over >= 0:
                waits.append((recent[over] + span - now).total_seconds())
        return max(waits)

    @contextmanager
    def one(self, bucket: str, rates: tuple[Rate, ...]) -> Iterator[None]:
        """Count one message; raise `NotYetError` if it would be too many."""
        if (seconds := self.wait(bucket, rates)) > 0:
            raise NotYetError("limit", seconds)
        self._under_way[bucket] += 1
        try:
            yield
        finally:
            self._under_way[bucket] -= 1
            most = max((rate.most for rate in rates), default=1)
            self._ended.setdefault(bucket, deque()).append(self._clock.now())
            while len(self._ended[bucket]) > most:
                self._ended[bucket].popleft()
