"""The mouth: what the bot says through a gateway, once, even when the answer is lost on the way."""

from __future__ import annotations

import asyncio
import base64
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import structlog
from cachetools import LRUCache

from bot.channels.base import DeliveryError, DoubtfulSend, NotYetError
from bot.channels.onebot import segments as make
from bot.channels.onebot.link import CallError, NoAnswerError
from bot.channels.onebot.names import as_number
from bot.channels.onebot.news import full_id
from bot.channels.onebot.segments import Segment, plain, segments_of
from bot.channels.pictures import TYPES
from data.domain.messages import MessageKind

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from bot.channels.onebot.accounts import Accounts
    from bot.channels.onebot.link import Link
    from bot.channels.onebot.names import Names
    from bot.channels.own_words import OwnWords
    from data.domain.messages import Outgoing

log = structlog.get_logger()
MOST_REMEMBERED = 5_000
LOOK_AGAIN = 15.0  # seconds until one looks again whether the account is back
HISTORY = 20  # messages that are looked through for one's own words


class Mouth:
    """Says things. A row's key is the same at every try: what is known to be said is not said again.

    Where a call was not answered, the next try looks first: has the answer come late, has the message come
    back as an event, does the history of the chat have it? Where the gateway can tell none of that, it is
    said again, and marked (`again`).
    """

    def __init__(
        self,
        accounts: Accounts,
        names: Names,
        own: OwnWords,
        read: Callable[[str], bytes],
        counts: Counter[str],
        *,
        again: str,
    ) -> None:
        self._accounts = accounts
        self._names = names
        self._own = own
        self._read = read
        self._counts = counts
        self._again = again
        self._said: LRUCache[str, str | None] = LRUCache(MOST_REMEMBERED)
        self._ids: LRUCache[str, None] = LRUCache(MOST_REMEMBERED)  # messages known to be said
        self._doubts: LRUCache[str, DoubtfulSend] = LRUCache(MOST_REMEMBERED)

    async def send(self, outgoing: Outgoing) -> str | None:
        """Say a message and return its id."""
        key, chat = outgoing.key, outgoing.room or outgoing.to or ""
        if key in self._said:
            return self._said[key]
        link = self._accounts.voice(chat)
        if link is None:
            raise NotYetError("the account is away", LOOK_AGAIN)
        action, params, words = await self._call(link, outgoing)
        doubt = self._doubts.pop(key, None)
        if doubt is not None:
            found = await self._arrived(link, outgoing, words, doubt)
            if found is not None:
                log.info("said before after all", key=key)
                return self._done(key, found)
            if isinstance(params.get("message"), list):
                self._counts["said_again"] += 1
                log.warning("said again, nobody knows whether it arrived before", key=key)
                params["message"] = [make.said(self._again).frame(), *params["message"]]
        before = self._own.own(chat)
        try:
            told = await link.call(action, late=lambda data: self._late(link, key, data), **params)
        except NoAnswerError as error:
            self._doubts[key] = doubt or DoubtfulSend(before)
            raise DeliveryError(f"no answer: {error}") from None
        except CallError as error:
            raise DeliveryError(str(error)) from None
        return self._done(key, _id(link, told))

    def _done(self, key: str, message_id: str | None) -> str | None:
        self._counts["said"] += 1
        self._said[key] = message_id
        if message_id is not None:
            self._ids[message_id] = None
        return message_id

    def _late(self, link: Link, key: str, data: Any) -> None:
        """Note an answer that came when nobody waited for it any more."""
        self._done(key, _id(link, data))

    async def _call(self, link: Link, outgoing: Outgoing) -> tuple[str, dict[str, Any], list[Segment]]:
        """Return the call that says a message, what it is called with, and the message in segments."""
        room = outgoing.room
        to = {"group_id": as_number(room)} if room is not None else {"user_id": as_number(outgoing.to or "")}
        media = outgoing.media
        file = outgoing.kind is MessageKind.FILE and media is None
        if file or (media is not None and PurePath(media).suffix.removeprefix(".") not in TYPES):
            action = "upload_group_file" if room is not None else "upload_private_file"
            return action, {**to, **await self._file(outgoing)}, []
        names = {who: await self._names.of(link, room, who) for who in outgoing.mentions if room is not None}
        words = make.calling(outgoing.text, names) if outgoing.text else []
        account, _, quoted = (outgoing.reply_to or "").partition("/")
        if quoted and "#" not in quoted and account == link.account:
            words.insert(0, make.reply(quoted))
        if media is not None:
            words.append(make.image(base64.b64encode(await self._bytes(media)).decode()))
        action = "send_group_msg" if room is not None else "send_private_msg"
        return action, {**to, "message": [word.frame() for word in words]}, words

    async def _file(self, outgoing: Outgoing) -> dict[str, str]:
        """Return a file as it is uploaded: one of ours, or a text whose first line is its name."""
        if outgoing.media is not None:
            name, data = PurePath(outgoing.media).name, await self._bytes(outgoing.media)
        else:
            first, _, text = outgoing.text.partition("\n")
            name, data = f"{first}.txt", text.encode()
        return {"file": f"base64://{base64.b64encode(data).decode()}", "name": name}

    async def _bytes(self, media: str) -> bytes:
        try:
            return await asyncio.to_thread(self._read, media)
        except OSError:
            raise DeliveryError("no such file", permanent=True) from None

    async def _arrived(
        self, link: Link, outgoing: Outgoing, words: list[Segment], doubt: DoubtfulSend
    ) -> str | None:
        """Return the id under which a message of which one was in doubt arrived; None if nobody saw it."""
        if outgoing.key in self._said:  # the answer came while we looked
            return self._said[outgoing.key]
        chat = outgoing.room or outgoing.to or ""
        found = self._own.arrived(chat, plain(words), doubt.before) if words else None
        return found or await self._in_history(link, outgoing, words)

    async def _in_history(self, link: Link, outgoing: Outgoing, words: list[Segment]) -> str | None:
        """Look through what was said in a chat last; a gateway need not know how."""
        try:
            if outgoing.room is not None:
                group = as_number(outgoing.room)
                told = await link.look_up("get_group_msg_history", group_id=group, count=HISTORY)
            else:
                user = as_number(outgoing.to or "")
                told = await link.look_up("get_friend_msg_history", user_id=user, count=HISTORY)
        except CallError:
            return None
        messages = told.get("messages") if isinstance(told, dict) else None
        for one in reversed(messages if isinstance(messages, list) else []):
            if not isinstance(one, dict) or str(_sender(one)) != link.account:
                continue
            said, found = segments_of(one.get("message")), full_id(link.account, str(one.get("message_id")))
            shows = any(part.kind == "image" for part in said)
            same = plain(said).removeprefix(self._again) == plain(words) and shows == any(
                part.kind == "image" for part in words
            )
            if same and found not in self._ids:
                return found
        return None


def _sender(message: dict[str, Any]) -> object:
    sender = message.get("sender")
    return message.get("user_id") or (sender.get("user_id") if isinstance(sender, dict) else None)


def _id(link: Link, data: Any) -> str | None:
    told = data.get("message_id") if isinstance(data, dict) else None
    return full_id(link.account, str(told)) if told is not None else None
