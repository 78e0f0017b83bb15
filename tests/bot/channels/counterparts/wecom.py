"""WeCom as its documents say: it signs its callbacks, and checks tokens, bytes and rates of calls."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any, cast
from xml.sax.saxutils import escape

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

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
    Rests,
    habits_in,
    reads,
    until,
)

if TYPE_CHECKING:
    import io
    from collections.abc import Callable
    from pathlib import Path

CORP, AGENT, SECRET = "wx5823bf96d3bd56c7", 1_000_002, "the-secret"
TOKEN, AES_KEY = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
ROBOT_TOKEN, ROBOT_AES_KEY = "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo", "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"
ROBOT_KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
ROOM, OTHER_ROOM, WANG, LI = "wrkSFfCgAAxxxx", "wrOURGROUP", "wang", "LiMin"
NAMES = {WANG: "王姐", LI: "李敏"}
OTHERS = [f"member{n}" for n in range(10)]


def sealed(text: str, key: str, receiver: str) -> str:
    """Seal a message as WeCom does (written apart from our own way of opening one)."""
    secret = base64.b64decode(f"{key}=")
    said = text.encode()
    plain = b"0123456789abcdef" + len(said).to_bytes(4, "big") + said + receiver.encode()
    return base64.b64encode(encrypted(secret, plain)).decode()


def encrypted(secret: bytes, plain: bytes) -> bytes:
    pad = 32 - len(plain) % 32
    cipher = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).encryptor()
    return cipher.update(plain + bytes([pad]) * pad) + cipher.finalize()


def signed(token: str, text: str, *, at: datetime, nonce: str = "263014780") -> dict[str, str]:
    """Return the query of a callback."""
    timestamp = str(int(at.timestamp()))
    joined = "".join(sorted((token, timestamp, nonce, text)))
    return {
        "msg_signature": hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest(),
        "timestamp": timestamp,
        "nonce": nonce,
    }


class Office:
    """WeCom's own servers."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:  # noqa: TID251  its own time
        self._now = now
        self.messages: list[Arrived] = []
        self.dropped: list[Arrived] = []  # too many for one member: without a word
        self.arrivals: list[tuple[str, datetime]] = []  # by bucket
        self.calls: Counter[str] = Counter()
        self.lost = 0  # answers that get lost
        self.errors: list[int] = []  # error codes of the next messages
        self.tokens: dict[str, datetime] = {}
        self.lasts = 7_200
        self.secret = SECRET
        self.media: dict[str, bytes] = {}
        self.group_chats = {OTHER_ROOM}
        self.answered: set[str] = set()
        self._checked: dict[str, datetime] = {}
        self._numbers = count(1)
        app = web.Application(client_max_size=32 * 2**20)
        paths = {
            "/cgi-bin/gettoken": self._token,
            "/cgi-bin/message/send": self._to_person,
            "/cgi-bin/appchat/send": self._to_group,
            "/cgi-bin/webhook/send": self._by_robot,
            "/cgi-bin/webhook/upload_media": self._upload,
            "/cgi-bin/media/upload": self._upload,
            "/cgi-bin/media/get": self._file,
            "/cgi-bin/user/get": self._member,
            "/cgi-bin/aibot/response": self._answer,
            "/pictures/{name}": self._encrypted_file,
        }
        app.add_routes([web.route("*", path, self._counted(way)) for path, way in paths.items()])
        self.server = TestServer(app)

    @property
    def url(self) -> str:
        """Its address."""
        return str(self.server.make_url("")).rstrip("/")

    def _counted(self, way: Callable[[web.Request], Any]) -> Callable[[web.Request], Any]:
        async def counted(request: web.Request) -> web.StreamResponse:
            self.calls[request.path] += 1
            needs_token = not request.path.startswith(
                ("/cgi-bin/gettoken", "/cgi-bin/webhook", "/cgi-bin/aibot", "/pictures")
            )
            if needs_token and (wrong := self._wrong_token(request.query.get("access_token", ""))):
                return web.json_response({"errcode": wrong, "errmsg": "access_token"})
            answer: web.StreamResponse = await way(request)
            return answer

        return counted

    def _wrong_token(self, token: str) -> int:
        if token not in self.tokens:
            return 40014
        return 42001 if self._now() >= self.tokens[token] else 0

    async def _token(self, request: web.Request) -> web.Response:
        if "corpid" not in request.query:
            return web.json_response({"errcode": 41002, "errmsg": "corpid missing"})
        if request.query["corpid"] != CORP:
            return web.json_response({"errcode": 40013, "errmsg": "invalid corpid"})
        if request.query.get("corpsecret") != self.secret:
            return web.json_response({"errcode": 40001, "errmsg": "invalid credential"})
        token = f"token{next(self._numbers)}"
        self.tokens[token] = self._now() + timedelta(seconds=self.lasts)
        return web.json_response(
            {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": self.lasts}
        )

    async def _to_person(self, request: web.Request) -> web.StreamResponse:
        body = await _object(request)
        to = str(body["touser"])
        if body.get("agentid") != AGENT or to == "@all":
            return web.json_response({"errcode": 40056, "errmsg": "invalid agentid"})
        if to.lower() not in {name.lower() for name in (*NAMES, *OTHERS)}:
            return web.json_response({"errcode": 81013, "errmsg": "user not exist", "invaliduser": to})
        if self.errors:
            return web.json_response({"errcode": self.errors.pop(0), "errmsg": "told to"})
        if body.get("enable_duplicate_check") == 1:
            key = json.dumps(body, sort_keys=True)
            until = self._checked.get(key)
            if until is not None and self._now() < until:
                return web.json_response({"errcode": 0, "errmsg": "ok", "msgid": "the one before"})
            interval = body.get("duplicate_check_interval", 1_800)
            assert 0 < interval <= 4 * 3_600
            self._checked[key] = self._now() + timedelta(seconds=interval)
        recent = [
            at for bucket, at in self.arrivals if bucket == to and self._now() - at < timedelta(minutes=1)
        ]
        if len(recent) >= 30:
            self.dropped.append(Arrived(to, str(body)))
            return web.json_response({"errcode": 0, "errmsg": "ok", "msgid": f"m{next(self._numbers)}"})
        return await self._arrives(request, to, body, 2_048)

    async def _to_group(self, request: web.Request) -> web.StreamResponse:
        body = await _object(request)
        if body.get("chatid") not in self.group_chats:
            return web.json_response({"errcode": 86003, "errmsg": "chat not exist"})
        return await self._arrives(request, body["chatid"], body, 2_048)

    async def _by_robot(self, request: web.Request) -> web.StreamResponse:
        body = await _object(request)
        if request.query.get("key") != ROBOT_KEY:
            return web.json_response({"errcode": 93000, "errmsg": "invalid webhook url"})
        recent = [
            at for bucket, at in self.arrivals if bucket == ROOM and self._now() - at < timedelta(minutes=1)
        ]
        if len(recent) >= 20:
            return web.json_response({"errcode": 45009, "errmsg": "api freq out of limit"})
        return await self._arrives(request, ROOM, body, 2_048)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        body = await _object(request)
        code = request.query["response_code"]
        if code in self.answered:
            return web.json_response({"errcode": 846_604, "errmsg": "response_code used"})
        assert body["msgtype"] == "markdown"
        self.answered.add(code)
        return await self._arrives(request, code.partition(".")[0], body, 20_480)

    async def _arrives(
        self, request: web.Request, chat: str, body: dict[str, Any], most: int
    ) -> web.StreamResponse:
        if self.errors:
            return web.json_response({"errcode": self.errors.pop(0), "errmsg": "told to"})
        kind = body["msgtype"]
        what = body[kind]
        if kind in ("text", "markdown"):
            if len(what["content"].encode()) > most:
                return web.json_response({"errcode": 45002, "errmsg": "content size out of limit"})
            one = _read(chat, what["content"], tuple(what.get("mentioned_list", ())))
        elif "base64" in what:
            picture = base64.b64decode(what["base64"])
            right = hashlib.md5(picture, usedforsecurity=False).hexdigest() == what["md5"]
            if not right or len(picture) > 2 * 2**20 or not picture.startswith((b"\x89PNG", b"\xff\xd8")):
                return web.json_response({"errcode": 40009, "errmsg": "invalid image"})
            one = Arrived(chat, "", picture=picture)
        else:
            one = Arrived(chat, "", picture=self.media[what["media_id"]])
        self.arrivals.append((chat, self._now()))
        self.messages.append(one)
        if self.lost > 0:
            self.lost -= 1
            assert request.transport is not None
            request.transport.abort()
        return web.json_response({"errcode": 0, "errmsg": "ok", "msgid": f"m{next(self._numbers)}"})

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        field = cast("Any", form["media"])
        data = field.file.read()
        if request.query["type"] == "image" and not data.startswith((b"\x89PNG", b"\xff\xd8")):
            return web.json_response({"errcode": 40009, "errmsg": "invalid image"})
        self.media[f"media{next(self._numbers)}"] = data
        return web.json_response(
            {"errcode": 0, "type": request.query["type"], "media_id": list(self.media)[-1]}
        )

    async def _file(self, request: web.Request) -> web.Response:
        data = self.media.get(request.query["media_id"])
        if data is None:
            return web.json_response({"errcode": 40007, "errmsg": "invalid media_id"})
        return web.Response(body=data, content_type="image/png")

    async def _encrypted_file(self, request: web.Request) -> web.Response:
        secret = base64.b64decode(f"{ROBOT_AES_KEY}=")
        return web.Response(body=encrypted(secret, self.media[request.match_info["name"]]))

    async def _member(self, request: web.Request) -> web.Response:
        who = request.query["userid"]
        return web.json_response({"errcode": 0, "userid": who, "name": NAMES.get(who, "")})


async def _object(request: web.Request) -> dict[str, Any]:
    found = await request.json()
    assert isinstance(found, dict)
    return found


def _read(chat: str, content: str, listed: tuple[str, ...]) -> Arrived:
    """Return a text as people see it: <@userid> shows a name, and calls."""
    calls = list(listed)
    for who, name in NAMES.items():
        if f"<@{who}>" in content:
            calls.append(who)
            content = content.replace(f"<@{who}>", f"@{name}")
    assert "<@" not in content
    return Arrived(chat, content, tuple(calls))


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
        raise NotImplementedError

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
