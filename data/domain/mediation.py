"""Mediation (调解): what was agreed between two sides, and whether they say that the record is right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class MediationOutcome(StrEnum):
    """What a mediation came to."""

    SUCCESS = "success"
    FAILURE = "failure"
    LAW = "law"  # 转法律途径


@dataclass(frozen=True, slots=True)
class Mediation:
    """One record of a mediation; `outcome` is None while it goes on."""

    id: int
    case_id: int
    mediator_id: int
    at: datetime
    words: str
    outcome: MediationOutcome | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One side was asked whether a record is right; `agrees` is None until they answer."""

    id: int
    mediation_id: int
    case_id: int
    person_id: int
    account_id: int
    asked_at: datetime
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Successes:
    """How many mediations ended, and how many of them well."""

    ended: int
    successful: int

    @property
    def rate(self) -> float | None:
        """The share that ended well (0 to 1); None where none has ended."""
        return self.successful / self.ended if self.ended else None


def successes(outcomes: Iterable[MediationOutcome]) -> Successes:
    """Return the success rate of mediations: a case counts once, with what it came to last."""
    ended = list(outcomes)
    return Successes(len(ended), ended.count(MediationOutcome.SUCCESS))
