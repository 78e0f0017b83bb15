"""The news of a gateway: what is said and happens on its network, as messages that are taken in."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from cachetools import LRUCache

from bot.channels.hub import ChatSpot
from bot.channels.onebot.accounts import MOST_CHATS
from bot.channels.onebot.link import CallError
from bot.channels.onebot.names import Names, as_number
from bot.channels.onebot.pictures import Pictures
from bot.channels.onebot.segments import EVERYBODY, Segment, plain, segments_of
from bot.middleware import UNKNOWN_ROOM
from data.domain.messages import Inbound, MessageKind

if TYPE_CHECKING:
    from collections import Counter

    from bot.channels.base import Inlet
    from bot.channels.downloads import Downloads
    from bot.channels.habits import Habits
    from bot.channels.onebot.accounts import Accounts
    from bot.channels.onebot.link import Link
    from bot.channels.own_words import OwnWords
    from data.domain.clock import Clock

log = structlog.get_logger()
NAME = "onebot"
UNHEARD = {"record": MessageKind.VOICE, "video": MessageKind.VIDEO}
MOST_PICTURES = 9  # of one message


class OneBotEvent(NamedTuple):
    """Something that happened, as an account's gateway tells it."""

    link: Link
    frame: dict[str, Any]

    def text(self, name: str) -> str:
        """Return a value as text; what is not there is empty."""
        value = self.frame.get(name)
        return "" if value is None else str(value)

    @property
    def room(self) -> str | None:
        """The group it happened in, if it was one."""
        return self.text("group_id") or None

    @property
    def lane(self) -> str:
        """The chat it belongs to: what happens in one chat is taken in one after another."""
        return self.room or self.text("user_id")


