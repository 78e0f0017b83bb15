"""The daily list: at the opening of the office each member of staff is told what is theirs and falls due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import State
from data.domain.figures import Scope
from data.domain.people import STAFF, Role
from data.domain.reminder import ReminderKind
from data.recurring import arm_daily
from handlers.cases.in_charge import in_charge
from handlers.cases.marks import marked_state
from handlers.saying.numbers import number_to
from handlers.saying.say import Saying, say_to_person
from handlers.saying.showing import case_label, when

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.people import Duty, Person
    from data.domain.reminder import Reminder
    from handlers.context import Context


MOST = 10


def fire(ctx: Context, reminder: Reminder) -> None:
    """Tell somebody what is theirs today, and set the next list; who has no duty any more gets none."""
    duties = ctx.uow.people.duties(reminder.subject)
    if not duties:
        return
    arm_daily(ctx.uow, ctx.policy.work, reminder.subject, ctx.now)
    if reminder.missed(ctx.now):
        return  # the day has begun without it; 待办 says the same
    person = ctx.uow.people.get(reminder.subject)
    cases = sorted(theirs(ctx, person, duties), key=lambda case: (_due(case), case.id))
    if not cases:
        return
    texts = ctx.house.texts
    late = [case for case in cases if _due(case) < ctx.now]
    today = [case for case in cases if case not in late and _is_today(ctx, _due(case))]
    more = texts("todo.more", count=len(cases) - MOST) if len(cases) > MOST else ""
    saying = Saying(
        "daily.list",
        dedupe=f"rem:{reminder.id}:{reminder.due.isoformat()}",
        values={
            "count": len(cases),
            "due": texts("daily.due", count=len(today)) if today else "",
            "late": texts("daily.late", count=len(late)) if late else "",
            "rows": "\n".join(_row(ctx, case, person) for case in cases[:MOST]),
            "more": more,
        },
        cases=tuple(cases[:MOST]),
        bundle=ReminderKind.DAILY,
    )
    say_to_person(ctx, person.id, saying)


def theirs(ctx: Context, person: Person, duties: list[Duty]) -> list[Case]:
    """Return the open cases that are somebody's: handled by them, assigned to them, or theirs to take in."""
    found: dict[int, Case] = {}
    for duty in duties:
        if duty.role in STAFF or duty.role is Role.MEDIATOR:
            for case in ctx.uow.figures.open(Scope(ctx.uow.areas.get(duty.area_id))):
                found[case.id] = case
    for case in ctx.uow.cases.open_of(person.id, None):
        found[case.id] = case
    return [case for case in found.values() if _is_theirs(ctx, person, case)]


def _is_theirs(ctx: Context, person: Person, case: Case) -> bool:
    if case.state is State.DEFERRED or _is_today(ctx, case.reported_at):
        return False  # it sleeps until its date; what came up this morning was told this morning
    if person.id in (case.assignee_id, case.handler_id):
        return True
    if case.assignee_id is not None or case.assignee_org_id is not None or case.handler_id is not None:
        return False
    return any(holder.person.id == person.id for holder in in_charge(ctx, case))


def _row(ctx: Context, case: Case, person: Person) -> str:
    texts, by = ctx.house.texts, _by(case)
    state = marked_state(texts, ctx.policy, ctx.uow, case)
    if by is not None:
        state = texts("todo.late" if by < ctx.now else "todo.due", state=state, by=when(ctx, by))
    number = number_to(ctx, person.id, case)
    return texts("row", case=number, label=case_label(ctx.policy, case, public=False), state=state)


def _is_today(ctx: Context, at: datetime) -> bool:
    return ctx.policy.work.local(at).date() == ctx.policy.work.local(ctx.now).date()


def _by(case: Case) -> datetime | None:
    return case.accept_by if case.state is State.REPORTED else case.resolve_by


def _due(case: Case) -> datetime:
    by = _by(case)
    return by or case.reported_at.replace(year=9999)
