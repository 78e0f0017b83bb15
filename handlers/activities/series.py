"""Rows of activities (服务日 每月15日9点): each announced three days before, under a number of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from data.domain.activity import ANNOUNCED, LASTS
from data.domain.errors import UserError
from data.domain.events import ActivityCalled, ActivityCancelled
from data.domain.reminder import ReminderKind
from data.recurring import next_time
from handlers.activities.announcing import schedule
from handlers.context import said_in
from handlers.saying.days import day_and_time
from handlers.saying.say import answer
from nlp.reading.every import NEVER, read_every

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from data.domain.activity import Activity, ActivityKind, Particulars, Series
    from data.domain.reminder import Reminder
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command
    from nlp.reading.every import Every

MINUTE = timedelta(minutes=1)


def read(heard: Heard, command: Command, words: str) -> Every:
    """Return the time that comes round with which words begin; raise if it never comes, or not each month."""
    said = read_every(words)
    if said is None:
        raise UserError("meeting.no_time", example=command.form.example)
    if said.fault:
        raise UserError(f"activity.{said.fault}", said=said.shown)
    if said.starts is None:
        raise UserError("meeting.no_hour", example=command.form.example)
    if said.ends is not None and said.ends <= said.starts:
        raise UserError("activity.ends_before", example=command.form.example)
    if next_time(heard.policy.work, said.rule, said.starts, heard.now) is None:
        raise UserError(f"activity.{NEVER}", said=said.shown)
    return said


def start(
    heard: Heard,
    kind: ActivityKind,
    area_id: int,
    said: Every,
    units: tuple[int, ...] = (),
    **values: Unpack[Particulars],
) -> None:
    """Write a row down and bring its next time; who started it hears when that is."""
    community = heard.uow.areas.community_of(area_id)
    starts = said.starts or 0
    lasts = said.ends - starts if said.ends is not None else int(LASTS / MINUTE)
    row = heard.uow.activities.start_series(
        community_id=community.id if community else area_id,
        area_id=area_id,
        caller_id=heard.person.id,
        kind=kind,
        rule=said.rule,
        shown=said.shown,
        starts=starts,
        lasts=lasts,
        said_in=said_in(heard),
        units=units,
        **values,
    )
    upcoming = next_time(heard.policy.work, row.rule, row.starts, heard.now)
    assert upcoming is not None  # noqa: S101  `read` has refused the others
    heard.private_answer = True
    answer(
        heard,
        "activity.planned",
        kind=heard.house.texts(f"activity.kind.{kind.value}"),
        every=row.shown,
        hour=f"{row.starts // 60:02d}:{row.starts % 60:02d}",
        place=row.place,
        next=day_and_time(heard, upcoming),
    )
    bring(heard, row, heard.now)


def bring(ctx: Context, row: Series, after: datetime) -> None:
    """Announce the next time of a row if it is three days off or less, and set when the one after is."""
    upcoming = next_time(ctx.policy.work, row.rule, row.starts, after)
    while upcoming is not None and upcoming - ANNOUNCED <= ctx.now:
        if upcoming > ctx.now:
            _call(ctx, row, upcoming)
        upcoming = next_time(ctx.policy.work, row.rule, row.starts, upcoming)
    if upcoming is not None:
        due = upcoming - ANNOUNCED
        details = {"after": (upcoming - MINUTE).isoformat()}
        ctx.uow.reminders.put(ReminderKind.SERIES.key(row.id), ReminderKind.SERIES, row.id, due, details)


def fire(ctx: Context, reminder: Reminder) -> None:
    """Bring the time of a row that is three days off now."""
    row = ctx.uow.activities.series(reminder.subject)
    if not row.cancelled:
        bring(ctx, row, datetime.fromisoformat(reminder.details["after"]))


def end(ctx: Context, row: Series) -> None:
    """Let nothing more come of a row; what was announced of it is cancelled."""
    ctx.uow.activities.end_series(row.id)
    ctx.uow.reminders.drop(row.id, ReminderKind.SERIES)
    for one in ctx.uow.activities.of_series(row.id, ctx.now):
        ctx.uow.activities.change(one.id, cancelled=True)
        ctx.uow.reminders.drop(one.id, ReminderKind.ACTIVITY)
        ctx.happened(ActivityCancelled(one))


def _call(ctx: Context, row: Series, starts_at: datetime) -> Activity:
    made = ctx.uow.activities.call(
        row.kind,
        community_id=row.community_id,
        area_id=row.area_id,
        caller_id=row.caller_id,
        starts_at=starts_at,
        ends_at=starts_at + row.lasts * MINUTE,
        place=row.place,
        topic=row.topic,
        places=row.places,
        points=row.points,
        series_id=row.id,
    )
    ctx.uow.activities.invite(made.id, row.units)
    schedule(ctx, made)
    ctx.happened(ActivityCalled(made))
    return made
