"""The embedded channel: a group chat of our own, spoken in browsers. It knows no case and no command."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, Protocol

import structlog

from bot.channels.base import Health, Limits
from bot.channels.hub import ChatMessage, ChatSpot, Hub
from data.domain.messages import Inbound, MessageKind
from handlers.context import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from bot.channels.base import Inlet
    from data.domain.clock import Clock
    from data.domain.messages import Outgoing
    from data.repositories.history import KeptMessage

log = structlog.get_logger()
NAME = "web"
BOT = "bot"
RECALL_WITHIN = timedelta(minutes=2)


class NotListeningError(Exception):
    """The channel does not listen (yet, or any more): nothing was taken in."""


class Speaker(NamedTuple):
    """Who speaks: the account's id on this channel, and the name that is shown."""

    account: str
    name: str


class PageMessage(NamedTuple):
    """What a page sends. `client` is the number the page gave it: sent twice, it is the same message."""

    client: str
    room: str | None
    text: str
    kind: MessageKind = MessageKind.TEXT
    media: str | None = None
    mentions: tuple[str, ...] = ()
    quote: str | None = None
    seen: tuple[tuple[int, int], ...] = ()


class Peers(Protocol):
    """The other workers, at which pages are open, too."""

    async def spread(self, outgoing: Outgoing, at: datetime) -> None:
        """Have something the bot says shown there; raise if they cannot be told."""
        ...


class TakenMessage(NamedTuple):
    """A message that was taken in: its id, and what became of it."""

    message_id: str
    went: str


