"""What the bot says on WeCom, and what members say to its application."""

from __future__ import annotations

from itertools import count
from typing import Any

from data.domain.messages import Outgoing
from tests.bot.channels.counterparts.wecom.office import ROOM, WANG

_NUMBERS = count(1)


def row(text: str = "好", room: str | None = ROOM, to: str | None = None, **more: Any) -> Outgoing:
    return Outgoing(f"k{next(_NUMBERS)}", "wecom", room, to, text, **more)


def says(number: str, text: str = "进度", **more: Any) -> dict[str, Any]:
    return {"FromUserName": WANG, "MsgType": "text", "Content": text, "MsgId": number, **more}
