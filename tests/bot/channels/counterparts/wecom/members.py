"""The members of a place on WeCom, who talk to the application and to the robot of their group."""

from __future__ import annotations

import json
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.channels.base import NotYetError
from bot.channels.downloads import Downloads
from bot.channels.wecom.api import WecomApi
from bot.channels.wecom.channel import WecomChannel, WecomDoors
from bot.channels.wecom.envelope import Envelope
from bot.web.wecom_door import WecomDoor
from data.domain.clock import ManualClock
from data.domain.messages import Outgoing
from tests.bot.channels.counterparts.base import (
    AGAIN,
    MORNING,
    Arrived,
    Book,
    Can,
    NoSuchThingError,
    Rests,
    habits_in,
    reads,
    until,
)
from tests.bot.channels.counterparts.wecom.office import LI, ROOM, WANG, Office
from tests.bot.channels.counterparts.wecom.seals import (
    AES_KEY,
    AGENT,
    CORP,
    ROBOT_AES_KEY,
    ROBOT_KEY,
    ROBOT_TOKEN,
    SECRET,
    TOKEN,
    sealed,
    signed,
)

if TYPE_CHECKING:
    import io
    from datetime import datetime
    from pathlib import Path


class Place:
    """Our side: the addresses WeCom's callbacks come to, and nothing else of the site."""

    def __init__(self, channel: WecomChannel) -> None:
        app = web.Application()
        app.add_routes(WecomDoor(channel).routes())
        self.server = TestServer(app)


