"""The bot's own doors: into which rooms it goes, and what those are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.saying.alerts import alert

if TYPE_CHECKING:
    from handlers.context import Heard

ACCEPT = "accept"
LONGEST_TOPIC = 60


def invited(heard: Heard) -> bool:
    """Follow an invitation of somebody with a duty; tell the operators of any other."""
    inbound = heard.inbound
    if heard.has_duty and heard.house.reach(inbound.channel).stable_ids:
        heard.detail = ACCEPT
    else:
        alert(heard, inbound.channel, "invited", inbound.message_id, name=inbound.name, topic=inbound.text)
    return True


def renamed(heard: Heard) -> bool:
    """Take a room's new name over from its channel."""
    if heard.room is not None and heard.inbound.text:
        heard.uow.rooms.rename(heard.room.id, heard.inbound.text[:LONGEST_TOPIC])
        heard.uow.roster_changed()
    return True
