"""The hub of the embedded chat: who listens where, and the last messages of each chat, in memory only."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict, deque
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

RING = 200  # messages of one chat
MOST_KEPT = 100_000  # messages of all chats; beyond them the chat that was silent longest is forgotten
QUEUE = 256  # frames that wait for one browser
QUOTED = 80  # characters of a quoted message
RELOAD = json.dumps({"type": "reload"})
FORGOTTEN = json.dumps({"type": "forgotten"})


class ChatSpot(NamedTuple):
    """A chat: a room, or what one account and the bot say to each other alone."""

    room: str | None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What a message quotes, as far as it is remembered."""

    id: str
    sender: str = ""
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message as everybody in a chat sees it. `client` is the number its sender's page gave it."""

    id: str
    spot: ChatSpot
    at: datetime
    sender: str
    name: str
    text: str
    kind: str = "text"
    by_bot: bool = False
    media: str | None = None
    mentions: tuple[str, ...] = ()
    quote: Quote | None = None
    client: str | None = None

    def shown(self) -> dict[str, Any]:
        """Return it as a browser gets it."""
        return {
            "id": self.id,
            "room": self.spot.room,
            "at": round(self.at.timestamp() * 1000),
            "sender": self.sender,
            "name": self.name,
            "text": self.text,
            "kind": self.kind,
            "bot": self.by_bot,
            "media": self.media,
            "mentions": self.mentions,
            "quote": asdict(self.quote) if self.quote else None,
            "client": self.client,
        }


class Listener:
    """One open page, with what waits to be sent to it.

    The queue is bounded. Should it overflow, because the browser or its network is slower than the talk, what
    waits is dropped, the page is told to reload, and gets nothing more until it has asked for everything anew
    (`resume`). Nobody else waits for it.

    `at_once` sends a frame without waiting where the page's network takes it, and says whether it did: of 500
    pages in a room none need be woken for a message then.
    """

    def __init__(self, account: str, at_once: Callable[[str], bool] = lambda _: False) -> None:
        self.account = account
        self._at_once = at_once
        self.spots: frozenset[ChatSpot] = frozenset()
        self.overflows = 0
        self._queue: asyncio.Queue[str] = asyncio.Queue(QUEUE)
        self._lost = False

    def put(self, frame: str) -> None:
        """Let a frame wait; never blocks."""
        if self._lost:
            return
        if self._queue.full():
            self._lost = True
            self.overflows += 1
            while not self._queue.empty():
                self._queue.get_nowait()
            frame = RELOAD
        self._queue.put_nowait(frame)

    def show(self, frame: str) -> None:
        """Send a frame at once if nothing waits before it, else let it wait."""
        if self._lost or not self._queue.empty() or not self._at_once(frame):
            self.put(frame)

    def resume(self) -> None:
        """Take frames again: the page is being told everything."""
        self._lost = False

    async def get(self) -> str:
        """Return the next frame, as soon as there is one."""
        return await self._queue.get()


