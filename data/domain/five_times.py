"""The five 第一时间 of a case, read from its timeline: found, accepted, resolved, confirmed, fed back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.domain.case import State
from data.domain.lifecycle import Action
from data.domain.rating import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from data.domain.steps import Step


@dataclass(frozen=True, slots=True)
class FiveTimes:
    """When a case was found, accepted, resolved, its result fed back and confirmed; None: not yet."""

    found: datetime | None = None
    accepted: datetime | None = None
    resolved: datetime | None = None
    fed_back: datetime | None = None
    confirmed: datetime | None = None


def five_times(steps: Iterable[Step]) -> FiveTimes:
    """Return the times of a case; after a 重办 the last 办结 counts, with what followed it."""
    found = accepted = resolved = fed_back = confirmed = None
    for step in steps:
        if step.undone:
            continue
        if step.action == Action.REPORT:
            found = step.at
        elif step.from_state is State.REPORTED and step.to_state in (State.ACCEPTED, State.ASSIGNED):
            accepted = step.at
        elif step.action == Action.RESOLVE:
            resolved, fed_back, confirmed = step.at, None, None
        elif step.action == Action.REOPEN:
            resolved = fed_back = confirmed = None
        elif step.action == Action.FEED_BACK:
            fed_back = fed_back or step.at
        elif _confirms(step):
            confirmed = confirmed or step.at
    return FiveTimes(found, accepted, resolved, fed_back, confirmed)


def _confirms(step: Step) -> bool:
    """Whether an appellant was content: silence until 归档 confirms nothing."""
    return step.action == Action.RATE and step.words is not None and ANSWERS[int(step.words)].content
