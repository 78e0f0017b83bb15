"""Wechaty's gateway as a class: what needs no node."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from bot.channels.wechaty.channel import WechatyChannel
from bot.channels.wechaty.ear import Happening
from bot.channels.wechaty.gateway import Contact, GatewayEvent, Invitation, Payload, Request
from bot.channels.wechaty.wire import GatewayError, GatewayGoneError, TokenRefusedError
from data.domain.clock import ManualClock
from tests.bot.channels.counterparts.base import MORNING, Arrived, Book, Can, habits_in, reads, short, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TEXT, IMAGE, RECALLED = 7, 6, 13
ROOM = "r@chatroom"


class Wire:
    """A gateway: events are put in, calls answered from what is known; it breaks when told to."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[GatewayEvent | Exception | Link] = asyncio.Queue()
        self.messages: dict[str, Payload] = {}
        self.said: list[tuple[str, str, tuple[str, ...]]] = []
        self.accepted: list[str] = []
        self.friends = True
        self.broken: Exception | None = None
        self.unreadable: dict[str, int] = {}
        self.connections = 0
        self.absent = False

    def __call__(self) -> Any:
        """Connect."""
        self.connections += 1
        return Link(self)

    async def events(self, link: Link) -> AsyncIterator[GatewayEvent]:
        if isinstance(self.broken, TokenRefusedError):
            raise self.broken
        if self.absent:
            raise GatewayGoneError("absent")
        yield GatewayEvent(Happening.HEARTBEAT, {})
        yield GatewayEvent(Happening.LOGIN, {"contactId": "me"})
        while True:
            item = await self.told.get()
            if isinstance(item, Exception):
                raise item
            if item is link:
                raise GatewayGoneError("closed")
            if not isinstance(item, Link):
                yield item

    async def message(self, message_id: str) -> Payload:
        self._check()
        if self.unreadable.get(message_id, 0) > 0:
            self.unreadable[message_id] -= 1
            raise GatewayError("INTERNAL")
        return self.messages[message_id]

    async def contact(self, who: str) -> Contact:
        return Contact(who, {"me": "小哨"}.get(who, f"@{who}"), 1, self.friends)

    async def name_in_room(self, room: str, who: str) -> str:
        if who == "nameless":
            raise GatewayError("INTERNAL")
        return f"{who}在群里"

    async def topic(self, room: str) -> str:
        return "新群"

    async def file(self, message_id: str) -> bytes | None:
        raise GatewayError("INTERNAL")

    async def friendship(self, number: str) -> Request:
        return Request("wang", "加一下", 2) if number == "f1" else Request("wang", "百安坝", 1)

    async def accept_friendship(self, number: str) -> None:
        self.accepted.append(number)

    async def invitation(self, number: str) -> Invitation:
        return Invitation("wang", "某群")

    async def accept_invitation(self, number: str) -> None:
        self.accepted.append(number)

    async def say(self, chat: str, text: str, mentions: tuple[str, ...] = ()) -> str | None:
        self._check()
        self.said.append((chat, text, mentions))
        return f"b{len(self.said)}"

    async def show(self, chat: str, name: str, data: bytes) -> str | None:
        self.said.append((chat, name, ()))
        return None

    def happens(self, number: int, **payload: Any) -> None:
        self.told.put_nowait(GatewayEvent(number, payload))

    def speaks(self, text: str, who: str = "wang", room: str = ROOM, kind: int = TEXT, **more: Any) -> str:
        """Let somebody say something."""
        number = f"m{len(self.messages) + 1}"
        at = more.get("at", 1_772_413_200_000)
        mentions = tuple(more.get("mentions", ()))
        self.messages[number] = Payload(number, kind, who, room, "me", text, at, mentions)
        self.happens(Happening.MESSAGE, messageId=number)
        return number

    def _check(self) -> None:
        if self.broken is not None:
            raise self.broken


class Link:
    """One connection to the gateway; what happens while it breaks is told on the next."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wire, name)

    def close(self) -> None:
        self._wire.told.put_nowait(self)

    def events(self) -> AsyncIterator[GatewayEvent]:
        return self._wire.events(self)


class Lossy(Wire):
    """A gateway that keeps pictures, and may lose its answers: WeChat lets us hear ourselves all the same."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}
        self.shown: dict[int, bytes] = {}
        self.lost = 0

    @override
    async def file(self, message_id: str) -> bytes | None:
        return self.files[message_id]

    @override
    async def say(self, chat: str, text: str, mentions: tuple[str, ...] = ()) -> str | None:
        number = await super().say(chat, text, mentions)
        if self.lost > 0:
            self.lost -= 1
            self.speaks(text, "me", chat)
            raise GatewayError("UNKNOWN")
        return number

    @override
    async def show(self, chat: str, name: str, data: bytes) -> str | None:
        self.shown[len(self.said)] = data
        return await super().show(chat, name, data)


class WechatGateway:
    """The gateway, with a channel on it."""

    name = "wechaty"
    can = frozenset(set(Can) - {Can.QUOTE})
    room, wang, li = ROOM, "wang", "li"
    most, octets = 2_000, False

    def __init__(self, folder: Path) -> None:
        self.wire = Lossy()
        self.folder = folder
        self.book = Book()
        self.channel = WechatyChannel(
            self.wire, habits_in(folder), ManualClock(MORNING), Random(0), read=reads(folder), rest=short
        )

    async def start(self) -> None:
        await self.channel.start(self.book)
        await until(lambda: self.channel.health.ready)

    async def stop(self) -> None:
        await self.channel.stop()

    async def say(
        self, who: str, text: str, *, room: str | None, calls: bool = False, quotes: str | None = None
    ) -> str:
        said = f"@小哨\u2005{text}" if calls else text
        if quotes is not None:
            line = "- - - - - - - - - - - - - - -"
            said = f"「某人:{self.wire.messages[quotes].text}」\n{line}\n{said}"
        mentions = ["me"] if calls else []
        return self.wire.speaks(said, who, room or "", mentions=mentions)

    async def say_twice(self, who: str, text: str, *, room: str | None) -> None:
        number = self.wire.speaks(text, who, room or "")
        self.wire.happens(Happening.MESSAGE, messageId=number)

    async def show(self, who: str, picture: bytes, *, room: str | None) -> None:
        self.wire.files[f"m{len(self.wire.messages) + 1}"] = picture
        self.wire.speaks("", who, room or "", kind=IMAGE)

    async def recall(self, who: str, message_id: str, *, room: str) -> None:
        self.wire.speaks(message_id, who, room, kind=RECALLED)

    async def echo(self) -> None:
        for chat, text, _ in list(self.wire.said):
            self.wire.speaks(text, "me", chat)

    def arrived(self) -> list[Arrived]:
        shown = self.wire.shown
        return [
            Arrived(chat, "" if number in shown else text.replace("\u2005", " "), calls, shown.get(number))
            for number, (chat, text, calls) in enumerate(self.wire.said)
        ]

    def lose_answers(self, count: int) -> None:
        self.wire.lost = count

    async def go_away(self) -> None:
        self.wire.absent = True
        self.wire.told.put_nowait(GatewayGoneError("gone"))
        await until(lambda: not self.channel.health.ready)

    async def come_back(self) -> None:
        self.wire.absent = False
        await until(lambda: self.channel.health.ready)
