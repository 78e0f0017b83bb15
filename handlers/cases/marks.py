"""Marks on a case beside its state: 督办, 挂账 until when, 议事中."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import State, Urgency
from data.domain.errors import UserError
from data.domain.four_discussions import FourStep
from data.domain.lifecycle import Action
from handlers.cases.grading import DANGEROUS
from handlers.saying.days import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.policy import Policy
    from data.uow import UnitOfWork
    from handlers.context import Heard
    from handlers.texts.wording import Texts


def marked_state(texts: Texts, policy: Policy, uow: UnitOfWork, case: Case, *, public: bool = False) -> str:
    """Return a case's state with its marks; residents do not read by when a leader wants it done."""

    def day(at: datetime) -> str:
        return day_of(texts, policy.work.local(at))

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


def needs_decision(policy: Policy, uow: UnitOfWork, case: Case) -> bool:
    """Whether the path of a case's grade demands a meeting that has not decided yet.

    What is dangerous cannot wait for one, and a dispute is nobody else's affair.
    """
    path = policy.paths.get(case.grade)
    if path is None or not path.meeting or case.dispute or case.urgency is not Urgency.NORMAL:
        return False
    if case.hazard is not None or case.category in DANGEROUS:
        return False
    if any(one.step is FourStep.RESOLVE for one in uow.resolutions.four(case_id=case.id)):
        return False
    return not any(s.action == Action.DECIDE and not s.undone for s in uow.timeline.of_case(case.id))


def is_for_meeting(policy: Policy, uow: UnitOfWork, case: Case) -> bool:
    """Whether a case is 议事中: it waits for a meeting, or its grade's path says that it must."""
    return case.awaits_meeting or needs_decision(policy, uow, case)


def needs_four(policy: Policy, uow: UnitOfWork, case: Case, now: datetime) -> bool:
    """Whether a case may be ended only after 四议两公开, and its decision has not been public long enough.

    Never what is dangerous; what is urgent but not dangerous may be decided afterwards.
    """
    path = policy.paths.get(case.grade)
    if path is None or not path.four_discussions or case.dispute or case.urgency is not Urgency.NORMAL:
        return False
    if case.hazard is not None or case.category in DANGEROUS:
        return False
    for one in uow.resolutions.four(case_id=case.id):
        if one.step is FourStep.PUBLISH_DECISION and one.publicity_id is not None:
            return not uow.publicities.get(one.publicity_id).has_run(now)
    return True


def require_decided(heard: Heard, case: Case) -> None:
    """Raise while a case still needs a meeting's decision, or 四议两公开."""
    path = heard.policy.paths.get(case.grade)
    if path is not None and path.four_discussions:
        if needs_four(heard.policy, heard.uow, case, heard.now):
            raise UserError("four.first", number=case.number, grade=heard.policy.grade_name(case.grade))
        return
    if needs_decision(heard.policy, heard.uow, case):
        grade = heard.policy.grade_name(case.grade)
        raise UserError("decide.first", number=case.number, grade=grade)
