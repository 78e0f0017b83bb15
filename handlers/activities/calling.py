"""楼栋日, 服务日, 活动: put into the calendar, moved, cancelled."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from data.domain.activity import LASTS, ActivityKind
from data.domain.areas import AreaKind
from data.domain.errors import UserError
from data.domain.events import ActivityCalled, ActivityCancelled, ActivityMoved
from data.domain.reminder import ReminderKind
from handlers.activities import series, units
from handlers.activities.announcing import schedule
from handlers.activities.where_and_what import place_and_topic, place_first
from handlers.activities.which import activity_for, fault, own
from handlers.context import said_in
from handlers.hearing.called_for import area_for
from handlers.saying.days import day_and_time
from handlers.saying.say import answer
from nlp.reading.every import EVERY
from nlp.reading.times import find_time

if TYPE_CHECKING:
    from datetime import datetime

    from typing_extensions import Unpack

    from data.domain.activity import Activity, Particulars
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

MOST_PLACES, MOST_POINTS = 9_999, 100
LONGEST = timedelta(hours=12)
ALL = ("全部", "所有")
_PLACES = re.compile(r"\s*(?:招|限|名额)\s*(-?\d{1,12})\s*(?:个?人|名)?(?=\s|$)")
_POINTS = re.compile(r"\s*积分\s*(-?\d{1,12})\s*分?(?=\s|$)")


class SaidTimes(NamedTuple):
    """When something starts and ends, and the words that follow."""

    starts_at: datetime
    ends_at: datetime
    rest: str


def building_day(heard: Heard, command: Command) -> None:
    """Call officials to a building, once or again and again: 楼栋日 楼栋 时间 地点 单位…."""
    area, rest = area_for(heard, command.verb.value, command.words)
    if area.kind is not AreaKind.BUILDING:
        raise UserError("activity.which_building", example=command.form.example)
    topic = heard.house.texts("activity.building_day", area=area.name)
    _day(heard, command, ActivityKind.BUILDING_DAY, area_id=area.id, words=rest, topic=topic)


def service_day(heard: Heard, command: Command) -> None:
    """Put a service day into the calendar: 服务日 时间 地点 谁来 (who is no unit is what is offered)."""
    area, rest = area_for(heard, command.verb.value, command.words)
    _day(heard, command, ActivityKind.SERVICE_DAY, area_id=area.id, words=rest)


def activity(heard: Heard, command: Command) -> None:
    """Put an activity into the calendar, one or a row of them: 活动 时间 地点 题目 [招n人] [积分n]."""
    area, rest = area_for(heard, command.verb.value, command.words)
    rest, places = _number(rest, _PLACES, MOST_PLACES, "activity.places_range")
    rest, points = _number(rest, _POINTS, MOST_POINTS, "points.range")
    if EVERY.match(rest):
        read = series.read(heard, command, rest)
        place, topic = place_and_topic(read.rest, command)
        series.start(
            heard,
            ActivityKind.ACTIVITY,
            area.id,
            read,
            place=place,
            topic=topic,
            places=places,
            points=points or 0,
        )
        return
    times = times_said(heard, rest, command)
    place, topic = place_and_topic(times.rest, command)
    put(
        heard,
        ActivityKind.ACTIVITY,
        area.id,
        times,
        place=place,
        topic=topic,
        places=places,
        points=points or 0,
    )


def put(
    heard: Heard,
    kind: ActivityKind,
    area_id: int,
    times: SaidTimes,
    *,
    invited: tuple[int, ...] = (),
    **values: Unpack[Particulars],
) -> Activity:
    """Write an activity down, set its reminders, invite the units; it is announced."""
    community = heard.uow.areas.community_of(area_id)
    made = heard.uow.activities.call(
        kind,
        community_id=community.id if community else area_id,
        area_id=area_id,
        caller_id=heard.person.id,
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        said_in=said_in(heard),
        **values,
    )
    heard.uow.activities.invite(made.id, invited)
    schedule(heard, made)
    heard.happened(ActivityCalled(made))
    return made


def move(heard: Heard, command: Command) -> None:
    """Give an activity another time, and tell those who come: 活动 改期 5 时间."""
    shift(heard, still_ahead(heard, own(heard, command, activity_for(heard, command))), command)


def shift(heard: Heard, activity: Activity, command: Command) -> None:
    """Give an activity the time that a command says."""
    times = times_said(heard, command.words, command)
    heard.uow.activities.change(activity.id, starts_at=times.starts_at, ends_at=times.ends_at)
    activity = replace(activity, starts_at=times.starts_at, ends_at=times.ends_at)
    schedule(heard, activity)
    heard.happened(ActivityMoved(activity))


def cancel(heard: Heard, command: Command) -> None:
    """Cancel an activity, or all that its row would bring: 活动 取消 5 [全部]."""
    found = own(heard, command, activity_for(heard, command))
    if command.words.strip() in ALL and found.series_id is not None:
        series.end(heard, heard.uow.activities.series(found.series_id))
        return
    call_off(heard, still_ahead(heard, found))


def call_off(ctx: Context, activity: Activity) -> None:
    """Cancel an activity and its reminders."""
    ctx.uow.activities.change(activity.id, cancelled=True)
    ctx.uow.reminders.drop(activity.id, ReminderKind.ACTIVITY)
    ctx.happened(ActivityCancelled(activity))


def undo(heard: Heard, said: str) -> bool:
    """Take back what a message called, a single activity or a row of them; False if it called none."""
    row = heard.uow.activities.series_said_in(said)
    if row is not None and not row.cancelled:
        series.end(heard, row)
        answer(heard, "activity.series_undone")
        return True
    one = heard.uow.activities.said_in(said)
    if one is None or one.cancelled:
        return False
    call_off(heard, one)
    return True


def still_ahead(heard: Heard, activity: Activity) -> Activity:
    """Return an activity that has not begun, or raise."""
    if activity.cancelled or activity.starts_at <= heard.now:
        raise fault(activity, "over")
    return activity


def times_said(heard: Heard, words: str, command: Command) -> SaidTimes:
    """Return when something is, and what stands after the time, or raise a keyed error."""
    now = heard.policy.work.local(heard.now)
    said = find_time(words, now)
    if said is None:
        raise UserError("meeting.no_time", example=command.form.example)
    if not said.has_hour:
        raise UserError("meeting.no_hour", example=command.form.example)
    if not said.sure:
        raise UserError("meeting.which_half", hour=f"{said.at:%H:%M}", example=command.form.example)
    if said.at <= now:
        raise UserError("meeting.past", time=day_and_time(heard, said.at))
    ends_at = said.until or said.at + LASTS
    if ends_at - said.at > LONGEST:  # 14:00-9:00 is a mistake
        raise UserError("activity.ends_before", example=command.form.example)
    return SaidTimes(said.at, ends_at, said.rest)


def _day(
    heard: Heard, command: Command, kind: ActivityKind, *, area_id: int, words: str, topic: str = ""
) -> None:
    """Call a day of the office; of a service day those who are no unit make its topic."""
    read = series.read(heard, command, words) if EVERY.match(words) else None
    times = None if read is not None else times_said(heard, words, command)
    place, names = place_first((read or times).rest)  # type: ignore[union-attr]  # one of them is
    if not place:
        raise UserError("activity.form", example=command.form.example)
    invited, others = units.named(heard, area_id, names)
    if kind is ActivityKind.SERVICE_DAY:
        topic = names.strip() or heard.house.texts("activity.service_day")
    elif others:
        raise units.unknown(heard, area_id, others[0])
    if read is not None:
        series.start(heard, kind, area_id, read, place=place, topic=topic, units=invited)
    elif times is not None:
        put(heard, kind, area_id, times, place=place, topic=topic, invited=invited)


def _number(words: str, pattern: re.Pattern[str], most: int, key: str) -> tuple[str, int | None]:
    """Take a number (招10人, 积分2) out of words; one that is out of bounds is refused."""
    found = pattern.search(words)
    if found is None:
        return words, None
    number = int(found[1])
    if not 1 <= number <= most:
        raise UserError(key, said=found[1], most=most)
    return words[: found.start()] + words[found.end() :], number
