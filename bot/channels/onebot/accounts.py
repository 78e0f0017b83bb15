"""The accounts that are connected, and which of them is in which group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachetools import LRUCache

from bot.channels.onebot.link import ConnectionRole, Link

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_CHATS = 20_000


class Accounts:
    """All accounts of the bot. A group in which two of them sit is heard by one, and spoken to by it."""

    def __init__(self) -> None:
        self.known: set[str] = set()  # all that were ever connected: what they say is the bot's own
        self._links: dict[str, dict[ConnectionRole, Link]] = {}
        self._chats: LRUCache[str, str] = LRUCache(MOST_CHATS)
        self._offline: set[str] = set()

    def add(self, link: Link) -> Link | None:
        """Go on with a connection; return the one it takes the place of."""
        self.known.add(link.account)
        self._offline.discard(link.account)
        links = self._links.setdefault(link.account, {})
        before = links.get(link.role)
        links[link.role] = link
        return before

    def remove(self, link: Link) -> None:
        """Give a connection up."""
        links = self._links.get(link.account, {})
        if links.get(link.role) is link:
            del links[link.role]
        if not links:
            self._links.pop(link.account, None)

    def logged(self, account: str, *, online: bool) -> bool:
        """Note whether an account is logged in there; return whether that is new."""
        was = account not in self._offline
        (self._offline.discard if online else self._offline.add)(account)
        return was is not online

    def api(self, account: str) -> Link | None:
        """Return the connection by which an account can be told to do something; None if it cannot."""
        links = self._links.get(account, {})
        if account in self._offline:
            return None
        return links.get(ConnectionRole.API) or links.get(ConnectionRole.UNIVERSAL)

    def speaking(self) -> list[Link]:
        """Return the connections by which something can be said now."""
        return [link for account in self._links if (link := self.api(account)) is not None]

    def links(self) -> list[Link]:
        """Return all connections."""
        return [link for links in self._links.values() for link in links.values()]

    def hears(self, account: str, chat: str) -> bool:
        """Whether it is this account that hears a chat; one that nobody hears is its from now on."""
        owner = self._chats.get(chat)
        if owner is None or (owner != account and owner not in self._links):
            self._chats[chat] = account
            return True
        return owner == account

    def sits_in(self, account: str, chats: Iterable[str]) -> None:
        """Note in which groups an account is."""
        for chat in chats:
            self.hears(account, chat)

    def left(self, account: str, chat: str) -> None:
        """Note that an account is in a group no more."""
        if self._chats.get(chat) == account:
            del self._chats[chat]

    def voice(self, chat: str) -> Link | None:
        """Return the connection by which to speak in a chat; None while whoever sits there is away."""
        owner = self._chats.get(chat)
        if owner is not None:
            return self.api(owner)
        return next(iter(self.speaking()), None)
