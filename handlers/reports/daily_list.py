"""The daily list: at the opening of the office each member of staff is told what is theirs and falls due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.reminder import ReminderKind
from data.recurring import arm_daily
from handlers.cases.in_hand import in_hand, in_hand_row
from handlers.saying.numbers import number_to
from handlers.saying.say import Saying, say_to_person

if TYPE_CHECKING:
    from datetime import datetime

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
    found = in_hand(ctx, person, duties)
    cases = [case for case in found if not _is_today(ctx, case.reported_at)]  # those were told this morning
    if not cases:
        return
    texts = ctx.house.texts
    late = [case for case in cases if case.due and case.due < ctx.now]
    today = [case for case in cases if case not in late and case.due and _is_today(ctx, case.due)]
    more = texts("todo.more", count=len(cases) - MOST) if len(cases) > MOST else ""
    saying = Saying(
        "daily.list",
        dedupe=f"rem:{reminder.id}:{reminder.due.isoformat()}",
        values={
            "count": len(cases),
            "due": texts("daily.due", count=len(today)) if today else "",
            "late": texts("daily.late", count=len(late)) if late else "",
            "rows": "\n".join(
                in_hand_row(ctx, case, number_to(ctx, person.id, case)) for case in cases[:MOST]
            ),
            "more": more,
        },
        cases=tuple(cases[:MOST]),
        bundle=ReminderKind.DAILY,
    )
    say_to_person(ctx, person.id, saying)


def _is_today(ctx: Context, at: datetime) -> bool:
    return ctx.policy.work.local(at).date() == ctx.policy.work.local(ctx.now).date()
