"""Housekeeping: what need not be kept any longer goes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from data.store import Store


KNOWN_FOR = timedelta(days=7)  # a channel does not bring a message again after that


def tidy(store: Store, now: datetime) -> None:
    """Forget the ids of old chat, the words of messages that failed, invitations that ended."""
    with store.write() as uow:
        uow.inbox.forget_chat(now - KNOWN_FOR)
        uow.invitations.forget(now - KNOWN_FOR)
        uow.commit()
