"""QQ: a group and people who talk there, seen through a gateway of OneBot."""

from __future__ import annotations

import asyncio
import base64
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.downloads import Downloads
from bot.channels.onebot.channel import OneBotChannel
from bot.config.running import Web
from bot.web.addresses import Whereabouts
from bot.web.onebot_door import OneBotDoor
from data.domain.clock import ManualClock
from tests.bot.channels.counterparts.base import (
    AGAIN,
    MORNING,
    Arrived,
    Book,
    Can,
    Rests,
    habits_in,
    reads,
    until,
)
from tests.bot.channels.counterparts.onebot.gateway import ACCOUNT, LI, NAMES, ROOM, TOKEN, WANG, Gateway

if TYPE_CHECKING:
    from pathlib import Path

    from bot.web.site import Site


class Door:
    """Our side of the wire: the address gateways connect to, and nothing else of the site."""

    def __init__(self, channel: OneBotChannel) -> None:
        site = SimpleNamespace(whereabouts=Whereabouts(Web()))
        self._door = OneBotDoor(cast("Site", site), channel)
        app = web.Application()
        app.add_routes(self._door.routes())
        app.on_shutdown.append(self._close)
        self._server = TestServer(app)

    async def open(self) -> str:
        """Open the door; return its address."""
        await self._server.start_server()
        return str(self._server.make_url("/onebot/v11/ws"))

    async def close(self) -> None:
        await self._server.close()

    async def _close(self, _app: web.Application) -> None:
        await self._door.close()


class QQ:
    """A network behind a gateway, with a channel it is connected to."""

    name = "onebot"
    can = frozenset(Can)
    room, wang, li = ROOM, WANG, LI
    most, octets = 4_500, False

    def __init__(self, folder: Path, *, restless: bool = False) -> None:
        """Make it; the channel of a `restless` one looks all the time whether a gateway is there."""
        self.folder = folder
        self.book = Book()
        self.clock = ManualClock(MORNING)
        self.channel = OneBotChannel(
            TOKEN,
            habits_in(folder),
            self.clock,
            downloads=Downloads(),
            read=reads(folder),
            again=AGAIN,
            pause=(0.0, 0.0),
            patience=1.0,
            rest=Rests(self.clock) if restless else asyncio.sleep,
        )
        self.gateway = Gateway()
        self.door = Door(self.channel)
        self.url = ""

    async def start(self) -> None:
        await self.channel.start(self.book)
        self.url = await self.door.open()
        await self.come_back()

    async def stop(self) -> None:
        await self.gateway.close()
        await self.door.close()
        await self.channel.stop()

    async def say(
        self, who: str, text: str, *, room: str | None, calls: bool = False, quotes: str | None = None
    ) -> str:
        message: list[dict[str, Any]] = []
        if quotes is not None:
            message.append({"type": "reply", "data": {"id": quotes.rpartition("/")[2]}})
        if calls:
            message.append({"type": "at", "data": {"qq": ACCOUNT}})
        message.append({"type": "text", "data": {"text": f" {text}" if calls else text}})
        return f"{ACCOUNT}/{await self.gateway.says(who, message, room=room)}"

    async def say_twice(self, who: str, text: str, *, room: str | None) -> None:
        for _ in range(2):
            await self.gateway.says(who, text, room=room, number=4711)

    async def show(self, who: str, picture: bytes, *, room: str | None) -> None:
        file = f"base64://{base64.b64encode(picture).decode()}"
        await self.gateway.says(who, [{"type": "image", "data": {"file": file}}], room=room)

    async def recall(self, who: str, message_id: str, *, room: str) -> None:
        number = int(message_id.rpartition("/")[2])
        group = {"notice_type": "group_recall", "group_id": int(room), "operator_id": int(who)}
        await self.gateway.event(post_type="notice", user_id=int(who), message_id=number, **group)

    async def echo(self) -> None:
        for one in list(self.gateway.messages):
            await self.gateway.event(**{name: value for name, value in one.items() if name != "to"})

    def arrived(self) -> list[Arrived]:
        return [shown(one["to"], one["message"]) for one in self.gateway.messages]

    def lose_answers(self, count: int) -> None:
        self.gateway.lost = count

    async def go_away(self) -> None:
        await self.gateway.close()
        await until(lambda: not self.channel.health.ready)

    async def come_back(self) -> None:
        await self.gateway.connect(self.url)
        await until(lambda: self.channel.health.ready)


def shown(chat: str, message: list[dict[str, Any]]) -> Arrived:
    """Return what a message shows to those who read it."""
    text, calls, picture, quotes = "", [], None, None
    for one in message:
        data = one["data"]
        match one["type"]:
            case "text":
                text += data["text"]
            case "at":
                calls.append(data["qq"])
                text += f"@{NAMES.get(data['qq'], data['qq'])}"
            case "image":
                picture = base64.b64decode(data["file"].removeprefix("base64://"))
            case "reply":
                quotes = f"{ACCOUNT}/{data['id']}"
            case _:
                raise AssertionError(one["type"])
    return Arrived(chat, text, tuple(calls), picture, quotes)
