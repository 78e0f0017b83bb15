"""Addresses by which a message of the robot's can be answered: each holds for an hour, and for one answer."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from cachetools import LRUCache

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.clock import Clock

HOLDS = timedelta(minutes=59)
MOST_CHATS, MOST_OF_A_CHAT = 2_000, 20


class Answerable(NamedTuple):
    """A message that can be answered."""

    message_id: str
    url: str
    until: datetime


class ResponseAddresses:
    """The addresses that came with what was said lately, in memory: after a restart there are none."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._chats: LRUCache[str, deque[Answerable]] = LRUCache(MOST_CHATS)

    def add(self, chat: str, message_id: str, url: str) -> None:
        """Note the address that came with a message."""
        waiting = self._chats.setdefault(chat, deque(maxlen=MOST_OF_A_CHAT))
        if all(one.message_id != message_id for one in waiting):
            waiting.append(Answerable(message_id, url, self._clock.now() + HOLDS))

    def take(self, chat: str, message_id: str | None) -> str | None:
        """Return an address to answer by, of that message or else of the newest; it is nobody else's then."""
        waiting = self._chats.get(chat, deque())
        fresh = [one for one in waiting if self._clock.now() < one.until]
        found = next((one for one in fresh if one.message_id == message_id), fresh[-1] if fresh else None)
        if found is None:
            return None
        waiting.remove(found)
        return found.url
