"""Webhooks: where the steps of cases are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from data.domain.webhook import CHANNEL, EventType, Webhook
from data.repositories.base import Repository
from data.tables.interfaces import webhooks
from data.tables.outbox import outbox

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.engine import Row

_LIVE = select(webhooks).where(webhooks.c.ended_at.is_(None)).order_by(webhooks.c.id)


class Webhooks(Repository):
    """Webhooks: where which events are sent, and how each of them fares."""

    _live: list[Webhook] | None = None

    def add_one(
        self,
        url: str,
        secret: str,
        events: Iterable[EventType],
        *,
        area_id: int | None,
        allow_private: bool,
        now: datetime,
    ) -> Webhook:
        """Let some events be sent to an address from now on."""
        row = {
            "url": url,
            "secret": secret,
            "events": sorted(events),
            "area_id": area_id,
            "allow_private": allow_private,
            "created_at": now,
        }
        self._live = None
        return self.get(self.add(webhooks, row))

    def get(self, webhook_id: int) -> Webhook:
        """Return a webhook that exists."""
        return _webhook(self.one(select(webhooks).where(webhooks.c.id == webhook_id)))

    def find(self, webhook_id: int) -> Webhook | None:
        """Return the webhook with a number, None if there is none."""
        row = self.first(select(webhooks).where(webhooks.c.id == webhook_id))
        return _webhook(row) if row else None

    def live(self) -> list[Webhook]:
        """Return those that are told something; looked up once in a unit of work."""
        if self._live is None:
            self._live = [_webhook(row) for row in self.all(_LIVE)]
        return self._live

    def everyone(self) -> list[Webhook]:
        """Return all webhooks, those that ended too."""
        return [_webhook(row) for row in self.all(select(webhooks).order_by(webhooks.c.id))]

    def end(self, webhook_id: int, now: datetime, why: str) -> bool:
        """Tell a webhook nothing any more, what waits neither; return whether it was told something."""
        mine = webhooks.c.id == webhook_id, webhooks.c.ended_at.is_(None)
        ended = self.run(update(webhooks).where(*mine).values(ended_at=now, why=why)) > 0
        waiting = outbox.c.lane == lane(webhook_id), outbox.c.state.in_(("queued", "sending"))
        self.run(update(outbox).where(*waiting).values(state="silenced", lease_until=None))
        self._live = None
        return ended

    def waiting(self, webhook_id: int) -> int:
        """Return how many events wait to be sent to a webhook."""
        rows = self.all(
            select(outbox.c.id).where(
                outbox.c.lane == lane(webhook_id), outbox.c.state.in_(("queued", "sending"))
            )
        )
        return len(rows)


def lane(webhook_id: int) -> str:
    """Return the lane of a webhook in the outbox: what is told to it is told in order."""
    return f"{CHANNEL}:{webhook_id}"


def _webhook(row: Row[Any]) -> Webhook:
    return Webhook(
        row.id,
        row.url,
        row.secret,
        frozenset(EventType(one) for one in row.events),
        row.area_id,
        row.allow_private,
        row.created_at,
        row.ended_at,
        row.why,
    )
