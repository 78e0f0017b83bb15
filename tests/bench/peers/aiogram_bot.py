"""aiogram: a dispatcher that is fed updates."""

from __future__ import annotations

from aiogram import Bot, Dispatcher, F
from aiogram.types import Message, Update
from stored_row import Rows, measure, run


async def main() -> None:
    rows = Rows()
    dispatcher, bot = Dispatcher(), Bot("1:x")

    @dispatcher.message(F.text)
    async def heard(message: Message) -> None:
        rows.keep(message.chat.id, message.from_user.id if message.from_user else 0, message.text)

    async def handle(number: int, text: str) -> None:
        data = {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": 1_772_000_000,
                "chat": {"id": -number % 100 - 1, "type": "group", "title": "g"},
                "from": {"id": number % 4000 + 1, "is_bot": False, "first_name": "王"},
                "text": text,
            },
        }
        await dispatcher.feed_update(bot, Update.model_validate(data, context={"bot": bot}))

    await measure(handle, rows)
    await bot.session.close()


run(main)
