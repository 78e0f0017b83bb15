"""What is said of an activity: called, moved, cancelled, in every room of its area; and its reminders."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.domain.activity import ActivityKind, UnitState
from data.domain.purpose import Purpose
from data.domain.reminder import ReminderKind
from handlers.activities.sparing import has_room_for, tell_who_comes
from handlers.activities.which import worded
from handlers.context import Heard
from handlers.saying.agenda import agenda
from handlers.saying.days import day_and_time
from handlers.saying.gently import LIFE, say_gently
from handlers.saying.rooms_for import rooms_serving
from handlers.saying.say import Saying, answer_about, answers_in_private, organisation_at, say
from handlers.saying.showing import resent
from handlers.saying.things import about
from handlers.texts.wording import Said
from nlp.reading.jielong import heads_of

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from data.domain.events import ActivityCalled, ActivityCancelled, ActivityMoved
    from data.domain.reminder import Reminder
    from handlers.context import Context

DAY, HOUR = timedelta(hours=24), timedelta(hours=1)


def announce(ctx: Context, event: ActivityCalled) -> None:
    """Announce an activity in its rooms, and to who called it elsewhere; invite the units in theirs."""
    activity = event.activity
    key = "meeting.called" if activity.is_meeting else f"activity.called.{activity.kind.value}"
    tell(ctx, activity, key)
    _tell_units(ctx, activity, "activity.invited")


def announce_move(ctx: Context, event: ActivityMoved) -> None:
    """Announce another time; where a group has heard enough of a meeting, to who comes."""
    tell(ctx, event.activity, worded(event.activity, "moved"), sparingly=True)
    _tell_units(ctx, event.activity, "activity.moved_for_units")


def announce_cancel(ctx: Context, event: ActivityCancelled) -> None:
    """Announce that an activity will not be held; who comes to it is no news any more."""
    purpose = Purpose.LIST.of(event.activity.id)
    for room in rooms_serving(ctx, [ctx.uow.areas.get(event.activity.area_id)]):
        waiting = ctx.uow.outbox.waiting_for(purpose, room.id)
        if waiting is not None:
            ctx.uow.outbox.silence(waiting)
    tell(ctx, event.activity, worded(event.activity, "cancelled"))
    _tell_units(ctx, event.activity, "activity.cancelled")


def tell(ctx: Context, activity: Activity, key: str, *, sparingly: bool = False, **more: Any) -> None:
    """Say something of an activity in every room of its area, and to who caused it elsewhere.

    `sparingly`: not in a group that has heard enough of a meeting; who comes to it hears so alone.
    """
    heard = ctx if isinstance(ctx, Heard) else None
    values = shown(ctx, activity) | more
    told_here = False
    needed_by = activity.starts_at - HOUR if ctx.now < activity.starts_at else None
    rooms = rooms_serving(ctx, [ctx.uow.areas.get(activity.area_id)])
    hearing = [room for room in rooms if not sparingly or has_room_for(ctx, room, activity)]
    if len(hearing) < len(rooms):
        name = f"{key}:{activity.id}:{ctx.now.isoformat()}"
        tell_who_comes(ctx, activity, Saying(key, name, values, about=(about(ctx, "meeting", activity),)))
        if heard is not None:
            heard.private_answer = True
    for room in hearing:
        here = heard is not None and heard.room == room and not answers_in_private(heard)
        told_here = told_here or here
        saying = Saying(
            key,
            dedupe=f"{LIFE}{key}:{activity.id}:{ctx.now.isoformat()}:r{room.id}",
            values=values,
            about=(about(ctx, activity.counted_as, activity),),
            reply_to=heard.inbound.message_id if heard is not None and here else None,
        )
        if activity.is_meeting or not say_gently(ctx, room, saying, needed_by=needed_by):
            say(ctx, room, saying)
    if heard is not None and not told_here:
        answer_about(heard, key, (), about=(about(ctx, activity.counted_as, activity),), **values)


def schedule(ctx: Context, activity: Activity) -> None:
    """Set the reminders of an activity anew."""
    ctx.uow.reminders.drop(activity.id, ReminderKind.ACTIVITY)
    for before, due in activity.reminders(ctx.now):
        seconds = int(before.total_seconds())
        key = ReminderKind.ACTIVITY.key(activity.id, seconds)
        ctx.uow.reminders.put(key, ReminderKind.ACTIVITY, activity.id, due, {"before": seconds})


def fire(ctx: Context, reminder: Reminder) -> None:
    """Remind the groups; pointless once it has begun or the next reminder is due."""
    activity = ctx.uow.activities.get(reminder.subject)
    before = timedelta(seconds=int(reminder.details["before"]))
    starts = activity.starts_at
    superseded = before > HOUR and starts - HOUR <= ctx.now
    if activity.cancelled or starts <= ctx.now or superseded or starts - before != reminder.due:
        return
    key = worded(activity, "reminder")
    values = shown(ctx, activity) | {"resent": resent(ctx, reminder)}
    saying = Saying(
        key,
        dedupe=f"{LIFE}rem:{reminder.id}:{reminder.due.isoformat()}",
        values=values,
        about=(about(ctx, activity.counted_as, activity),),
    )
    rooms = rooms_serving(ctx, [ctx.uow.areas.get(activity.area_id)])
    hearing = [room for room in rooms if has_room_for(ctx, room, activity)]
    if len(hearing) < len(rooms):
        tell_who_comes(ctx, activity, saying)
    for room in hearing:
        at = saying.under(f"r{room.id}")
        if activity.is_meeting:
            say(ctx, room, at)
        elif not say_gently(ctx, room, at, needed_by=starts - HOUR):
            tell_who_comes(ctx, activity, saying)
    if before >= DAY:
        _tell_units(ctx, activity, "activity.reminder", resent=resent(ctx, reminder))


def shown(ctx: Context, activity: Activity) -> dict[str, Any]:
    """Return an activity as wordings show it."""
    texts = ctx.house.texts
    coming = sum(heads_of(s.name) for s in ctx.uow.activities.names(activity.id) if not s.waiting)
    units = [ctx.uow.organisations.get(u.organisation_id).name for u in ctx.uow.activities.units(activity.id)]
    signs_up = activity.is_meeting or activity.kind is ActivityKind.ACTIVITY
    return {
        "number": activity.number,
        "topic": activity.topic if not activity.is_meeting else Said(activity.topic),
        "place": activity.place if not activity.is_meeting else Said(activity.place),
        "time": day_and_time(ctx, activity.starts_at),
        "count": coming,
        "agenda": agenda(ctx, activity.id) if activity.is_meeting else "",
        "places": texts("activity.places", places=activity.places) if activity.places else "",
        "points": texts("activity.points", points=activity.points) if activity.points else "",
        "units": texts("activity.units", names="、".join(units)) if units else "",
        "signed_up": texts("activity.so_far", count=coming) if signs_up else "",
    }


def _tell_units(ctx: Context, activity: Activity, key: str, **more: Any) -> None:
    """Say something of an activity to the units invited, but to none that will not come."""
    for unit in ctx.uow.activities.units(activity.id):
        if unit.state is not UnitState.NOT_COMING:
            saying = Saying(
                key,
                dedupe=f"{key}:{activity.id}:{ctx.now.isoformat()}:o{unit.organisation_id}",
                values=shown(ctx, activity) | {"resent": ""} | more,
                about=(about(ctx, activity.counted_as, activity),),
            )
            for to in organisation_at(ctx, unit.organisation_id):
                say(ctx, to, saying.at(to))
