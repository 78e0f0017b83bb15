"""四议两公开: six steps, in this order only, one at a time.

提议 商议 审议 决议 (the four discussions), 决议公开 结果公开 (the two publications).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

REMIND_AFTER_DAYS = 5  # working days after a step its officer is reminded of the next
OUTCOME_DAYS = 3  # how long 结果公开 stands


class FourStep(StrEnum):
    """The steps; the value is the word people say."""

    PROPOSE = "提议"
    CONSULT = "商议"
    EXAMINE = "审议"
    RESOLVE = "决议"
    PUBLISH_DECISION = "决议公开"
    PUBLISH_OUTCOME = "结果公开"


ORDER = tuple(FourStep)


@dataclass(frozen=True, slots=True)
class FourTaken:
    """One step that was taken on a case or a motion."""

    id: int
    case_id: int | None
    motion_id: int | None
    step: FourStep
    at: datetime
    by_id: int
    words: str
    publicity_id: int | None = None


def next_step(taken: Sequence[FourTaken]) -> FourStep | None:
    """Return the step that comes next, None when all are taken."""
    return ORDER[len(taken)] if len(taken) < len(ORDER) else None
