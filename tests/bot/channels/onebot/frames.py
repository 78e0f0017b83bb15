"""What the bot says over OneBot, and the segments of what people say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.messages import Outgoing
from tests.bot.channels.counterparts.base import until
from tests.bot.channels.counterparts.onebot.gateway import LI, ROOM

if TYPE_CHECKING:
    from tests.bot.channels.counterparts.onebot.network import QQ


def row(key: str, text: str = "好", room: str | None = ROOM, **more: Any) -> Outgoing:
    return Outgoing(key, "onebot", room, None if room else LI, text, **more)


def text(said: str) -> dict[str, Any]:
    return {"type": "text", "data": {"text": said}}


def at(who: str, **more: str) -> dict[str, Any]:
    return {"type": "at", "data": {"qq": who, **more}}


async def taken(qq: QQ, number: int) -> Any:
    await until(lambda: len(qq.book.taken) >= number)
    return qq.book.taken
