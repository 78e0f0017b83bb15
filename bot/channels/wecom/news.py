"""The news of WeCom: what is said to the application and to the robot, as messages that are taken in."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from cachetools import LRUCache

from bot.channels.downloads import DownloadError
from bot.channels.hub import ChatSpot
from bot.channels.wecom.api import ApiError
from bot.channels.wecom.envelope import decrypted
from data.domain.messages import Inbound, MessageKind, clean_name

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from bot.channels.base import Inlet
    from bot.channels.downloads import Downloads
    from bot.channels.habits import Habits
    from bot.channels.wecom.api import WecomApi
    from bot.channels.wecom.response_addresses import ResponseAddresses
    from data.domain.clock import Clock

log = structlog.get_logger()
NAME = "wecom"
UNHEARD = {"voice": MessageKind.VOICE, "video": MessageKind.VIDEO}
MOST_KNOWN = 20_000  # names
_CALL = re.compile(r"^\s*[@＠]\S+[\s\u2005]*")


class News:
    """Hands in what is said; `picture_key` is the robot's, by which its pictures are encrypted."""

    def __init__(
        self,
        inlet: Inlet,
        api: WecomApi,
        answers: ResponseAddresses,
        habits: Habits,
        *,
        downloads: Downloads,
        picture_key: bytes,
        base: str,
        knows_people: bool,
        clock: Clock,
        counts: Counter[str],
    ) -> None:
        self._inlet = inlet
        self._api = api
        self._answers = answers
        self._habits = habits
        self._downloads = downloads
        self._picture_key = picture_key
        self._beside = urlsplit(base).hostname
        self._knows_people = knows_people
        self._clock = clock
        self._counts = counts
        self._names: LRUCache[str, str] = LRUCache(MOST_KNOWN)

    async def to_application(self, fields: Mapping[str, str]) -> None:
        """Take in what somebody said to the application: always alone."""
        who, kind = fields.get("FromUserName", ""), fields.get("MsgType", "")
        message_id = fields.get("MsgId", "")
        if not who or not message_id or kind not in ("text", "image", *UNHEARD):
            return
        text = fields.get("Content", "") if kind == "text" else ""
        make = partial(Inbound, NAME, message_id, self._when(fields), None, who, await self.name(who), text)
        if kind == "image":
            media = await self._picture(fields.get("MediaId", ""), ChatSpot(None, who))
            await self._take(make(MessageKind.IMAGE, media=media))
        else:
            await self._take(make(UNHEARD.get(kind, MessageKind.TEXT)))

    async def to_robot(self, frame: Mapping[str, Any]) -> None:
        """Take in what somebody said to the robot, in a group with an @, or alone."""
        who, message_id = robot_sender(frame), str(frame.get("msgid") or "")
        room = str(frame.get("chatid") or "") if frame.get("chattype") == "group" else None
        if not who or not message_id or room == "":
            return
        if url := str(frame.get("response_url") or ""):
            self._answers.add(room or who, message_id, url)
        name, at = await self.name(who), self._when(frame)
        make = partial(Inbound, NAME, at=at, room=room, sender=who, name=name)
        kind = str(frame.get("msgtype") or "")
        parts = _parts(frame)
        text = "\n".join(said for said, _ in parts if said).strip()
        if kind in UNHEARD and not text:  # WeCom writes down what is spoken, if it can
            await self._take(make(message_id, text="", kind=UNHEARD[kind]))
            return
        if room is not None:
            text = f"@{self._habits.bot_name} {_CALL.sub('', text, count=1)}".strip()
        pictures = [picture for _, picture in parts if picture is not None]
        spot = ChatSpot(room) if room is not None else ChatSpot(None, who)
        for number, picture in enumerate(pictures, start=1):
            media = await self._encrypted_picture(picture, spot)
            one = message_id if number == 1 and kind == "image" else f"{message_id}#{number}"
            await self._take(make(one, text="", kind=MessageKind.IMAGE, media=media))
        if kind in ("text", "mixed", "voice"):
            mentions = ("bot",) if room is not None else ()
            quoted = "\n".join(said for said, _ in _parts(frame.get("quote")) if said) or None
            await self._take(make(message_id, text=text, mentions=mentions, quoted=quoted))

    async def name(self, who: str) -> str:
        """Return what somebody is called: the application may ask, else their id is all there is."""
        if who not in self._names:
            shown = ""
            if self._knows_people:
                try:
                    shown = str((await self._api.get("/cgi-bin/user/get", userid=who)).get("name") or "")
                except ApiError as error:
                    log.info("member not known", account=who, error=str(error))
            self._names[who] = clean_name(shown or who)
        return self._names[who]

    async def _picture(self, media_id: str, spot: ChatSpot) -> str | None:
        """Keep a picture that somebody sent to the application; None if there is none to be had."""
        try:
            data = await self._api.download(media_id)
        except ApiError as error:
            log.warning("picture not readable", error=str(error))
            return None
        return await asyncio.to_thread(self._habits.keep, spot, data)

    async def _encrypted_picture(self, picture: Mapping[str, Any], spot: ChatSpot) -> str | None:
        """Keep a picture that was sent to the robot: it lies encrypted at an address for five minutes."""
        try:
            own = base64.b64decode(str(picture["aeskey"])) if picture.get("aeskey") else self._picture_key
            data = await self._downloads.get(str(picture.get("url") or ""), beside=self._beside)
            plain = await asyncio.to_thread(decrypted, own, data)
        except (DownloadError, ValueError, binascii.Error) as error:
            log.warning("picture not readable", error=f"{type(error).__name__} {error}"[:100])
            return None
        return await asyncio.to_thread(self._habits.keep, spot, plain)

    async def _take(self, inbound: Inbound) -> str:
        went = await self._inlet.accept(inbound.cleaned())
        self._counts["heard"] += 1
        return went

    def _when(self, told: Mapping[str, Any]) -> datetime:
        """Return the time of something that was said; now, if WeCom does not say."""
        at = str(told.get("CreateTime") or told.get("create_time") or "")
        if not (at.isascii() and at.isdecimal() and len(at) <= 10):
            return self._clock.now()
        return datetime.fromtimestamp(int(at), UTC)


def robot_sender(frame: Mapping[str, Any]) -> str:
    """Return who says something to the robot."""
    sender = frame.get("from")
    return str(sender.get("userid") or "") if isinstance(sender, dict) else ""


def _parts(message: object) -> list[tuple[str, dict[str, Any] | None]]:
    """Return the parts of a robot's message, or of what it quotes: what is said, or the picture shown."""
    if not isinstance(message, dict):
        return []
    kind = str(message.get("msgtype") or "")
    body = message.get(kind)
    if not isinstance(body, dict):
        return []
    if kind == "mixed":
        items = body.get("msg_item")
        return [part for item in (items if isinstance(items, list) else []) for part in _parts(item)]
    if kind == "image":
        return [("", body)]
    return [(str(body.get("content") or ""), None)] if kind in ("text", "voice") else []


def event_id(fields: Mapping[str, str]) -> str:
    """Return what tells an application's callback from others: its number, or who and when."""
    number = fields.get("MsgId") or f"{fields.get('FromUserName')}:{fields.get('CreateTime')}"
    return number if len(number) <= 64 else sha256(number.encode()).hexdigest()
