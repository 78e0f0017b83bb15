"""The weekly digest (双亮): on Mondays each group hears what came in, was done, is open and why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.domain.case import State
from data.domain.figures import Scope, Told
from data.domain.lifecycle import Action
from data.domain.reminder import ReminderKind
from data.recurring import arm_digest
from handlers.cases.in_charge import holder_name
from handlers.cases.marks import is_for_meeting
from handlers.reports.community_life import good_news, in_digest
from handlers.reports.figures import rates_of, shown_rates
from handlers.reports.periods import last_week
from handlers.saying.days import date_name
from handlers.saying.say import Saying, say
from handlers.saying.showing import case_label, resent
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.areas import Area, Room
    from data.domain.case import Case
    from data.domain.reminder import Reminder
    from handlers.context import Context
    from handlers.reports.periods import Period


MOST = 8  # rows of one kind
AT_ONCE = 8  # rooms told in one transaction: meanwhile nobody else writes
AFTER = "after"


def look_up(ctx: Context, reminder: Reminder) -> list[tuple[Room, str]]:
    """Return some rooms of a community, the next ones, with what each is to be told; nothing for some."""
    community, after = ctx.uow.areas.get(reminder.subject), reminder.details.get(AFTER, 0)
    week = last_week(ctx.policy.work, ctx.now)
    rooms = ctx.uow.rooms.public_in(community.id, after=after, most=AT_ONCE)
    return [(room, digest(ctx, ctx.uow.areas.get(room.area_id or community.id), week)) for room in rooms]


def fire(ctx: Context, reminder: Reminder, told: list[tuple[Room, str]]) -> None:
    """Tell the groups of a community about last week, some at a time, and set the next digest."""
    community = reminder.subject
    if not reminder.details.get(AFTER):
        arm_digest(ctx.uow, ctx.policy.work, community, ctx.now)
    week = last_week(ctx.policy.work, ctx.now)
    mark = resent(ctx, reminder)
    for room, text in told:
        if text:
            dedupe = f"rem:{reminder.id}:{week.end.isoformat()}:r{room.id}"
            say(ctx, room, Saying("digest.said", dedupe, {"resent": mark, "text": text}))
    if len(told) == AT_ONCE:
        details = {AFTER: told[-1][0].id, "missed": bool(mark)}
        ctx.uow.reminders.put(
            f"{ReminderKind.DIGEST.key(community)}:{AFTER}",
            ReminderKind.DIGEST,
            community,
            ctx.now,
            details,
        )


def digest(ctx: Context, area: Area, week: Period) -> str:
    """Return what a group is told of its area's week; nothing where nothing happened."""
    texts, scope, span = ctx.house.texts, Scope(area), (week.start, week.end)
    told = {which: ctx.uow.figures.told_of(scope, which, *span, MOST) for which in Told}
    (new, came), (done, resolved), (still, left) = told.values()
    news = good_news(ctx, area, *span)
    if not (new or done or news or (still and _moved(ctx, scope, week))):
        return ""
    lines = [
        texts(
            "digest.head",
            area=area.name,
            first=date_name(ctx, week.start),
            last=date_name(ctx, week.end - timedelta(days=1)),
            new=new,
            done=done,
            open=still,
        )
    ]
    if new:
        lines.append(texts("digest.new", cases=_in_a_line(ctx, came, new)))
    lines += [_done(ctx, case) for case in resolved] + _more(ctx, done)
    lines += [_open(ctx, case) for case in left] + _more(ctx, still)
    rated = rates_of(ctx, scope, *span)
    lines.append(texts("digest.rates", **shown_rates(rated)))
    lines += in_digest(ctx, area, *span)
    if news:
        lines.append(news)
    return "\n".join(lines)


def _moved(ctx: Context, scope: Scope, week: Period) -> bool:
    """Whether something happened to an open case that week; what rests is listed until it goes on."""
    if ctx.uow.figures.something_moved(scope, week.start, week.end):
        return True
    by_meeting = [grade for grade, path in ctx.policy.paths.items() if path.meeting]
    waiting = ctx.uow.figures.open_of_grades(scope, by_meeting, week.end)
    return any(is_for_meeting(ctx.policy, ctx.uow, case) for case in waiting)


def _in_a_line(ctx: Context, cases: list[Case], count: int) -> str:
    shown = [ctx.house.texts("digest.new_case", number=c.number, kind=c.kind_name) for c in cases]
    return "、".join(shown) + "".join(_more(ctx, count))


def _done(ctx: Context, case: Case) -> str:
    label = case_label(ctx.policy, case)
    return ctx.house.texts("digest.done", number=case.number, label=label)


def _open(ctx: Context, case: Case) -> str:
    """Return a row of an open case: where it stands, with whom, until when it was put off and why."""
    texts = ctx.house.texts
    values: dict[str, Any] = {"number": case.number, "label": case_label(ctx.policy, case)}
    if case.state is State.DEFERRED and case.deferred_until is not None:
        reason, until = _last_words(ctx, case, Action.DEFER), date_name(ctx, case.deferred_until)
        if until not in reason:  # the step may name the day in its words
            reason = texts("digest.until", until=until, words=reason)
        return texts("digest.deferred", **values, words=Said(reason), public=True)
    who = holder_name(ctx, case)
    said_here = any(appeal.room_id is not None for appeal in ctx.uow.appeals.of_case(case.id))
    last = _last_words(ctx, case, Action.PROGRESS) if said_here else ""
    return texts(
        "digest.open",
        **values,
        state=_state(ctx, case),
        who=texts("digest.with", who=who) if who else "",
        words=texts("digest.because", words=Said(last), public=True) if last else "",
    )


def _state(ctx: Context, case: Case) -> str:
    """Return where an open case stands, and the meeting it waits for."""
    texts = ctx.house.texts
    state = texts("digest.waiting" if case.state is State.REPORTED else f"state.{case.state.value}")
    if not is_for_meeting(ctx.policy, ctx.uow, case):
        return state
    if case.meeting_id is None:
        return state + texts("digest.awaits")
    day = date_name(ctx, ctx.uow.activities.get(case.meeting_id).starts_at)
    return state + texts("digest.awaits_on", day=day)  # without its number: those here are numbers of cases


def _last_words(ctx: Context, case: Case, action: Action) -> str:
    said = [s.words for s in ctx.uow.timeline.of_case(case.id) if s.action == action and not s.undone]
    return (said[-1] or "") if said else ""


def _more(ctx: Context, count: int) -> list[str]:
    left = count - MOST
    return [ctx.house.texts("statistics_parts.more", count=left)] if left > 0 else []
