"""The chat to be read where no script runs: one's chats, and the last that was said in one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.channels.hub import ChatSpot
from bot.web.viewers import CHAT
from handlers.saying.days import when

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from bot.channels.hub import ChatMessage
    from bot.channels.web import WebChannel
    from bot.web.frame import PageFrame
    from bot.web.viewers import Viewer

SHOWN = 60  # messages
ALONE = "-"  # stands for the chat with the bot alone


class SaidLine(NamedTuple):
    """A message as it is read."""

    who: str
    when: str
    words: str
    quoted: str
    picture: str  # its address, if it is kept here
    by_bot: bool


class Reading(NamedTuple):
    """All that the page shows: names of chats by room, and the one that is open."""

    chats: list[tuple[str, str]]
    room: str
    lines: list[SaidLine]


class ReadingPage:
    """Shows what was said to those who may hear it; nobody speaks here."""

    def __init__(self, frame: PageFrame, channel: WebChannel) -> None:
        self._frame = frame
        self._channel = channel

    async def show(self, request: web.Request) -> web.Response:
        """Show the chats of whoever asks, and one of them (`?room=`, the first if it is none of theirs)."""
        who, reading = await self._frame.read(request, CHAT, self._reading, dict(request.query))
        return self._frame.render("reading.html", request, who, reading=reading)

    def _reading(self, viewer: Viewer, given: Mapping[str, str]) -> Reading:
        heard, account = viewer.heard, viewer.shown.account
        rooms = heard.uow.chats.rooms_for(heard.account)
        chats = [(room.external_id, room.topic) for room in rooms]
        chats.append((ALONE, self._channel.bot_name))
        asked = given.get("room", chats[0][0])
        room = asked if asked in dict(chats) else chats[0][0]
        spot = ChatSpot(None, account) if room == ALONE else ChatSpot(room)
        said = self._channel.hub.last(spot, SHOWN)
        return Reading(chats, room, [self._line(viewer, one) for one in said])

    def _line(self, viewer: Viewer, said: ChatMessage) -> SaidLine:
        quote = said.quote
        return SaidLine(
            who=self._channel.bot_name if said.by_bot else said.name,
            when=when(viewer.heard, said.at),
            words=said.text,
            quoted=f"{quote.name}:{quote.text}" if quote is not None and quote.text else "",
            picture=f"/{said.media}" if (said.media or "").startswith("media/") else "",
            by_bot=said.by_bot,
        )
