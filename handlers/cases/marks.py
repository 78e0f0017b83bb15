"""Marks on a case beside its state: 督办, 挂账 until when, 议事中."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import State
from handlers.meetings.decisions import is_for_meeting
from handlers.saying.showing import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.policy import Policy
    from data.uow import UnitOfWork
    from handlers.texts.wording import Texts


def marked_state(texts: Texts, policy: Policy, uow: UnitOfWork, case: Case, *, public: bool = False) -> str:
    """Return a case's state with its marks; residents do not read by when a leader wants it done."""

    def day(at: datetime) -> str:
        return day_of(policy.work.local(at).date())

    found = texts(f"state.{case.state.value}")
    if case.state is State.DEFERRED and case.deferred_until:
        found += texts("mark.deferred", day=day(case.deferred_until))
    if not case.is_open:
        return found
    if case.supervised_until:
        key = "mark.supervised" if public else "mark.supervised_until"
        found += texts(key, day=day(case.supervised_until))
    if is_for_meeting(policy, uow, case):
        found += texts("mark.awaits_meeting")
    return found
