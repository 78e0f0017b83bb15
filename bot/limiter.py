"""A limit on how often something may happen, for each of many keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachetools import LRUCache

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime, timedelta

    from data.domain.clock import Clock

MOST_KEYS = 20_000


class Limiter:
    """At most `most` events of one key within a span of time; keys that were silent longest are forgotten."""

    def __init__(self, clock: Clock, most: int, within: timedelta) -> None:
        self._clock = clock
        self._most = most
        self._within = within
        self._events: LRUCache[Hashable, dict[Hashable, datetime]] = LRUCache(MOST_KEYS)

    def full(self, key: Hashable) -> bool:
        """Whether one more would be too many."""
        return len(self._fresh(key)) >= self._most

    def count(self, key: Hashable, event: Hashable = None) -> None:
        """Note that it happened; an `event` that has a name counts once."""
        self._note(key, self._fresh(key), event)

    def allow(self, key: Hashable, event: Hashable = None) -> bool:
        """Note that it happens and return True, unless it would be too many."""
        events = self._fresh(key)
        if event is not None and event in events:
            return True
        if len(events) >= self._most:
            return False
        self._note(key, events, event)
        return True

    def _note(self, key: Hashable, events: dict[Hashable, datetime], event: Hashable) -> None:
        if event is None:
            event = object()
        if event not in events and len(events) >= self._most:
            del events[next(iter(events))]
        events[event] = self._clock.now()
        self._events[key] = events

    def _fresh(self, key: Hashable) -> dict[Hashable, datetime]:
        """Return what happened within the span, the oldest first; what lies further back is forgotten."""
        events = self._events.get(key, {})
        now = self._clock.now()
        past = [event for event, at in events.items() if now - at >= self._within]
        for event in past:
            del events[event]
        return events
