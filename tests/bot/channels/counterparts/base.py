"""What the tests of all channels need from the other side of one: who talks there, and what arrives there."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PIL import Image

from bot.channels.album import Album
from bot.channels.habits import Habits
from bot.channels.pictures import NotAPictureError
from data.domain.clock import ManualClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.channels.base import Channel
    from bot.channels.hub import ChatSpot
    from data.domain.messages import Inbound

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
AGAIN = "【补发】"
INVITED = "follow"


class Can(Enum):
    """What not every network can do."""

    HEAR_ROOMS = auto()  # lines of a group that call nobody
    RECALL = auto()
    NAMES = auto()  # the network says what somebody is called
    CALL = auto()  # whom the bot calls is told beside the text
    QUOTE = auto()  # the bot can quote
    LOSE_ANSWERS = auto()  # a call arrives, and its answer does not
    TELL_IN_DOUBT = auto()  # one can find out whether it arrived
    GO_AWAY = auto()
    SHOW_ALONE = auto()  # somebody can send a picture that calls nobody


class NoSuchThingError(Exception):
    """A network has not what it was asked for: what `can` does not name."""


class Arrived(NamedTuple):
    """What arrived on the other side."""

    chat: str
    text: str
    calls: tuple[str, ...] = ()
    picture: bytes | None = None
    quotes: str | None = None


class Book:
    """An inlet that writes down what it is handed, the same message once."""

    def __init__(self) -> None:
        self.taken: list[Inbound] = []
        self.alerts: list[tuple[str, dict[str, str]]] = []
        self.went = "left_alone"
        self.open = asyncio.Event()
        self.open.set()

    async def accept(self, inbound: Inbound) -> str:
        await self.open.wait()
        if any(one.message_id == inbound.message_id for one in self.taken):
            return "duplicate"
        self.taken.append(inbound)
        return self.went

    async def alert(self, channel: str, key: str, once: str, **values: str) -> None:
        self.alerts.append((key, values))


class Counterpart(Protocol):
    """The other side of a channel: a network with a room and people, and what is seen there of the bot."""

    name: str
    can: frozenset[Can]
    room: str
    wang: str
    li: str
    most: int  # characters, or bytes, that one message may have there
    octets: bool
    book: Book
    folder: Path

    def __init__(self, folder: Path) -> None: ...

    @property
    def channel(self) -> Channel:
        """The channel."""
        ...

    async def start(self) -> None:
        """Let the channel and its counterpart find each other."""
        ...

    async def stop(self) -> None:
        """Let go."""
        ...

    async def say(
        self, who: str, text: str, *, room: str | None, calls: bool = False, quotes: str | None = None
    ) -> str:
        """Let somebody say something; `calls` puts a call of the bot before it. Return the message's id."""
        ...

    async def say_twice(self, who: str, text: str, *, room: str | None) -> None:
        """Let the network bring one message two times."""
        ...

    async def show(self, who: str, picture: bytes, *, room: str | None) -> None:
        """Let somebody show a picture."""
        ...

    async def recall(self, who: str, message_id: str, *, room: str) -> None:
        """Let somebody take a message of theirs back."""
        ...

    async def echo(self) -> None:
        """Let the network tell what the bot itself said."""
        ...

    def arrived(self) -> list[Arrived]:
        """Return what arrived so far."""
        ...

    def lose_answers(self, count: int) -> None:
        """Let the next calls arrive and their answers be lost."""
        ...

    async def go_away(self) -> None:
        """Be gone."""
        ...

    async def come_back(self) -> None:
        """Be there again."""
        ...


async def until(holds: Callable[[], object], within: float = 20.0) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(within):
        while not holds():  # noqa: ASYNC110  nothing to wait for
            await asyncio.sleep(0.001)


async def short(_seconds: float) -> None:
    """Rest as one rests in a test."""
    await asyncio.sleep(0)


class Rests:
    """Rests that move a clock."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock

    async def __call__(self, seconds: float) -> None:
        self._clock.set(self._clock.now() + timedelta(seconds=seconds))
        await asyncio.sleep(0.001)


def habits_in(folder: Path, friend_word: str | None = "百安坝") -> Habits:
    """Return habits that keep pictures in a folder."""
    album = Album(folder)

    def keep(spot: ChatSpot, data: bytes) -> str | None:
        try:
            return album.put(spot, data)
        except NotAPictureError:
            return None

    return Habits("哨子", friend_word, keep, lambda went: went == INVITED)


def reads(folder: Path) -> Callable[[str], bytes]:
    """Return what reads the bot's own files."""
    return lambda media: (folder / media).read_bytes()


def drawn(colour: str = "red", kind: str = "PNG") -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, kind)
    return out.getvalue()


__all__ = ["AGAIN", "INVITED", "MORNING", "Arrived", "Book", "Can", "Counterpart", "ManualClock", "Rests"]