class WebChannel:
    """Rooms and private chats with the bot, heard and shown in browsers.

    What is said is shown to the others only when the inlet has taken it in. Talk is remembered in memory only
    (`Hub`); `history` brings back at the start what the store keeps of it. `forgets` says of what became of a
    message whether everything its sender said is to be forgotten now, `puts_out` whether somebody may see
    less from now on.
    """

    name = NAME
    limits = Limits(everywhere=True)
    reach = Reach(own_ids=frozenset({BOT}))

    def __init__(
        self,
        clock: Clock,
        bot_name: str,
        *,
        history: Callable[[], Sequence[KeptMessage]] = tuple,
        forgets: Callable[[str], bool] = lambda _: False,
        puts_out: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.health = Health()
        self.hub = Hub()
        self.bot_name = bot_name
        self.heard = 0
        self.said = 0
        self._clock = clock
        self._history = history
        self._forgets = forgets
        self._puts_out = puts_out
        self._inlet: Inlet | None = None
        self._peers: Peers | None = None

    def join(self, peers: Peers) -> None:
        """Have what the bot says shown at other workers, too."""
        self._peers = peers

    async def start(self, inlet: Inlet) -> None:
        """Begin to listen, with the talk of before as far as it is kept."""
        self.refill(await asyncio.to_thread(self._history))
        self._inlet = inlet

    async def stop(self) -> None:
        """Stop listening; pages see the connection close and come back by themselves."""
        self._inlet = None

    async def send(self, outgoing: Outgoing) -> str:
        """Show what the bot says. The same row is the same message at every try."""
        at = self._clock.now()
        if self._peers is not None:
            await self._peers.spread(outgoing, at)
        self.said += 1
        return self.says(outgoing, at)

    def says(self, outgoing: Outgoing, at: datetime) -> str:
        """Show what the bot says, here or at another worker, and return the message's id."""
        spot = ChatSpot(outgoing.room) if outgoing.room is not None else ChatSpot(None, outgoing.to)
        said = ChatMessage(
            id=f"b{_digest(outgoing.key)}",
            spot=spot,
            at=at,
            sender=BOT,
            name=self.bot_name,
            text=outgoing.text,
            kind=outgoing.kind.value,
            by_bot=True,
            media=outgoing.media,
            mentions=outgoing.mentions,
            quote=self.hub.quote(spot, outgoing.reply_to),
        )
        self.hub.show(said)
        return said.id

    async def hear(self, speaker: Speaker, spoken: PageMessage) -> str:
        """Take in what a page sends; return the message's id once it is on disk and shown to the others."""
        return (await self.take(speaker, spoken)).message_id

    async def take(self, speaker: Speaker, spoken: PageMessage) -> TakenMessage:
        """Take in what a page sends; return also what became of it."""
        return await self._take(self._inbound(speaker, spoken), spoken.client)

    async def enter(self, speaker: Speaker, room: str) -> None:
        """Let somebody come into a room."""
        joined = PageMessage(f"join-{room}", room, "", MessageKind.JOIN)
        await self._take(self._inbound(speaker, joined))

    async def recall(self, speaker: Speaker, client: str, room: str | None, message_id: str) -> bool:
        """Take back one's own message of the last two minutes; return False if that is not possible."""
        spot = ChatSpot(room) if room is not None else ChatSpot(None, speaker.account)
        said = self.hub.find(spot, message_id)
        mine = said is not None and said.sender == speaker.account
        if said is None or not mine or self._clock.now() - said.at > RECALL_WITHIN:
            return False
        taking_back = PageMessage(client, room, "", MessageKind.RECALL, quote=message_id)
        await self._take(self._inbound(speaker, taking_back))
        return True

    def show(self, inbound: Inbound, client: str | None = None) -> None:
        """Show what somebody said, or did, to everybody in the chat."""
        spot = ChatSpot(inbound.room) if inbound.room is not None else ChatSpot(None, inbound.sender)
        if inbound.kind is MessageKind.RECALL:
            self.hub.recall(spot, inbound.quote or "", inbound.name)
            return
        said = ChatMessage(
            id=inbound.message_id,
            spot=spot,
            at=inbound.at,
            sender=inbound.sender,
            name=inbound.name,
            text=inbound.text,
            kind=inbound.kind.value,
            media=inbound.media,
            mentions=inbound.mentions,
            quote=self.hub.quote(spot, inbound.quote),
            client=client,
        )
        self.hub.show(said)

    def refill(self, kept: Iterable[KeptMessage]) -> None:
        """Remember the talk that is kept."""
        self.hub.refill(self._remembered(one) for one in kept)

    def _remembered(self, kept: KeptMessage) -> ChatMessage:
        spot = ChatSpot(kept.room) if kept.room is not None else ChatSpot(None, kept.account)
        return ChatMessage(
            id=kept.message_id,
            spot=spot,
            at=kept.at,
            sender=BOT if kept.by_bot else kept.account or "",
            name=self.bot_name if kept.by_bot else kept.name,
            text=kept.text,
            kind=(MessageKind.IMAGE if kept.media else MessageKind.TEXT).value,
            by_bot=kept.by_bot,
            media=kept.media,
            mentions=kept.mentions,
            quote=self.hub.quote(spot, kept.reply_to),
        )

    def _inbound(self, speaker: Speaker, spoken: PageMessage) -> Inbound:
        return Inbound(
            channel=NAME,
            message_id=f"w{_digest(speaker.account, spoken.client)}",
            at=self._clock.now(),
            room=spoken.room,
            sender=speaker.account,
            name=speaker.name,
            text=spoken.text,
            kind=spoken.kind,
            mentions=spoken.mentions,
            quote=spoken.quote,
            media=spoken.media,
            seen=spoken.seen,
        ).cleaned()

    async def _take(self, inbound: Inbound, client: str | None = None) -> TakenMessage:
        if self._inlet is None:
            raise NotListeningError
        went = await self._inlet.accept(inbound)
        self.heard += 1
        await self.taken(inbound, went, client)
        return TakenMessage(inbound.message_id, went)

    async def taken(self, inbound: Inbound, went: str, client: str | None = None) -> None:
        """Show what was taken in, here or at another worker, and forget what it says is to be forgotten."""
        self.show(inbound, client)
        if self._puts_out(went):
            self.hub.look_again()
        if self._forgets(went):
            log.info("a person's talk forgotten", account=inbound.sender)
            self.hub.forget(inbound.sender)  # at once, or the bot's goodbye would be forgotten, too
            kept = await asyncio.to_thread(self._history)
            self.hub.reread({one.message_id: one.text for one in kept}, but=inbound.sender)

    async def catch_up(self, since: datetime) -> None:
        """Show what is kept of the talk since then, as far as it was missed."""
        for one in await asyncio.to_thread(self._history):
            if one.at >= since:
                self.hub.show(self._remembered(one))


def _digest(*parts: str) -> str:
    return sha256("\x00".join(parts).encode()).hexdigest()[:24]