class News:
    """Hands in what happens, one thing of a chat after another."""

    def __init__(
        self,
        inlet: Inlet,
        accounts: Accounts,
        own: OwnWords,
        habits: Habits,
        *,
        downloads: Downloads,
        clock: Clock,
        counts: Counter[str],
    ) -> None:
        self._inlet = inlet
        self._accounts = accounts
        self._own = own
        self._habits = habits
        self._clock = clock
        self._counts = counts
        self.names = Names()
        self._pictures = Pictures(habits.keep, downloads)
        self._strange: LRUCache[str, bool] = LRUCache(MOST_CHATS)  # groups of which nothing is kept

    async def tell(self, event: OneBotEvent) -> None:
        """Take in an event; what nobody understands is left alone."""
        kinds = {"message": self._said, "message_sent": self._said, "request": self._asked}
        post = event.text("post_type")
        if post == "notice":
            ways = {"group_recall": self._recalled, "friend_recall": self._recalled}
            ways |= {"group_increase": self._came, "group_decrease": self._went}
            way = ways.get(event.text("notice_type"))
        else:
            way = kinds.get(post)
        if way is not None and event.text("user_id"):
            await way(event)

    async def _said(self, event: OneBotEvent) -> None:
        """Take in what somebody said; what the bot itself said is remembered only."""
        who, room = event.text("user_id"), event.room
        segments = segments_of(event.frame.get("message"))
        message_id = full_id(event.link.account, event.text("message_id"))
        if who in self._accounts.known:
            chat = room or event.text("target_id") or who
            self._own.remember(chat, message_id, plain(segments))
            return
        if not self._accounts.hears(event.link.account, room or who):
            return
        sender = event.frame.get("sender")
        sender = sender if isinstance(sender, dict) else {}
        if told := str(sender.get("card") or sender.get("nickname") or ""):
            self.names.told(room, who, told)
        shown = await self.names.of(event.link, room, who)
        for inbound in await self._messages(event, segments, message_id, shown):
            await self._take(inbound)

    async def _messages(
        self, event: OneBotEvent, segments: list[Segment], message_id: str, shown: str
    ) -> list[Inbound]:
        """Return what is to be taken in: pictures first, so that they belong to the words."""
        room, who, at = event.room, event.text("user_id"), self._when(event)
        unheard = next((UNHEARD[one.kind] for one in segments if one.kind in UNHEARD), None)
        if unheard is not None:
            return [Inbound(NAME, message_id, at, room, who, shown, "", unheard)]
        text, mentions = await self._words(event, segments)
        quote = next((one["id"] for one in segments if one.kind == "reply" and one["id"]), None)
        quote = full_id(event.link.account, quote) if quote else None
        pictures = [one for one in segments if one.kind == "image"][:MOST_PICTURES]
        spot = ChatSpot(room) if room is not None else ChatSpot(None, who)
        heard = []
        for number, picture in enumerate(pictures, start=1):
            alone = not text and number == 1
            one = message_id if alone else f"{message_id}#{number}"
            shows = partial(Inbound, NAME, one, at, room, who, shown, "", MessageKind.IMAGE)
            strange = room is not None and self._strange.get(room, False)
            media = None if strange else await self._pictures.keep(event.link, picture, spot)
            heard.append(shows(media=media, quote=quote if alone else None))
        if text:
            says = partial(Inbound, NAME, message_id, at, room, who, shown, text)
            heard.append(says(mentions=mentions, quote=quote))
        return heard

    async def _words(self, event: OneBotEvent, segments: list[Segment]) -> tuple[str, tuple[str, ...]]:
        """Return what is said, with the names of those who are called, and their accounts."""
        parts, mentions = [], []
        for one in segments:
            if one.kind == "text":
                parts.append(one["text"])
            elif one.kind == "at" and one["qq"] == EVERYBODY:
                parts.append("@全体成员 ")
            elif one.kind == "at":
                mine = one["qq"] in self._accounts.known
                mentions.append("bot" if mine else one["qq"])
                known = self._habits.bot_name if mine else None
                name = known or await self.names.of(event.link, event.room, one["qq"])
                parts.append(f"@{name} ")
        return "".join(parts).strip(), tuple(mentions)

    async def _recalled(self, event: OneBotEvent) -> None:
        """Somebody takes a message of their own back; what an administrator deletes stays said."""
        who, operator = event.text("user_id"), event.text("operator_id")
        if operator not in ("", who) or not self._accounts.hears(event.link.account, event.lane):
            return
        quote = full_id(event.link.account, event.text("message_id"))
        await self._moved(event, MessageKind.RECALL, who, f"recall:{quote}", quote=quote)

    async def _came(self, event: OneBotEvent) -> None:
        """Somebody has come into a group; the operators hear of one that the bot itself was put into."""
        who, room = event.text("user_id"), event.room or ""
        if who in self._accounts.known:
            topic = await self._topic(event)
            await self._inlet.alert(NAME, "new_room", f"room:{NAME}:{room}", room=room, topic=topic)
        elif self._accounts.hears(event.link.account, room):
            await self._moved(event, MessageKind.JOIN, who, f"join:{room}:{who}:{event.text('time')}")

    async def _went(self, event: OneBotEvent) -> None:
        """Somebody has left a group."""
        who, room = event.text("user_id"), event.room or ""
        if who in self._accounts.known:
            self._accounts.left(who, room)
            once = f"out:{NAME}:{room}:{event.text('time')}"
            await self._inlet.alert(NAME, "thrown_out", once, room=room)
        elif self._accounts.hears(event.link.account, room):
            await self._moved(event, MessageKind.LEAVE, who, f"leave:{room}:{who}:{event.text('time')}")

    async def _asked(self, event: OneBotEvent) -> None:
        """Somebody asks to become friends, or invites the bot into a group."""
        flag, who = event.text("flag"), event.text("user_id")
        if event.text("request_type") == "friend":
            word = self._habits.friend_word
            welcome = word is not None and word in event.text("comment")
            log.info("somebody asks to become friends", account=who, accepted=welcome)
            if welcome:
                await event.link.call("set_friend_add_request", flag=flag, approve=True)
        elif event.text("sub_type") == "invite":
            name, topic = await self.names.of(event.link, None, who), await self._topic(event)
            kind, message_id = MessageKind.INVITATION, f"invitation:{flag}"
            invitation = Inbound(NAME, message_id, self._when(event), None, who, name, topic, kind)
            if self._habits.follows(await self._take(invitation)):
                await event.link.call("set_group_add_request", flag=flag, sub_type="invite", approve=True)

    async def _topic(self, event: OneBotEvent) -> str:
        """Return what a group is called, or its number."""
        room = event.room or ""
        try:
            told = await event.link.look_up("get_group_info", group_id=as_number(room))
        except CallError:
            return room
        return str(told.get("group_name") or room) if isinstance(told, dict) else room

    async def _moved(
        self, event: OneBotEvent, kind: MessageKind, who: str, message_id: str, quote: str | None = None
    ) -> None:
        name = await self.names.of(event.link, event.room, who)
        at = self._when(event)
        await self._take(Inbound(NAME, message_id, at, event.room, who, name, "", kind, quote=quote))

    async def _take(self, inbound: Inbound) -> str:
        went = await self._inlet.accept(inbound.cleaned())
        self._counts["heard"] += 1
        if inbound.room is not None:
            self._strange[inbound.room] = went == UNKNOWN_ROOM
        return went

    def _when(self, event: OneBotEvent) -> datetime:
        """Return the time of something that happened; now, if the gateway does not say."""
        at = event.frame.get("time")
        if not isinstance(at, int) or not 0 < at < 2**33:
            return self._clock.now()
        return datetime.fromtimestamp(at, UTC)


def full_id(account: str, message_id: str) -> str:
    """Return a message's id with the account that numbers it: two accounts may use the same number."""
    return f"{account}/{message_id}"
