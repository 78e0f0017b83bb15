"""The daily list: at the opening of the office each member of staff is told what is theirs and falls due.

Visits that are due today are told beside it, in the same message; those that were missed stand in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.domain.reminder import ReminderKind
from data.recurring import arm_daily
from handlers.cases.in_hand import in_hand, in_hand_row
from handlers.saying.days import day_of
from handlers.saying.numbers import number_to
from handlers.saying.say import Saying, say_to_person
from handlers.saying.showing import place_name

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.reminder import Reminder
    from handlers.context import Context


MOST = 10


def look_up(ctx: Context, reminder: Reminder) -> Saying | None:
    """Return what somebody is to be told today; None where there is nothing, or nobody has to be."""
    duties = ctx.uow.people.duties(reminder.subject)
    if not duties or reminder.missed(ctx.now):
        return None  # the day has begun without it; 待办 says the same
    person = ctx.uow.people.get(reminder.subject)
    found = in_hand(ctx, person, duties)
    cases = [case for case in found if not _is_today(ctx, case.reported_at)]  # those were told this morning
    texts = ctx.house.texts
    missed = _missed(ctx, person.id)
    if not cases:
        if not missed or not _visits_today(ctx, person.id):
            return None  # a visit that was missed is no news of its own
        return Saying("daily.only_missed", "", {"missed": missed})
    late = [case for case in cases if case.due and case.due < ctx.now]
    today = [case for case in cases if case not in late and case.due and _is_today(ctx, case.due)]
    more = texts("todo.more", count=len(cases) - MOST) if len(cases) > MOST else ""
    return Saying(
        "daily.list",
        dedupe="",
        values={
            "count": len(cases),
            "due": texts("daily.due", count=len(today)) if today else "",
            "late": texts("daily.late", count=len(late)) if late else "",
            "rows": "\n".join(
                in_hand_row(ctx, case, number_to(ctx, person.id, case)) for case in cases[:MOST]
            ),
            "more": more,
            "missed": f"\n{missed}" if missed else "",
        },
        cases=tuple(cases[:MOST]),
    )


def fire(ctx: Context, reminder: Reminder, saying: Saying | None) -> None:
    """Tell somebody what is theirs today, and set the next list; who has no duty any more gets none."""
    if not ctx.uow.people.duties(reminder.subject):
        return
    arm_daily(ctx.uow, ctx.policy.work, reminder.subject, ctx.now)
    if saying is not None:
        dedupe = f"rem:{reminder.id}:{reminder.due.isoformat()}"
        say_to_person(ctx, reminder.subject, replace(saying, dedupe=dedupe, bundle=ReminderKind.DAILY))


def _visits_today(ctx: Context, person_id: int) -> bool:
    """Whether somebody hears today of a visit that is due."""
    today = ctx.policy.work.local(ctx.now).date()
    return any(
        plan.due == today or today in ctx.uow.visits.open_turns(plan.id)
        for plan in ctx.uow.visits.plans_of(person_id)
    )


def _missed(ctx: Context, person_id: int) -> str:
    """Return the line of the visits that somebody should have made by now; nothing if there are none."""
    today = ctx.policy.work.local(ctx.now).date()
    texts = ctx.house.texts
    found = [
        texts(
            "daily.missed_row",
            where=place_name(plan.place, public=False),
            whom=f"({plan.whom})" if plan.whom else "",
            day=day_of(texts, due),
        )
        for plan in ctx.uow.visits.plans_of(person_id)
        for due in ctx.uow.visits.open_turns(plan.id)
        if due < today
    ]
    if not found:
        return ""
    return texts("daily.missed", count=len(found), rows="、".join(found[:MOST]))


def _is_today(ctx: Context, at: datetime) -> bool:
    return ctx.policy.work.local(at).date() == ctx.policy.work.local(ctx.now).date()
