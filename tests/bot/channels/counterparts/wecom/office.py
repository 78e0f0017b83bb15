"""WeCom's own servers, as its documents say: they check tokens, bytes and rates of calls."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.bot.channels.counterparts.base import (
    Arrived,
)
from tests.bot.channels.counterparts.wecom.seals import (
    AGENT,
    CORP,
    ROBOT_AES_KEY,
    ROBOT_KEY,
    SECRET,
    encrypted,
)

if TYPE_CHECKING:
    from collections.abc import Callable


ROOM, OTHER_ROOM, WANG, LI = "wrkSFfCgAAxxxx", "wrOURGROUP", "wang", "LiMin"
NAMES = {WANG: "王姐", LI: "李敏"}
OTHERS = [f"member{n}" for n in range(10)]


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
