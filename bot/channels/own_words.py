"""What the bot said lately in each chat, in memory: did it arrive?

Some gateways return no id for what was sent, or their answer is lost; it is found again when it comes back.
"""

from __future__ import annotations

import re

from cachetools import FIFOCache, LRUCache

LAST = 200  # messages of one chat
MOST_CHATS = 2_000
_SPACE = re.compile(r"[\s\u2005]+")


class OwnWords:
    """The last messages of the bot in all chats where it spoke lately."""

    def __init__(self) -> None:
        self._chats: LRUCache[str, FIFOCache[str, str]] = LRUCache(MOST_CHATS)

    def remember(self, chat: str, message_id: str, text: str) -> None:
        """Remember what the bot said."""
        said = self._chats.setdefault(chat, FIFOCache(LAST))
        said.setdefault(message_id, _plain(text))

    def own(self, chat: str) -> dict[str, str]:
        """Return what the bot said lately in a chat, by id."""
        return dict(self._chats.get(chat, {}))

    def arrived(self, chat: str, text: str, before: dict[str, str]) -> str | None:
        """Return the id under which the bot's words came back, if that was not `before`."""
        wanted = _plain(text)
        return next((i for i, t in self.own(chat).items() if t == wanted and i not in before), None)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
