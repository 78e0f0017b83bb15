"""The pictures that belong to a command: sent with it, or right before it by the same person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.conversation import Spot

if TYPE_CHECKING:
    from data.domain.case import Line
    from handlers.context import Heard

MOST = 9


def lines_before(heard: Heard) -> list[Line]:
    """Return the pictures the speaker sent right before, as lines; they belong to nothing else any more."""
    spot = Spot(heard.room.id if heard.room else None, heard.account.id)
    before = [line for line in heard.house.conversations.recent(spot, heard.now) if line.media]
    heard.house.conversations.forget(spot, heard.uow)
    return before[-MOST:]


def pictures_for(heard: Heard) -> list[str]:
    """Return the pictures of a command, the first one first."""
    own = [heard.inbound.media] if heard.inbound.media else []
    return [*(line.media for line in lines_before(heard) if line.media), *own][-MOST:]
