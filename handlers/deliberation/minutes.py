"""议事 纪要 1 内容: minutes; whoever called the meeting is reminded of them after three and seven days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.domain.errors import UserError
from data.domain.motion import Minutes
from data.domain.people import Role
from data.domain.reminder import ReminderKind
from handlers.activities.sparing import say_outcome
from handlers.activities.which import meeting_for, own
from handlers.cases.in_charge import holders
from handlers.context import said_in
from handlers.hearing.pictures import pictures_for
from handlers.saying.rooms_for import rooms_serving
from handlers.saying.say import Saying, answer_about, say_to_person
from handlers.saying.showing import resent
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from data.domain.events import ActivityCalled, ActivityCancelled, ActivityMoved
    from data.domain.reminder import Reminder
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

CHASED_AFTER = (3, 7)  # days
LINE = 60  # characters of the minutes that the group reads


def write(heard: Heard, command: Command) -> None:
    """Write down what was said at a meeting: a line in the group, all of it on the page: 议事 纪要 1 内容."""
    meeting = own(heard, command, meeting_for(heard, command.ref))
    require_held(heard, meeting)
    media = tuple(pictures_for(heard))
    more = bool(heard.uow.resolutions.minutes(meeting.id))  # the group has read a line of the first part
    written = Minutes(meeting.id, heard.now, heard.person.id, command.words, media)
    heard.uow.resolutions.write_minutes(written, said_in(heard))
    heard.uow.reminders.drop(meeting.id, ReminderKind.MINUTES)
    line = command.words.split("\n")[0]
    values = _values(meeting) | {"line": Said(line if len(line) <= LINE else f"{line[:LINE]}…")}
    this = (about(heard, "meeting", meeting),)
    said_here = False
    for room in () if more else rooms_serving(heard, [heard.uow.areas.get(meeting.area_id)]):
        name = f"{line_of(meeting, said_in(heard))}r{room.id}"
        new = say_outcome(heard, room, meeting, Saying("minutes.written", name, values, about=this))
        said_here = said_here or (new and heard.room == room)
    if not said_here:
        heard.private_answer = True
        answer_about(heard, "minutes.kept", (), about=this, **values)


def line_of(meeting: Activity, said: str | None) -> str:
    """Return how the names begin under which the line of minutes that a message wrote is said."""
    return f"minutes:{meeting.id}:{said}:"


def require_held(heard: Heard, meeting: Activity) -> None:
    """Raise unless a meeting has begun and was not cancelled."""
    if meeting.cancelled:
        raise UserError("meeting.over", number=meeting.number)
    if meeting.starts_at > heard.now:
        raise UserError("minutes.not_yet", number=meeting.number)


def watch(ctx: Context, event: ActivityCalled | ActivityMoved) -> None:
    """Set when whoever called a meeting is reminded of its minutes."""
    if event.activity.is_meeting:
        chase(ctx, event.activity)


def chase(ctx: Context, meeting: Activity) -> None:
    """Set the reminders of a meeting's minutes that are still ahead."""
    for days in CHASED_AFTER:
        kind = ReminderKind.MINUTES
        due = meeting.ends_at + timedelta(days=days)
        if due > ctx.now:
            ctx.uow.reminders.put(kind.key(meeting.id, days), kind, meeting.id, due, {"days": days})


def unwatch(ctx: Context, event: ActivityCancelled) -> None:
    """Nobody writes minutes of a meeting that is not held."""
    ctx.uow.reminders.drop(event.activity.id, ReminderKind.MINUTES)


def fire(ctx: Context, reminder: Reminder) -> None:
    """Remind whoever called a meeting that has no minutes; the officer, too, the second time."""
    meeting = ctx.uow.activities.get(reminder.subject)
    days = int(reminder.details["days"])
    moved = meeting.ends_at + timedelta(days=days) != reminder.due
    if meeting.cancelled or moved or ctx.uow.resolutions.minutes(meeting.id):
        return
    people = {meeting.caller_id: "minutes.remind"}
    if days == CHASED_AFTER[-1]:
        for _, officer in holders(ctx, meeting.area_id, (Role.OFFICER, Role.OPERATOR)):
            people.setdefault(officer.id, "minutes.tell_officer")
    caller = ctx.uow.people.get(meeting.caller_id).name
    values = _values(meeting) | {"days": days, "caller": caller, "resent": resent(ctx, reminder)}
    for person_id, key in people.items():
        name = f"rem:{reminder.id}:{reminder.due.isoformat()}:{person_id}"
        say_to_person(
            ctx, person_id, Saying(key, name, values, about=(about(ctx, "meeting", meeting),), quiet=True)
        )


def _values(meeting: Activity) -> dict[str, Any]:
    return {"number": meeting.number, "topic": Said(meeting.topic)}
