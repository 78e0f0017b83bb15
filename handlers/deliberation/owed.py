"""What was urgent is decided afterwards: a case that its grade's path wants 四议两公开 for, ended before it.

Whoever ended it hears at once that it still owes it, and its officers once more after five working days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import State, Urgency
from data.domain.four_discussions import REMIND_AFTER_DAYS, next_step
from data.domain.lifecycle import Action
from data.domain.people import Role
from data.domain.reminder import ReminderKind
from handlers.cases.grading import DANGEROUS
from handlers.cases.in_charge import holders
from handlers.saying.say import Saying, say_to_person
from handlers.saying.showing import case_label, resent

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.events import CaseStepped
    from data.domain.reminder import Reminder
    from handlers.context import Context


def note(ctx: Context, event: CaseStepped) -> None:
    """Say that a case which was ended still owes 四议两公开, and set when its officers are reminded."""
    if event.action is not Action.RESOLVE or not _owes(ctx, event.case):
        return
    work = ctx.policy.work
    due = work.next_open(work.end_of_day_after(ctx.now, REMIND_AFTER_DAYS))
    ctx.uow.reminders.put(
        ReminderKind.FOUR_OWED.key(event.step_id), ReminderKind.FOUR_OWED, event.case.id, due
    )
    if event.by is not None:
        name = f"four_owed:{event.step_id}"
        say_to_person(ctx, event.by.id, _saying(ctx, event.case, name, "four.owed", ""))


def fire(ctx: Context, reminder: Reminder) -> None:
    """Remind the officers over a case, once, that its 四议两公开 has not been made up for."""
    case = ctx.uow.cases.get(reminder.subject)
    if case.state not in (State.RESOLVED, State.CLOSED) or not _owes(ctx, case):
        return
    late = resent(ctx, reminder)
    for _, officer in holders(ctx, case.area_id, (Role.OFFICER, Role.OPERATOR)):
        name = f"rem:{reminder.id}:{reminder.due.isoformat()}:{officer.id}"
        say_to_person(ctx, officer.id, _saying(ctx, case, name, "four.still_owed", late))


def _owes(ctx: Context, case: Case) -> bool:
    """Whether a case was urgent, not dangerous, and its path wants steps that were not taken."""
    path = ctx.policy.paths.get(case.grade)
    if path is None or not path.four_discussions or case.dispute or case.urgency is not Urgency.URGENT:
        return False
    dangerous = case.hazard is not None or case.category in DANGEROUS
    return not dangerous and next_step(ctx.uow.resolutions.four(case_id=case.id)) is not None


def _saying(ctx: Context, case: Case, name: str, key: str, late: str) -> Saying:
    following = next_step(ctx.uow.resolutions.four(case_id=case.id))
    values = {
        "label": case_label(ctx.policy, case, public=False),
        "grade": ctx.policy.grade_name(case.grade),
        "next": following.value if following is not None else "",
        "number": case.number,
        "resent": late,
    }
    return Saying(key, name, values, (case,), quiet=True)
