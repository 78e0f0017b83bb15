"""Volunteers (志愿者): help requests, the ledger of points, what they are exchanged for, wishes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """Help that staff look for (求助). `number` counts within the community."""

    id: int
    community_id: int
    number: int
    area_id: int
    asker_id: int
    words: str
    asked_at: datetime
    taken_by_id: int | None = None
    done_at: datetime | None = None
    minutes: int | None = None  # how long it took


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry of the ledger: when, how many (negative: taken), why, from whom, what it came of."""

    id: int
    community_id: int
    person_id: int
    at: datetime
    amount: int
    why: str
    giver_id: int | None
    source: str  # "given", "activity:5", "help:7", "exchange:3"


class ExchangeState(StrEnum):
    """Where an exchange stands: its points are gone until it is cancelled."""

    RESERVED = "reserved"
    HANDED = "handed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Exchange:
    """Points for a good (兑换). `number` counts within the community."""

    id: int
    community_id: int
    number: int
    person_id: int
    good: str
    price: int
    at: datetime
    state: ExchangeState = ExchangeState.RESERVED


class WishState(StrEnum):
    """Where a wish stands."""

    WAITING = "waiting"
    PUBLISHED = "published"
    CLAIMED = "claimed"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish (心愿): whose it is is not said in the group. `number` counts within the community."""

    id: int
    community_id: int
    number: int
    area_id: int
    person_id: int
    words: str
    at: datetime
    state: WishState = WishState.WAITING
    claimed_by_id: int | None = None
    said_in: str | None = None
