"""An order (工单) of the city's hotline: what somebody told 12345, with its own deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Order:
    """A row of a hotline's sheet. `deadline` is as the place's clocks show it, without a zone.

    `digit` (1-5) is the caller's answer, where the hotline has called back already.
    """

    number: str
    text: str
    name: str = ""
    phone: str = ""
    address: str = ""
    category: str = ""
    deadline: datetime | None = None
    digit: int | None = None


@dataclass(frozen=True, slots=True)
class KeptOrder:
    """An order that was taken in, and the case it belongs to. Times are UTC."""

    number: str
    case_id: int
    joined: bool  # came to a case that was already there
    taken_in_at: datetime
    name: str
    phone: str
    address: str
    text: str
    deadline: datetime | None = None
    digit: int | None = None
    answered_at: datetime | None = None


class NewOrder(TypedDict):
    """The fields of an order that is taken in (those of `KeptOrder`)."""

    number: str
    case_id: int
    joined: bool
    taken_in_at: datetime
    name: str
    phone: str
    address: str
    text: str
    deadline: datetime | None
    digit: int | None
    answered_at: datetime | None