class Hub:
    """All chats of the channel and all who listen. It lives in the event loop and asks for no lock."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._rings: OrderedDict[ChatSpot, deque[ChatMessage]] = OrderedDict()
        self._listeners: dict[ChatSpot, set[Listener]] = {}
        self._kept = 0
        self.overflows = 0  # of listeners that have left
        self.changed = asyncio.Event()  # who may see what is to be looked up anew

    def listen(self, listener: Listener, spots: Iterable[ChatSpot]) -> None:
        """Let a listener hear exactly these chats."""
        self._unhook(listener)
        listener.spots = frozenset(spots)
        for spot in listener.spots:
            self._listeners.setdefault(spot, set()).add(listener)

    def leave(self, listener: Listener) -> None:
        """Let go of a listener."""
        self._unhook(listener)
        self.overflows += listener.overflows

    def listeners(self) -> set[Listener]:
        """Return everybody who listens."""
        return {one for there in self._listeners.values() for one in there}

    def look_again(self) -> None:
        """Let every page look up whose it is: somebody was put out, or signed out elsewhere."""
        waited, self.changed = self.changed, asyncio.Event()
        waited.set()

    def show(self, said: ChatMessage) -> None:
        """Remember a message and show it to everybody in its chat, unless it was shown before."""
        if self.find(said.spot, said.id) is None:
            self._remember(said)
            self._tell(said.spot, {"type": "message", "message": said.shown()})

    def refill(self, kept: Iterable[ChatMessage]) -> None:
        """Remember messages of before, in the order said, in chats of which nothing is remembered yet."""
        known = set(self._rings)
        for said in kept:
            if said.spot not in known:
                self._remember(said)

    def last(self, spot: ChatSpot, most: int = RING) -> list[ChatMessage]:
        """Return the last messages of a chat, the oldest first."""
        return list(self._rings.get(spot, ()))[-most:]

    def find(self, spot: ChatSpot, message_id: str) -> ChatMessage | None:
        """Return a message that is remembered."""
        return next((said for said in reversed(self._rings.get(spot, ())) if said.id == message_id), None)

    def quote(self, spot: ChatSpot, message_id: str | None) -> Quote | None:
        """Return a message as one that quotes it shows it."""
        if message_id is None:
            return None
        said = self.find(spot, message_id)
        if said is None:
            return Quote(message_id)
        return Quote(message_id, said.sender, said.name, " ".join(said.text.split())[:QUOTED])

    def recall(self, spot: ChatSpot, message_id: str, name: str) -> None:
        """Forget a message that its sender takes back, and tell everybody in its chat."""
        kept = [said for said in self.last(spot) if said.id != message_id]
        bare = Quote(message_id)
        self._replace(
            spot,
            [replace(one, quote=bare) if one.quote and one.quote.id == message_id else one for one in kept],
        )
        self._tell(spot, {"type": "recalled", "room": spot.room, "id": message_id, "name": name})

    def forget(self, account: str) -> None:
        """Forget everything somebody said, and what the bot said to them alone; their pages do so too."""
        self._replace(ChatSpot(None, account), [])
        for spot, ring in list(self._rings.items()):
            self._replace(spot, [said for said in ring if said.sender != account])
        for listener in self.listeners():
            if listener.account == account:
                listener.put(FORGOTTEN)

    def reread(self, texts: Mapping[str, str], but: str) -> None:
        """Replace what messages say by what the store says now, and quotes with them.

        All pages are told to reload, but not those of the account `but`.
        """
        for spot, ring in list(self._rings.items()):
            self._replace(spot, [replace(said, text=texts.get(said.id, said.text)) for said in ring])
        for spot, ring in list(self._rings.items()):
            self._replace(spot, [self._quoted_anew(said) for said in ring])
        for listener in self.listeners():
            if listener.account != but:
                listener.put(RELOAD)

    def _remember(self, said: ChatMessage) -> None:
        ring = self._rings.setdefault(said.spot, deque(maxlen=RING))
        self._rings.move_to_end(said.spot)
        self._kept += len(ring) < RING
        ring.append(said)
        while self._kept > self._most:
            self._kept -= len(self._rings.popitem(last=False)[1])

    def _replace(self, spot: ChatSpot, kept: list[ChatMessage]) -> None:
        if spot in self._rings:
            self._kept += len(kept) - len(self._rings[spot])
            self._rings[spot] = deque(kept, maxlen=RING)

    def _quoted_anew(self, said: ChatMessage) -> ChatMessage:
        return replace(said, quote=self.quote(said.spot, said.quote.id)) if said.quote else said

    def _tell(self, spot: ChatSpot, frame: dict[str, Any]) -> None:
        text = json.dumps(frame, ensure_ascii=False)
        for listener in self._listeners.get(spot, ()):
            listener.show(text)

    def _unhook(self, listener: Listener) -> None:
        for spot in listener.spots:
            there = self._listeners.get(spot, set())
            there.discard(listener)
            if not there:
                self._listeners.pop(spot, None)