class Wecom:
    """The application, a group with both robots, and members who talk there."""

    name = "wecom"
    can = frozenset(set(Can) - {Can.HEAR_ROOMS, Can.RECALL, Can.QUOTE, Can.SHOW_ALONE, Can.TELL_IN_DOUBT})
    room, wang, li = ROOM, WANG, LI
    most, octets = 2_048, True

    def __init__(self, folder: Path, *, prompt: float = 10.0) -> None:
        self.folder = folder
        self._prompt = prompt
        self.book = Book()
        self.clock = ManualClock(MORNING)
        self.office = Office(self.clock.now)
        self._numbers = count(7_000_000_001)
        self._said: dict[str, str] = {}
        self.robots = {ROOM: ROBOT_KEY}

    async def open(self, **doors: Any) -> None:
        """Make the channel, over servers that listen."""
        await self.office.server.start_server()
        known: dict[str, Any] = {
            "corp": CORP,
            "agent": AGENT,
            "application": Envelope.of(TOKEN, AES_KEY, CORP),
            "robot": Envelope.of(ROBOT_TOKEN, ROBOT_AES_KEY, ""),
            "robots": self.robots,
        }
        made = WecomDoors(self.office.url, **(known | doors))
        secret = SECRET if made.agent is not None else ""
        self.channel = WecomChannel(
            made,
            WecomApi(self.office.url, CORP, secret, self.clock, patience=10.0),
            habits_in(self.folder),
            self.clock,
            Random(0),
            downloads=Downloads(),
            read=reads(self.folder),
            again=AGAIN,
            prompt=self._prompt,
            rest=Rests(self.clock),
        )
        self.place = Place(self.channel)
        await self.place.server.start_server()
        self.session = ClientSession()

    async def start(self) -> None:
        await self.open()
        await self.channel.start(self.book)
        await until(lambda: self.channel.health.ready)

    async def stop(self) -> None:
        await self.session.close()
        await self.channel.stop()
        await self.place.server.close()
        await self.office.server.close()

    async def post(self, door: str, query: dict[str, str], body: str | bytes | io.BytesIO) -> int:
        """Bring a callback; return what we answer."""
        url = self.place.server.make_url(f"/wecom/{door}")
        async with self.session.post(url, params=query, data=body) as answer:
            await answer.read()
            return answer.status

    async def to_application(self, fields: dict[str, Any], **more: Any) -> int:
        """Bring something that was said to the application."""
        return await self.post("app", *self.application_callback(fields, **more))

    def application_callback(
        self,
        fields: dict[str, Any],
        *,
        token: str = TOKEN,
        key: str = AES_KEY,
        corp: str = CORP,
        at: datetime | None = None,
    ) -> tuple[dict[str, str], str]:
        """Return a callback's query and body."""
        fields = {"ToUserName": CORP, "CreateTime": int(MORNING.timestamp()), "AgentID": AGENT, **fields}
        inner = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in fields.items())
        text = sealed(f"<xml>{inner}</xml>", key, corp)
        body = f"<xml><ToUserName><![CDATA[{corp}]]></ToUserName><Encrypt><![CDATA[{text}]]></Encrypt></xml>"
        return signed(token, text, at=at or self.clock.now()), body

    async def to_robot(self, frame: dict[str, Any]) -> int:
        """Bring something that was said to the robot."""
        number = frame["msgid"]
        chat = frame.get("chatid") or frame["from"]["userid"]
        url = f"{self.office.url}/cgi-bin/aibot/response?response_code={chat}.{number}"
        text = sealed(json.dumps({"aibotid": "AIBOT", "response_url": url, **frame}), ROBOT_AES_KEY, "")
        query = signed(ROBOT_TOKEN, text, at=self.clock.now())
        return await self.post("robot", query, json.dumps({"encrypt": text}))

    async def say(
        self, who: str, text: str, *, room: str | None, calls: bool = False, quotes: str | None = None
    ) -> str:
        number = str(next(self._numbers))
        self._said[number] = text
        if room is None:
            fields = {"FromUserName": who, "MsgType": "text", "Content": text, "MsgId": number}
            assert await self.to_application(fields) == 200
            return number
        assert calls, "a group's robot hears only what calls it"
        frame = robot_frame(number, who, room, {"msgtype": "text", "text": {"content": f"@网格助手 {text}"}})
        if quotes is not None:
            frame["quote"] = {"msgtype": "text", "text": {"content": self._said[quotes]}}
        assert await self.to_robot(frame) == 200
        return number

    async def say_twice(self, who: str, text: str, *, room: str | None) -> None:
        for _ in range(2):
            fields = {"FromUserName": who, "MsgType": "text", "Content": text, "MsgId": "4711"}
            assert await self.to_application(fields) == 200

    async def show(self, who: str, picture: bytes, *, room: str | None) -> None:
        number = str(next(self._numbers))
        self.office.media[f"media{number}"] = picture
        fields = {"FromUserName": who, "MsgType": "image", "MediaId": f"media{number}", "MsgId": number}
        assert await self.to_application({**fields, "PicUrl": "http://wework.qpic.cn/x"}) == 200

    async def recall(self, who: str, message_id: str, *, room: str) -> None:
        raise NoSuchThingError

    async def echo(self) -> None:
        """WeCom tells nobody what they said themselves."""

    def arrived(self) -> list[Arrived]:
        return self.office.messages

    def lose_answers(self, count: int) -> None:
        self.office.lost = count

    async def go_away(self) -> None:
        self._port = self.office.server.port
        await self.office.server.close()
        with pytest.raises(NotYetError):  # only who speaks notices
            await self.channel.send(Outgoing("probe", self.name, ROOM, None, "在吗"))
        await until(lambda: not self.channel.health.ready)

    async def come_back(self) -> None:
        office = Office(self.clock.now)
        office.messages, office.tokens = self.office.messages, self.office.tokens
        office.server = TestServer(office.server.app, port=self._port)
        self.office = office
        await office.server.start_server()
        await until(lambda: self.channel.health.ready)


def robot_frame(number: str, who: str, room: str | None, message: dict[str, Any]) -> dict[str, Any]:
    """Return a message to the robot, as it is told."""
    chat = {"chattype": "group", "chatid": room} if room is not None else {"chattype": "single"}
    return {"msgid": number, **chat, "from": {"userid": who}, **message}
