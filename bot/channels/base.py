"""What a channel is: it speaks its protocol and nothing else; it knows no case and no command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from data.domain.messages import Inbound, Outgoing
    from handlers.context import Reach


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel can bear, as data."""

    pause: tuple[float, float] = (0.0, 0.0)  # seconds between two messages of one account: at least, at most
    text: int = 4_000  # characters of one message; longer ones are split at line ends


class DeliveryError(Exception):
    """A message did not reach its channel; it may be tried again unless `permanent`."""

    def __init__(self, why: str, *, permanent: bool = False) -> None:
        super().__init__(why)
        self.permanent = permanent


class Inlet(Protocol):
    """Where a channel hands in what it heard."""

    async def accept(self, inbound: Inbound) -> str:
        """Take a message in; when this returns, it is on disk and may be acknowledged."""
        ...


class Channel(Protocol):
    """A way to the outside."""

    name: str
    limits: Limits
    reach: Reach

    async def start(self, inlet: Inlet) -> None:
        """Begin to listen."""
        ...

    async def stop(self) -> None:
        """Stop listening and let go."""
        ...

    async def send(self, outgoing: Outgoing) -> str | None:
        """Send one message and return the id its channel gave it; raise `DeliveryError` if it did not go."""
        ...


def split(text: str, limit: int) -> list[str]:
    """Return a text in parts of at most `limit` characters, cut at line ends where there are any."""
    parts: list[str] = []
    while len(text) > limit:
        cut = text.rfind("\n", 1, limit + 1)
        if cut < 1:
            cut = limit
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip("\n")
    return [*parts, text] if text or not parts else parts
