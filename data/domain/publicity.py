"""Publicity (公示): what stands on the public board for some days, and what people object to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class PublicityKind(StrEnum):
    """What is made public."""

    NOTICE = "notice"  # 公示
    DECISION = "decision"  # 决议公开, of 四议两公开
    OUTCOME = "outcome"  # 结果公开
    LEDGER = "ledger"  # 台账, by month


@dataclass(frozen=True, slots=True)
class Publicity:
    """One publicity. `number` counts within the community; a ledger has no end."""

    id: int
    community_id: int
    number: int
    areas: tuple[int, ...]
    kind: PublicityKind
    title: str
    words: str
    media: tuple[str, ...]
    by_id: int
    starts_at: datetime
    ends_at: datetime | None
    withdrawn: bool = False
    closed: bool = False  # its end was said
    case_id: int | None = None
    motion_id: int | None = None
    said_in: str | None = None

    def in_force(self, now: datetime) -> bool:
        """Whether one may still object: the second of the end is late."""
        if self.withdrawn or self.closed or self.ends_at is None:
            return False
        return now.replace(microsecond=0) < self.ends_at

    def has_run(self, now: datetime) -> bool:
        """Whether its time is over, in full."""
        return not self.withdrawn and self.ends_at is not None and now >= self.ends_at


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody objects; `number` counts within the publicity: 4-1."""

    id: int
    publicity_id: int
    number: int
    person_id: int
    account_id: int
    words: str
    at: datetime
    answer: str | None = None
