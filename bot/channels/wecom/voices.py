"""The ways to speak in WeCom, each within what its documents allow.

https://developer.work.weixin.qq.com/document/path/ 90236, 90248, 91770, 101138, 90454
"""

from __future__ import annotations

import asyncio
import base64
import re
from abc import ABC, abstractmethod
from hashlib import md5
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from zlib import crc32

from typing_extensions import override

from bot.channels.base import DeliveryError
from bot.channels.fitted_pictures import fitted
from bot.channels.wecom.api import CodeError, UnansweredError
from bot.channels.wecom.rates import Rate

if TYPE_CHECKING:
    from bot.channels.wecom.api import WecomApi
    from bot.channels.wecom.news import News
    from bot.channels.wecom.rates import Buckets

TEXT_BYTES = 2_048
ROBOT_PICTURE, APP_PICTURE = 2 * 2**20, 10 * 2**20  # bytes
ROBOT_RATES = (Rate(20, 60.0),)  # of one robot
# Of one member 30 and 1,000 are taken, and the rest is dropped without a word: half of that, since a bot that
# is killed and started again has forgotten what it said in this minute.
PERSON_RATES = (Rate(15, 60.0), Rate(500, 3_600.0))
GROUP_RATES = (Rate(200, 60.0),)  # of one group that the application made
CHECKED_FOR = 600  # seconds, at least: so long WeCom drops a request that is the very same
_CALLS = re.compile(r"<(?=@)")  # `<@userid>` in people's words would call somebody
_MARKED = re.compile(r"\](?=\s*[(\[])")  # in Markdown `[words](address)` would be a link, `![](…)` a picture
_LINKS = re.compile(r"<(?=/?a[\s>])", re.IGNORECASE)  # so would a link of theirs be one


class File(NamedTuple):
    """A picture, or another file."""

    name: str
    data: bytes
    picture: bool


class Voice(Protocol):
    """A way to say one row.

    `marks`: what may have been said before must be marked, since nobody else notices. `shows`: it can do more
    than words.
    """

    marks: bool
    shows: bool

    async def say(self, text: str) -> str | None:
        """Say a text; return the id WeCom gave it, if it gave one."""
        ...

    async def show(self, file: File) -> str | None:
        """Show a picture, or hand over a file."""
        ...


class RobotVoice:
    """A group's robot, which can only speak: 20 times a minute."""

    marks = shows = True

    def __init__(self, api: WecomApi, key: str, rates: Buckets, news: News, calls: tuple[str, ...]) -> None:
        self._api = api
        self._key = key
        self._rates = rates
        self._news = news
        self._calls = calls

    async def say(self, text: str) -> str | None:
        """Say a text, calling people by id where their names stand."""
        plain = _CALLS.sub("＜", text)
        called, missing = plain, []
        for who in self._calls:
            name = f"@{await self._news.name(who)}"
            if name in called:
                called = called.replace(name, f"<@{who}>", 1)
            else:
                missing.append(who)
        if len(called.encode()) > TEXT_BYTES:  # an id may be longer than a name
            called, missing = plain, list(self._calls)
        await self._shout({"msgtype": "text", "text": {"content": called, "mentioned_list": missing}})
        return None

    async def show(self, file: File) -> str | None:
        """Show a picture of at most 2 MB, or hand over a file."""
        if file.picture:
            small = await asyncio.to_thread(fitted, file.data, ROBOT_PICTURE)
            summed = md5(small, usedforsecurity=False).hexdigest()
            body = {"base64": base64.b64encode(small).decode(), "md5": summed}
            await self._shout({"msgtype": "image", "image": body})
        else:
            media = await self._api.upload_shout(self._key, file.name, file.data)
            await self._shout({"msgtype": "file", "file": {"media_id": media}})
        return None

    async def _shout(self, body: dict[str, Any]) -> None:
        with self._rates.one(f"robot:{self._key}", ROBOT_RATES):
            await self._api.shout(self._key, body)


class ApplicationVoice(ABC):
    """The application, to one chat of its own: words that link nowhere, pictures of at most 10 MB."""

    def __init__(self, api: WecomApi, rates: Buckets, chat: str) -> None:
        self._api = api
        self._rates = rates
        self._chat = chat
        self._media = ""

    async def say(self, text: str) -> str | None:
        """Say a text."""
        return await self._send("text", {"content": _LINKS.sub("＜", text)})

    async def show(self, file: File) -> str | None:
        """Show a picture of at most 10 MB, or hand over a file."""
        kind = "image" if file.picture else "file"
        if not self._media:  # another try must be the very same request
            data = await asyncio.to_thread(fitted, file.data, APP_PICTURE) if file.picture else file.data
            self._media = await self._api.upload(kind, file.name, data)
        return await self._send(kind, {"media_id": self._media})

    @abstractmethod
    async def _send(self, kind: str, what: dict[str, str]) -> str | None:
        """Send something of a kind; return the id WeCom gave it, if it gave one."""


class PersonVoice(ApplicationVoice):
    """The application, to one member alone: WeCom itself drops what it has got already."""

    marks, shows = False, True

    def __init__(self, api: WecomApi, agent: int, rates: Buckets, to: str, key: str) -> None:
        super().__init__(api, rates, to)
        self._agent = agent
        self._key = key

    @override
    async def _send(self, kind: str, what: dict[str, str]) -> str | None:
        # What makes two requests the same is all of their JSON: rows of the same words differ in this time.
        checked_for = CHECKED_FOR + crc32(self._key.encode()) % 3_000
        check = {"enable_duplicate_check": 1, "duplicate_check_interval": checked_for}
        body = {"touser": self._chat, "msgtype": kind, "agentid": self._agent, kind: what, **check}
        with self._rates.one(f"person:{self._chat}", PERSON_RATES):
            told = await self._api.call("/cgi-bin/message/send", body)
        if told.get("invaliduser"):
            raise DeliveryError("nobody of that id sees the application", permanent=True)
        return str(told["msgid"]) if told.get("msgid") else None


class GroupVoice(ApplicationVoice):
    """The application, in a group that it made itself."""

    marks = shows = True

    @override
    async def _send(self, kind: str, what: dict[str, str]) -> str | None:
        with self._rates.one(f"group:{self._chat}", GROUP_RATES):
            await self._api.call("/cgi-bin/appchat/send", {"chatid": self._chat, "msgtype": kind, kind: what})
        return None


class AnswerVoice:
    """An answer at the address that came with what was said to the robot: one, in words only."""

    marks = shows = False

    def __init__(self, api: WecomApi, url: str) -> None:
        self._api = api
        self._url = url
        self._doubtful = False

    async def say(self, text: str) -> str | None:
        """Say a text; the address takes one answer, so that a second try of it is told no."""
        try:
            content = {"content": _MARKED.sub("］", _CALLS.sub("＜", text))}
            await self._api.respond(self._url, {"msgtype": "markdown", "markdown": content})
        except UnansweredError:
            self._doubtful = True
            raise
        except CodeError:
            if not self._doubtful:
                raise
        return None

    async def show(self, file: File) -> str | None:
        """Refuse: there is no way."""
        raise DeliveryError(f"no way to show {len(file.data)} bytes in an answer", permanent=True)
