"""The news of WeChat: what is said and happens there, as messages that are taken in."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from enum import IntEnum
from functools import partial
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog

from bot.channels.hub import ChatSpot
from bot.channels.wechaty.wire import GatewayError
from data.domain.messages import Inbound, MessageKind
from nlp.reading.quotations import quotation_in

if TYPE_CHECKING:
    from collections import Counter

    from bot.channels.base import Inlet
    from bot.channels.habits import Habits
    from bot.channels.own_words import OwnWords
    from bot.channels.wechaty.gateway import Payload
    from bot.channels.wechaty.line import GatewayLine
    from data.domain.clock import Clock

log = structlog.get_logger()
NAME = "wechaty"
OFFICIAL = 2  # a contact that is no person
SYSTEM = frozenset({"weixin", "filehelper", "fmessage", "medianote", "floatbottle", "newsapp"})
ASKS = 2  # a request to become friends
MILLISECONDS = 10**11  # times below are in seconds, as some gateways tell them
MOST_BYTES = 20 * 2**20
_IN_XML = re.compile(r"<(?:title|des)>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</(?:title|des)>", re.DOTALL)


class WechatKind(IntEnum):
    """Messages, as the TypeScript enum numbers them; others are left alone."""

    AUDIO = 2
    IMAGE = 6
    TEXT = 7
    LIST = 10  # WeChat's own 接龙
    RECALLED = 13
    VIDEO = 15


UNHEARD = {WechatKind.AUDIO: MessageKind.VOICE, WechatKind.VIDEO: MessageKind.VIDEO}


class Me(NamedTuple):
    """Who the bot is here: its account, what WeChat calls it, and what it is called in the groups."""

    account: str
    shown: str
    name: str


class News:
    """Hands in what happens, one thing of a room after another."""

    def __init__(
        self,
        inlet: Inlet,
        line: GatewayLine,
        talk: OwnWords,
        habits: Habits,
        *,
        clock: Clock,
        counts: Counter[str],
    ) -> None:
        self._inlet = inlet
        self._line = line
        self._talk = talk
        self._habits = habits
        self._clock = clock
        self.me = Me("", "", habits.bot_name)
        self._counts = counts

    async def message(self, payload: Payload) -> None:
        """Take in what somebody said; what the bot itself said is remembered only."""
        room, own = payload.room or None, payload.talker == self.me.account
        chat = room or (payload.listener if own else payload.talker)
        if own:
            self._talk.remember(chat, payload.id, payload.text)
            return
        if room is None and (payload.talker in SYSTEM or await self._is_official(payload.talker)):
            return
        inbound = await self._inbound(payload, room, chat)
        if inbound is not None:
            await self._take(inbound)

    async def _inbound(self, payload: Payload, room: str | None, chat: str) -> Inbound | None:
        name = await self._line.name(room, payload.talker)
        make = partial(Inbound, NAME, payload.id, self._when(payload.at), room, payload.talker, name)
        if payload.kind == WechatKind.RECALLED:
            return make("", MessageKind.RECALL, quote=payload.text.strip())
        if payload.kind == WechatKind.IMAGE:
            spot = ChatSpot(room) if room is not None else ChatSpot(None, chat)
            return make("", MessageKind.IMAGE, media=await self._picture(payload.id, spot))
        if payload.kind in UNHEARD:
            return make("", UNHEARD[WechatKind(payload.kind)])
        if payload.kind == WechatKind.LIST:
            return make(_list_in(payload.text))
        if payload.kind != WechatKind.TEXT:
            return None
        words, said = unquoted(payload.text)
        return make(
            self._with_our_name(said),
            mentions=tuple("bot" if who == self.me.account else who for who in payload.mentions),
            quoted=self._with_our_name(words) if words else None,
        )

    def _with_our_name(self, text: str) -> str:
        """Return a text in which the bot has the name it has in the groups, whatever WeChat calls it."""
        if self.me.shown in ("", self.me.name):
            return text
        return text.replace(f"@{self.me.shown}", f"@{self.me.name}")

    async def _picture(self, message_id: str, spot: ChatSpot) -> str | None:
        """Keep the picture of a message; None if there is none to be had."""
        try:
            data = await self._line.ask(lambda gateway: gateway.file(message_id))
        except GatewayError as error:
            log.warning("picture not readable", message=message_id, error=str(error))
            return None
        if not data or len(data) > MOST_BYTES:
            return None
        return await asyncio.to_thread(self._habits.keep, spot, data)

    async def _is_official(self, who: str) -> bool:
        return who.startswith("gh_") or (await self._line.contact(who)).kind == OFFICIAL

    async def came(self, payload: dict[str, Any]) -> None:
        """People have come into a room; the operators hear of one that the bot itself was put into."""
        room = str(payload.get("roomId", ""))
        for who in _ids(payload.get("inviteeIdList")):
            if who == self.me.account:
                topic = await self._line.ask(lambda gateway: gateway.topic(room))
                await self._inlet.alert(NAME, "new_room", f"room:{room}", room=room, topic=topic)
            else:
                await self._moved(MessageKind.JOIN, room, who, payload)

    async def went(self, payload: dict[str, Any]) -> None:
        """Hand in that people have left a room."""
        room = str(payload.get("roomId", ""))
        for who in _ids(payload.get("removeeIdList")):
            if who == self.me.account:
                once = f"out:{room}:{payload.get('timestamp')}"
                await self._inlet.alert(NAME, "thrown_out", once, room=room)
            else:
                await self._moved(MessageKind.LEAVE, room, who, payload)

    async def renamed(self, payload: dict[str, Any]) -> None:
        """Hand in that a room has another name."""
        room = str(payload.get("roomId", ""))
        topic = str(payload.get("newTopic", ""))
        await self._moved(MessageKind.TOPIC, room, str(payload.get("changerId") or "-"), payload, topic)

    async def _moved(
        self, kind: MessageKind, room: str, who: str, payload: dict[str, Any], text: str = ""
    ) -> None:
        at = payload.get("timestamp")
        name = await self._line.name(room, who)
        message_id = f"{kind}:{room}:{who}:{at}"
        await self._take(Inbound(NAME, message_id, self._when(at), room, who, name, text, kind))

    async def invited(self, payload: dict[str, Any]) -> None:
        """Follow an invitation into a room if that is what became of it."""
        number = str(payload.get("roomInvitationId", ""))
        found = await self._line.ask(lambda gateway: gateway.invitation(number))
        name, kind = await self._line.name(None, found.inviter), MessageKind.INVITATION
        message_id = f"{kind}:{number}"
        invitation = Inbound(
            NAME, message_id, self._clock.now(), None, found.inviter, name, found.topic, kind
        )
        if self._habits.follows(await self._take(invitation)):
            await self._line.ask(lambda gateway: gateway.accept_invitation(number))

    async def befriended(self, payload: dict[str, Any]) -> None:
        """Become friends with whoever says the word."""
        number = str(payload.get("friendshipId", ""))
        asked = await self._line.ask(lambda gateway: gateway.friendship(number))
        if asked.kind != ASKS:
            return
        word = self._habits.friend_word
        welcome = word is not None and word in asked.hello
        log.info("somebody asks to become friends", account=asked.contact, accepted=welcome)
        if welcome:
            await self._line.ask(lambda gateway: gateway.accept_friendship(number))

    async def _take(self, inbound: Inbound) -> str:
        went = await self._inlet.accept(inbound.cleaned())
        self._counts["heard"] += 1
        return went

    def _when(self, at: object) -> datetime:
        """Return the time of something that happened; now, if the gateway does not say."""
        if not isinstance(at, int) or at <= 0:
            return self._clock.now()
        return datetime.fromtimestamp(at / 1000 if at > MILLISECONDS else at, UTC)


def unquoted(text: str) -> tuple[str | None, str]:
    """Return the words that a text quotes, and what it says itself.

    No gateway tells which message is quoted: a quotation comes as a text that begins with the words quoted.
    """
    found = quotation_in(text)
    return (found.quoted, found.said) if found is not None else (None, text)


def _ids(found: object) -> list[str]:
    return [str(one) for one in found] if isinstance(found, list) else []


def _list_in(text: str) -> str:
    """Return WeChat's own 接龙 as people type one; some gateways tell the XML around its words."""
    found = _IN_XML.findall(text) if text.lstrip().startswith("<") else [text]
    words = max((unescape(one).strip() for one in found), key=len, default="")
    return words if not words or "接龙" in words else f"#接龙\n{words}"
