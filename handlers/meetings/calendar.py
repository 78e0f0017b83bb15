"""Meetings (议事会): called, announced, reminded of, moved, cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.domain.areas import AreaKind, RoomKind
from data.domain.errors import RefusedError, UserError
from data.domain.events import MeetingCalled, MeetingCancelled, MeetingMoved
from data.domain.people import STAFF
from data.domain.reminder import ReminderKind
from handlers.context import Heard, said_in
from handlers.hearing.lookup import meeting_for
from handlers.meetings import decisions
from handlers.saying.say import Saying, answer_about, answers_in_private, say
from handlers.saying.showing import day_and_time, resent
from handlers.saying.things import about
from handlers.texts.wording import Said
from nlp.reading.times import read_time

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.areas import Room
    from data.domain.meeting import Meeting
    from data.domain.reminder import Reminder
    from handlers.context import Context
    from handlers.hearing.grammar import Command


def call(heard: Heard, command: Command) -> None:
    """议事 时间 地点 议题: put a meeting into the calendar of the caller's residents' room."""
    room = _room(heard)
    starts_at, rest = _time(heard, command.words, command)
    place, _, topic = rest.partition(" ")
    if not topic.strip():
        raise UserError("meeting.form", example=command.form.example)
    area = heard.uow.areas.get(room.area_id or 0)
    community = heard.uow.areas.community_of(area.id) or area
    meeting = heard.uow.meetings.call(
        community_id=community.id,
        area_id=area.id,
        room_id=room.id,
        caller_id=heard.person.id,
        starts_at=starts_at,
        place=place,
        topic=topic.strip(),
        said_in=said_in(heard),
    )
    _schedule(heard, meeting)
    heard.happened(MeetingCalled(meeting))


def move(heard: Heard, command: Command) -> None:
    """议事 改期 #m 时间."""
    meeting = _own(heard, command)
    starts_at, _ = _time(heard, command.words, command)
    heard.uow.meetings.change(meeting.id, starts_at=starts_at)
    meeting = replace(meeting, starts_at=starts_at)
    _schedule(heard, meeting)
    heard.happened(MeetingMoved(meeting))


def cancel(heard: Heard, command: Command) -> None:
    """议事 取消 #m."""
    call_off(heard, _own(heard, command))


def call_off(heard: Heard, meeting: Meeting) -> None:
    """Cancel a meeting and its reminders; what waits for it goes on without it."""
    heard.uow.meetings.change(meeting.id, cancelled=True)
    heard.uow.reminders.drop(meeting.id, ReminderKind.MEETING)
    heard.happened(MeetingCancelled(meeting))
    decisions.proceed_without(heard, meeting)


def fire(ctx: Context, reminder: Reminder) -> None:
    """Remind the group; pointless once the meeting has begun or the next reminder is due."""
    meeting = ctx.uow.meetings.get(reminder.subject)
    before = timedelta(seconds=int(reminder.details["before"]))
    starts = meeting.starts_at
    superseded = any(b < before and starts - b <= ctx.now for b in (timedelta(hours=1),))
    if meeting.cancelled or starts <= ctx.now or superseded or starts - before != reminder.due:
        return
    room = ctx.uow.rooms.get(meeting.room_id)
    values = shown(ctx, meeting) | {"resent": resent(ctx, reminder)}
    dedupe = f"rem:{reminder.id}:{reminder.due.isoformat()}"
    say(ctx, room, Saying("meeting.reminder", dedupe, values, about=(about(ctx, "meeting", meeting),)))


def announce(ctx: Context, event: MeetingCalled) -> None:
    """Announce a meeting in its room; the one who called it elsewhere is told, too."""
    _announce(ctx, event.meeting, "meeting.called")


def announce_move(ctx: Context, event: MeetingMoved) -> None:
    """Announce another time."""
    _announce(ctx, event.meeting, "meeting.moved")


def announce_cancel(ctx: Context, event: MeetingCancelled) -> None:
    """Announce that a meeting will not be held."""
    _announce(ctx, event.meeting, "meeting.cancelled")


def _announce(ctx: Context, meeting: Meeting, key: str) -> None:
    room = ctx.uow.rooms.get(meeting.room_id)
    heard = ctx if isinstance(ctx, Heard) else None
    here = heard is not None and heard.room == room and not answers_in_private(heard)
    dedupe = f"{key}:{meeting.id}:{ctx.now.isoformat()}"
    reply_to = heard.inbound.message_id if heard is not None and here else None
    this = (about(ctx, "meeting", meeting),)
    say(ctx, room, Saying(key, dedupe, shown(ctx, meeting), about=this, reply_to=reply_to))
    if heard is not None and not here:
        answer_about(heard, key, (), about=this, **shown(ctx, meeting))


def shown(ctx: Context, meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as wordings show it."""
    return {
        "number": meeting.number,
        "topic": Said(meeting.topic),
        "place": Said(meeting.place),
        "time": day_and_time(ctx, meeting.starts_at),
        "count": len(ctx.uow.meetings.names(meeting.id)),
    }


def _schedule(ctx: Context, meeting: Meeting) -> None:
    ctx.uow.reminders.drop(meeting.id, ReminderKind.MEETING)
    for before, due in meeting.reminders(ctx.now):
        seconds = int(before.total_seconds())
        ctx.uow.reminders.put(
            ReminderKind.MEETING.key(meeting.id, seconds),
            ReminderKind.MEETING,
            meeting.id,
            due,
            {"before": seconds},
        )


def _time(heard: Heard, words: str, command: Command) -> tuple[datetime, str]:
    """Return when a meeting starts and what stands after the time, or raise a keyed error."""
    now = heard.policy.work.local(heard.now)
    said = read_time(words, now)
    if said is None:
        raise UserError("meeting.no_time", example=command.form.example)
    if not said.has_hour:
        raise UserError("meeting.no_hour", example=command.form.example)
    if said.at <= now:
        raise UserError("meeting.past", time=day_and_time(heard, said.at))
    return said.at, said.rest


def _room(heard: Heard) -> Room:
    """Return the residents' room a meeting is for: this one, or that of the speaker's only grid."""
    if heard.room is not None and heard.room.public:
        if not heard.roles_at(heard.room.area_id or 0) & STAFF:
            raise RefusedError("refused.room", verb="议事")
        return heard.room
    grids = {
        grid.id
        for duty in heard.duties
        if duty.role in STAFF and (grid := heard.uow.areas.nearest(duty.area_id, AreaKind.GRID))
    }
    rooms = [room for grid in sorted(grids) for room in heard.uow.rooms.of_area(grid, RoomKind.RESIDENTS)]
    if len(rooms) != 1:
        raise UserError("meeting.which_room")
    return rooms[0]


def _own(heard: Heard, command: Command) -> Meeting:
    meeting = meeting_for(heard, command.ref)
    if not heard.roles_at(meeting.area_id) & STAFF:
        raise RefusedError("refused.area", verb=command.verb.value, number=meeting.number)
    if meeting.cancelled or meeting.starts_at <= heard.now:
        raise UserError("meeting.over", number=meeting.number)
    return meeting
