"""The mouth: what the bot says on WeChat, once, though nobody there tells whether it arrived."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING

import structlog
from cachetools import LRUCache

from bot.channels.base import DeliveryError, DoubtfulSend
from bot.channels.wechaty.wire import GatewayError
from data.domain.messages import MessageKind

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Awaitable, Callable

    from bot.channels.own_words import OwnWords
    from bot.channels.wechaty.gateway import Gateway
    from bot.channels.wechaty.line import GatewayLine
    from data.domain.messages import Outgoing


log = structlog.get_logger()
MOST_REMEMBERED = 2_000
ECHO = (10, 0.1)  # so often and so many seconds apart one looks whether one's words have come back
NARROW = "\u2005"  # what WeChat puts after the name of somebody who is called


class Mouth:
    """Says things. A row's key is the same at every try: what is known to be said is not said again."""

    def __init__(
        self,
        line: GatewayLine,
        talk: OwnWords,
        read: Callable[[str], bytes],
        rest: Callable[[float], Awaitable[None]],
        counts: Counter[str],
    ) -> None:
        self._line = line
        self._talk = talk
        self._read = read
        self._rest = rest
        self._said: LRUCache[str, str | None] = LRUCache(MOST_REMEMBERED)
        self._doubts: LRUCache[str, DoubtfulSend] = LRUCache(MOST_REMEMBERED)
        self._speaking = 0
        self._silent = asyncio.Event()
        self._silent.set()
        self._counts = counts

    async def send(self, outgoing: Outgoing) -> str | None:
        """Say a message, its text before its picture; return the id of the text, or of the picture."""
        gateway = self._line.gateway
        if gateway is None:
            raise DeliveryError("no connection")
        self._speaking += 1
        self._silent.clear()
        try:
            return await self._say(outgoing, gateway)
        finally:
            self._speaking -= 1
            if not self._speaking:
                self._silent.set()

    async def silent(self, within: float) -> None:
        """Wait, so many seconds at most, until nothing is being said."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._silent.wait()

    async def _say(self, outgoing: Outgoing, gateway: Gateway) -> str | None:
        message_id: str | None = None
        if outgoing.kind is MessageKind.FILE and outgoing.media is None:  # a text, as a file
            return await self._once(outgoing.key, gateway, outgoing, self._hand_over)
        if outgoing.text:
            message_id = await self._once(outgoing.key, gateway, outgoing, self._speak)
        if outgoing.media is not None:
            shown = await self._once(f"{outgoing.key}#media", gateway, outgoing, self._show)
            message_id = message_id or shown
        return message_id

    async def _once(
        self,
        key: str,
        gateway: Gateway,
        outgoing: Outgoing,
        say: Callable[[Gateway, Outgoing], Awaitable[str | None]],
    ) -> str | None:
        if key in self._said:
            return self._said[key]
        chat = _chat(outgoing)
        if (doubt := self._doubts.pop(key, None)) is not None:
            found = self._talk.arrived(chat, outgoing.text, doubt.before)
            if found is not None:
                log.info("said before after all", key=key)
                return self._done(key, found)
        before = self._talk.own(chat)
        try:
            message_id = await say(gateway, outgoing)
        except GatewayError as error:
            self._doubts[key] = DoubtfulSend(before)
            raise DeliveryError(str(error), permanent=await self._is_no_friend(outgoing)) from None
        return self._done(key, message_id or await self._echo(chat, outgoing.text, before))

    def _done(self, key: str, message_id: str | None) -> str | None:
        self._counts["said"] += 1
        self._said[key] = message_id
        return message_id

    async def _speak(self, gateway: Gateway, outgoing: Outgoing) -> str | None:
        if outgoing.room is None:
            return await gateway.say(_chat(outgoing), outgoing.text)
        names = [await self._line.name(outgoing.room, who) for who in outgoing.mentions]
        return await gateway.say(outgoing.room, calling(outgoing.text, names), outgoing.mentions)

    async def _hand_over(self, gateway: Gateway, outgoing: Outgoing) -> str | None:
        """Send a text as a file; its first line is its name."""
        name, _, text = outgoing.text.partition("\n")
        return await gateway.show(_chat(outgoing), f"{name}.txt", text.encode())

    async def _show(self, gateway: Gateway, outgoing: Outgoing) -> str | None:
        media = outgoing.media or ""
        try:
            data = await asyncio.to_thread(self._read, media)
        except OSError:
            raise DeliveryError("no such file", permanent=True) from None
        return await gateway.show(_chat(outgoing), PurePath(media).name, data)

    async def _echo(self, chat: str, text: str, before: dict[str, str]) -> str | None:
        """Return the id of a message that went out, from what the gateway lets us hear of ourselves."""
        times, apart = ECHO
        for _ in range(times):
            found = self._talk.arrived(chat, text, before)
            if found is not None:
                return found
            await self._rest(apart)
        return None

    async def _is_no_friend(self, outgoing: Outgoing) -> bool:
        """Whether a private message failed that can never arrive: one to a stranger."""
        if outgoing.to is None or self._line.gateway is None:
            return False
        try:
            return not (await self._line.contact(outgoing.to)).friend
        except GatewayError:
            return False


def calling(text: str, names: list[str]) -> str:
    """Return a text that calls people as WeChat wants it: their names with an @ before and a gap after."""
    for name in names:
        called = f"@{name}"
        if called not in text:
            text = f"{called}{NARROW}{text}"
        elif text.endswith(called):
            text = f"{text}{NARROW}"
        else:
            text = text.replace(f"{called} ", f"{called}{NARROW}")
    return text


def _chat(outgoing: Outgoing) -> str:
    return outgoing.room or outgoing.to or ""
