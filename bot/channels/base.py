"""What a channel is: it speaks its protocol and nothing else; it knows no case and no command."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.messages import Inbound, Outgoing
    from handlers.context import Reach


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel can bear: how fast, how long a text, at which workers it comes in."""

    pause: tuple[float, float] = (0.0, 0.0)  # seconds between two messages of one account: at least, at most
    text: int = 4_000  # characters of one message; longer ones are split at line ends
    octets: bool = False  # `text` counts the bytes of UTF-8
    everywhere: bool = False  # where several workers run, it comes in at all of them; else one has it alone


class ChannelState(StrEnum):
    """Where a channel stands: whether it is there, and if not, what for."""

    CONNECTING = "connecting"
    SCAN = "scan"  # somebody must scan a code to log it in
    ONLINE = "online"
    LOGGED_OUT = "logged_out"
    REFUSED = "refused"  # it can never go on: a wrong token, say
    ELSEWHERE = "elsewhere"  # another worker has it


class Health:
    """How a channel is. The sender asks whether one may send, pages and metrics show the rest."""

    def __init__(self, state: ChannelState = ChannelState.ONLINE) -> None:
        self.state = state
        self.since: datetime | None = None
        self.code: str | None = None  # what is to be scanned
        self.why = ""
        self.counts: Counter[str] = Counter()  # what happened so far, by its name
        self._refused = asyncio.Event()

    @property
    def ready(self) -> bool:
        """Whether messages may be sent now; until then they wait, and no try of theirs is used up."""
        return self.state is ChannelState.ONLINE

    def becomes(self, state: ChannelState, at: datetime, *, code: str | None = None, why: str = "") -> None:
        """Note where the channel stands from now on."""
        if state is not self.state or self.since is None:
            self.since = at
        self.state, self.code, self.why = state, code, why
        if state is ChannelState.REFUSED:
            self._refused.set()

    async def refused(self) -> str:
        """Return why the channel can never go on, as soon as it cannot."""
        await self._refused.wait()
        return self.why


class DoubtfulSend(NamedTuple):
    """A message of which nobody knows whether it went out: what it had said there before, text by id."""

    before: dict[str, str]


class DeliveryError(Exception):
    """A message did not reach its channel; it may be tried again unless `permanent`."""

    def __init__(self, why: str, *, permanent: bool = False) -> None:
        super().__init__(why)
        self.permanent = permanent


class NotYetError(DeliveryError):
    """A message may go out in some seconds only: it waits, and no try of it is used up."""

    def __init__(self, why: str, seconds: float) -> None:
        super().__init__(why)
        self.seconds = seconds


class Inlet(Protocol):
    """Where a channel hands in what it heard."""

    async def accept(self, inbound: Inbound) -> str:
        """Take a message in; when this returns, it is on disk and may be acknowledged."""
        ...

    async def alert(self, channel: str, key: str, once: str, **values: str) -> None:
        """Tell the operators, on other channels, what is wrong with one; under a name `once` only once."""
        ...


class Channel(Protocol):
    """A way to the outside."""

    name: str
    limits: Limits
    reach: Reach
    health: Health

    async def start(self, inlet: Inlet) -> None:
        """Begin to listen."""
        ...

    async def stop(self) -> None:
        """Stop listening and let go."""
        ...

    async def send(self, outgoing: Outgoing) -> str | None:
        """Send one message and return the id its channel gave it; raise `DeliveryError` if it did not go."""
        ...


def split(text: str, limit: int, *, octets: bool = False) -> list[str]:
    """Return a text in parts of at most `limit` characters (or bytes), cut at line ends where possible."""
    parts: list[str] = []
    while (room := _room(text, limit, octets=octets)) < len(text):
        cut = text.rfind("\n", 1, room + 1)
        if cut < 1:
            cut = room
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip("\n")
    return [*parts, text] if text or not parts else parts


def _room(text: str, limit: int, *, octets: bool) -> int:
    """Return how many characters of a text fit: no character is cut, and at least one goes."""
    if not octets:
        return limit
    return max(1, len(text[:limit].encode("utf-8", "surrogatepass")[:limit].decode("utf-8", "ignore")))
