"""NoneBot2: an adapter without a network, one matcher."""

from __future__ import annotations

from typing import Any

import nonebot
from nonebot.adapters import Adapter, Bot, Event, Message, MessageSegment
from nonebot.log import logger
from nonebot.message import handle_event
from nonebot.plugin import on_message
from stored_row import Rows, measure, run


class Segment(MessageSegment["Said"]):
    """A piece of text."""

    @classmethod
    def get_message_class(cls) -> type[Said]:
        return Said

    def __str__(self) -> str:
        return str(self.data["text"])

    def is_text(self) -> bool:
        return True


class Said(Message[Segment]):
    """A message of text alone."""

    @classmethod
    def get_segment_class(cls) -> type[Segment]:
        return Segment

    @staticmethod
    def _construct(msg: str) -> Any:
        yield Segment("text", {"text": msg})


class Heard(Event):
    """A message in a group."""

    room: str
    who: str
    text: str

    def get_type(self) -> str:
        return "message"

    def get_event_name(self) -> str:
        return "message"

    def get_event_description(self) -> str:
        return self.who

    def get_user_id(self) -> str:
        return self.who

    def get_session_id(self) -> str:
        return f"{self.room}/{self.who}"

    def get_message(self) -> Said:
        return Said(self.text)

    def is_tome(self) -> bool:
        return False


class Line(Adapter):
    """An adapter that reaches nobody."""

    @classmethod
    def get_name(cls) -> str:
        return "line"

    async def _call_api(self, bot: Bot, api: str, **data: Any) -> Any:
        return None


class Mouth(Bot):
    """A bot that says nothing."""

    async def send(self, event: Event, message: Any, **kwargs: Any) -> Any:
        return None


async def main() -> None:
    logger.remove()
    nonebot.init(driver="~none", log_level="ERROR")
    adapter = Line(nonebot.get_driver())
    bot, rows = Mouth(adapter, "bot"), Rows()

    @on_message().handle()
    async def heard(event: Heard) -> None:
        rows.keep(event.room, event.who, event.text)

    async def handle(number: int, text: str) -> None:
        await handle_event(bot, Heard(room=f"r{number % 100}", who=f"p{number % 4000}", text=text))

    await measure(handle, rows)


run(main)
