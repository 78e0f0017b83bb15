"""A limit on how often something may happen, for each of many keys."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from data.domain.clock import Clock

MOST_KEYS = 20_000


class Limiter:
    """At most `most` events of one key within a span of time; keys that were silent longest are forgotten."""

    def __init__(self, clock: Clock, most: int, within: timedelta) -> None:
        self._clock = clock
        self._most = most
        self._within = within
        self._events: OrderedDict[str, deque[datetime]] = OrderedDict()

    def full(self, key: str) -> bool:
        """Whether one more would be too many."""
        events = self._events.get(key)
        if events is None:
            return False
        while events and self._clock.now() - events[0] >= self._within:
            events.popleft()
        return len(events) >= self._most

    def count(self, key: str) -> None:
        """Note that it happened."""
        events = self._events.setdefault(key, deque(maxlen=self._most))
        self._events.move_to_end(key)
        events.append(self._clock.now())
        while len(self._events) > MOST_KEYS:
            self._events.popitem(last=False)

    def allow(self, key: str) -> bool:
        """Note that it happens and return True, unless it would be too many."""
        if self.full(key):
            return False
        self.count(key)
        return True
