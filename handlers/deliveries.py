"""What follows when a message has reached its channel, or never will: 反馈 is measured when it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.lifecycle import Action
from data.domain.purpose import Purpose, meant
from data.domain.webhook import CHANNEL
from handlers.appeals import voice_and_video
from handlers.cases.steps import record
from handlers.context import Context
from handlers.notices import giving
from handlers.webhooks import ending

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.messages import Claimed
    from data.uow import UnitOfWork
    from handlers.context import House


def delivered(house: House, uow: UnitOfWork, claimed: Claimed, now: datetime) -> None:
    """Do what the purposes of a message's rows ask for once it is out."""
    ctx = Context(house, uow, now)
    for purpose, case_ids in claimed.purposes:
        kind, ids = meant(purpose)
        if kind is Purpose.FEEDBACK:
            for case_id in case_ids:
                record(ctx, uow.cases.get(case_id), Action.FEED_BACK, by=None)
        elif kind is Purpose.NOTICE:
            giving.delivered(ctx, *ids)
        elif kind in (Purpose.GOODBYE, Purpose.ONCE):
            uow.outbox.forget(claimed.ids)


def given_up(house: House, uow: UnitOfWork, claimed: Claimed, now: datetime, *, gone: bool = False) -> None:
    """Do what the purposes of a message's rows ask for when it cannot be delivered.

    `gone`: whom it was for said that there will be nobody any more.
    """
    if claimed.outgoing.channel == CHANNEL:
        ending.given_up(Context(house, uow, now), claimed, gone=gone)
    for purpose, _ in claimed.purposes:
        kind, ids = meant(purpose)
        if kind is Purpose.UNHEARD:
            voice_and_video.undelivered(Context(house, uow, now), *ids)
