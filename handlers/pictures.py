"""The pictures that belong to a command: sent with it, or right before it by the same person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.conversation import Spot

if TYPE_CHECKING:
    from handlers.context import Heard

MOST = 9


def pictures_for(heard: Heard) -> list[str]:
    """Return the pictures, the first one first; they belong to nothing else any more."""
    spot = Spot(heard.room.id if heard.room else None, heard.account.id)
    before = [line.media for line in heard.house.conversations.recent(spot, heard.now) if line.media]
    heard.house.conversations.forget(spot, heard.uow)
    own = [heard.inbound.media] if heard.inbound.media else []
    return [*before, *own][-MOST:]
