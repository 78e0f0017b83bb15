"""Webhooks: where the steps of cases are told to other software (standardwebhooks.com)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.domain.lifecycle import Action

if TYPE_CHECKING:
    from datetime import datetime

CHANNEL = "webhook"  # the channel under which their rows lie in the outbox


class EventType(StrEnum):
    """The kinds of events that a webhook can ask for."""

    OPENED = "case.opened"
    ACCEPTED = "case.accepted"
    REJECTED = "case.rejected"
    ASSIGNED = "case.assigned"
    HANDED_BACK = "case.handed_back"
    PROGRESSED = "case.progressed"
    RESOLVED = "case.resolved"
    CLOSED = "case.closed"
    REOPENED = "case.reopened"
    DEFERRED = "case.deferred"
    RESUMED = "case.resumed"
    MERGED = "case.merged"
    WITHDRAWN = "case.withdrawn"
    JOINED = "case.joined"  # one more appeal, or order, for an open case
    SECONDED = "case.seconded"
    RATED = "case.rated"
    WHISTLED = "case.whistled"
    CHECKED_IN = "case.checked_in"
    UNDONE = "case.undone"  # 撤销
    UPDATED = "case.updated"  # whatever else is written into its timeline


EVENT_OF = {
    Action.REPORT: EventType.OPENED,
    Action.ACCEPT: EventType.ACCEPTED,
    Action.REJECT: EventType.REJECTED,
    Action.ASSIGN: EventType.ASSIGNED,
    Action.HAND_BACK: EventType.HANDED_BACK,
    Action.PROGRESS: EventType.PROGRESSED,
    Action.RESOLVE: EventType.RESOLVED,
    Action.CLOSE: EventType.CLOSED,
    Action.REOPEN: EventType.REOPENED,
    Action.DEFER: EventType.DEFERRED,
    Action.RESUME: EventType.RESUMED,
    Action.MERGE: EventType.MERGED,
    Action.WITHDRAW: EventType.WITHDRAWN,
    Action.JOIN: EventType.JOINED,
    Action.SECOND: EventType.SECONDED,
    Action.RATE: EventType.RATED,
    Action.WHISTLE: EventType.WHISTLED,
    Action.CHECK_IN: EventType.CHECKED_IN,
    Action.UNDO: EventType.UNDONE,
}


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where some events are sent. `secret` signs them (`whsec_` and 32 bytes in base64)."""

    id: int
    url: str
    secret: str
    events: frozenset[EventType]
    area_id: int | None
    allow_private: bool
    created_at: datetime
    ended_at: datetime | None = None
    why: str | None = None  # it ended: `removed`, or `gone` (the other side answered 410)
