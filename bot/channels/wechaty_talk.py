"""The last talk of each chat, in memory: which message is quoted, and did what the bot said arrive?

WeChat's gateways tell neither. A quotation comes as a text that begins with the words quoted, and some
gateways return no id for what was sent; both are found again among the last messages.
"""

from __future__ import annotations

import re
from collections import OrderedDict, deque
from typing import NamedTuple

LAST = 200  # messages of one chat
MOST_CHATS = 2_000
_QUOTING = re.compile(
    r"[「『](?:[^「」\n]{0,60}?[::]\s?)?(?P<quoted>.*?)[」』]\n(?:- ?){3,}\n(?P<said>.*)", re.DOTALL
)
_SPACE = re.compile(r"[\s\u2005]+")
_CUT = "…"


class Spoken(NamedTuple):
    """What somebody said; what the bot said has no `who`."""

    id: str
    text: str
    who: str | None


class Talk:
    """The last messages of all chats that spoke lately."""

    def __init__(self) -> None:
        self._chats: OrderedDict[str, deque[Spoken]] = OrderedDict()

    def remember(self, chat: str, message_id: str, text: str, who: str | None) -> None:
        """Remember a message."""
        said = self._chats.setdefault(chat, deque(maxlen=LAST))
        self._chats.move_to_end(chat)
        if all(one.id != message_id for one in said):
            said.append(Spoken(message_id, _plain(text), who))
        while len(self._chats) > MOST_CHATS:
            self._chats.popitem(last=False)

    def forget(self, who: str) -> None:
        """Forget everything somebody said."""
        for chat, said in self._chats.items():
            self._chats[chat] = deque((one for one in said if one.who != who), maxlen=LAST)

    def quoted(self, chat: str, words: str) -> str | None:
        """Return the id of the last message in a chat that says these words, or begins with them."""
        wanted = _plain(words).rstrip(_CUT)
        said = reversed(self._chats.get(chat, ()))
        return next((one.id for one in said if wanted and one.text.startswith(wanted)), None)

    def own(self, chat: str) -> dict[str, str]:
        """Return what the bot said lately in a chat, by id."""
        return {one.id: one.text for one in self._chats.get(chat, ()) if one.who is None}

    def arrived(self, chat: str, text: str, before: dict[str, str]) -> str | None:
        """Return the id under which the bot's words came back, if that was not `before`."""
        wanted = _plain(text)
        return next((i for i, t in self.own(chat).items() if t == wanted and i not in before), None)


def unquoted(text: str) -> tuple[str | None, str]:
    """Return the words that a text quotes, as WeChat writes that, and what it says itself."""
    found = _QUOTING.fullmatch(text)
    return (found["quoted"], found["said"]) if found else (None, text)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
