"""Rows of the outbox, for tests and measurements of what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.store import Store


def fill(
    store: Store, channel: str, said: Iterable[tuple[str, str]], *, alone: bool = False, **more: Any
) -> None:
    """Let the bot have something to say: rooms (or people: no @ in an id of WeChat) with a text each."""
    now = SystemClock().now()
    like: dict[str, Any] = {"channel": channel, "kind": "text", "mentions": [], "cases": [], "quiet": False}
    like |= {"created_at": now, "send_at": now} | more
    with store.write() as uow:
        for chat, text in said:
            to = {"to": chat} if alone or (channel == "wechaty" and "@" not in chat) else {"room": chat}
            key = f"{chat}/{text}/{more.get('media')}"
            uow.outbox.put({**like, **to, "lane": chat, "text": text, "dedupe_key": key})
        uow.commit()
