"""The embedded channel's other side: pages that say something, and show what is in the hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.album import Album
from bot.channels.hub import ChatSpot
from bot.channels.pictures import NotAPictureError
from bot.channels.web import PageMessage, Speaker, WebChannel
from data.domain.clock import ManualClock
from data.domain.messages import MessageKind
from tests.bot.channels.counterparts.base import MORNING, Arrived, Book, Can, NoSuchThingError

if TYPE_CHECKING:
    from pathlib import Path


class Pages:
    """Browsers."""

    name = "web"
    can = frozenset({Can.HEAR_ROOMS, Can.RECALL, Can.NAMES, Can.CALL, Can.QUOTE, Can.SHOW_ALONE})
    room, wang, li = "grid1", "wang", "li"
    most, octets = 4_000, False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.book = Book()
        self.channel = WebChannel(ManualClock(MORNING), "哨子")
        self._number = 0

    async def start(self) -> None:
        await self.channel.start(self.book)

    async def stop(self) -> None:
        await self.channel.stop()

    async def say(
        self, who: str, text: str, *, room: str | None, calls: bool = False, quotes: str | None = None
    ) -> str:
        self._number += 1
        said = PageMessage(f"c{self._number}", room, f"@哨子 {text}" if calls else text, quote=quotes)
        if calls:
            said = said._replace(mentions=("bot",))
        return await self.channel.hear(Speaker(who, f"{who}在群里"), said)

    async def say_twice(self, who: str, text: str, *, room: str | None) -> None:
        await self.say(who, text, room=room)
        self._number -= 1
        await self.say(who, text, room=room)

    async def show(self, who: str, picture: bytes, *, room: str | None) -> None:
        self._number += 1
        spot = ChatSpot(room) if room else ChatSpot(None, who)
        try:
            media = Album(self.folder).put(spot, picture)
        except NotAPictureError:
            media = None
        said = PageMessage(f"c{self._number}", room, "", MessageKind.IMAGE, media)
        await self.channel.hear(Speaker(who, who), said)

    async def recall(self, who: str, message_id: str, *, room: str) -> None:
        assert await self.channel.recall(Speaker(who, who), "r1", room, message_id)

    async def echo(self) -> None:
        """What the bot says does not come back."""

    def arrived(self) -> list[Arrived]:
        spots = [ChatSpot(self.room), ChatSpot(None, self.wang), ChatSpot(None, self.li)]
        said = [(spot, one) for spot in spots for one in self.channel.hub.last(spot) if one.by_bot]
        return [
            Arrived(
                spot.room or spot.account or "",
                one.text,
                one.mentions,
                (self.folder / one.media).read_bytes() if one.media else None,
                one.quote.id if one.quote else None,
            )
            for spot, one in said
        ]

    def lose_answers(self, count: int) -> None:
        raise NoSuchThingError

    async def go_away(self) -> None:
        raise NoSuchThingError

    async def come_back(self) -> None:
        raise NoSuchThingError
