"""python-telegram-bot: an application that takes updates in without a network."""

from __future__ import annotations

import json
from typing import Any

from stored_row import Rows, measure, run
from telegram import Update
from telegram.ext import Application, MessageHandler, filters
from telegram.request import BaseRequest

ME = {"id": 1, "is_bot": True, "first_name": "bot", "username": "bot"}
ANSWER = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "group", "title": "g"}, "text": "ok"}


class NoNetwork(BaseRequest):
    """Answers everything at once."""

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        result = ME if url.endswith("getMe") else ANSWER
        return 200, json.dumps({"ok": True, "result": result}).encode()


async def main() -> None:
    rows = Rows()

    async def heard(update: Update, _context: Any) -> None:
        message = update.effective_message
        rows.keep(message.chat_id, message.from_user.id, message.text)

    request = NoNetwork()
    application = (
        Application.builder()
        .token("1:x")
        .request(request)
        .get_updates_request(NoNetwork())
        .updater(None)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, heard))
    await application.initialize()

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
        await application.process_update(Update.de_json(data, application.bot))

    await measure(handle, rows)
    await application.shutdown()


run(main)
