"""What falls due: one row at a time, rechecked, said in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from data.domain.reminder import Reminder, ReminderKind
from handlers.activities import announcing, results, series
from handlers.answers import keeping
from handlers.appeals import doubts
from handlers.cases import deadlines
from handlers.casework import deferring, supervising
from handlers.context import Context
from handlers.deliberation import closing, four_discussions, minutes, owed, publicity
from handlers.elections import thanks
from handlers.elections import voting as election_votes
from handlers.emergencies import alarm
from handlers.necessary import duty_calls
from handlers.people import retention
from handlers.ratings import questions
from handlers.ratings.questions import close
from handlers.reactions import react
from handlers.reports import daily_list, weekly_digest
from handlers.visits import home_visits, readable
from handlers.volunteers import helping
from handlers.whistles import calls

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from data.uow import UnitOfWork
    from handlers.context import House


MOST_AHEAD = 50
OFFICE_ONLY = {
    ReminderKind.ACCEPT,
    ReminderKind.RESOLVE,
    ReminderKind.CHECK_IN,
    ReminderKind.SUPERVISE,
    ReminderKind.SUPERVISE_HALF,
}


Ahead = dict[int, Any]  # what was looked up for reminders, by their ids; used once


class Searching(NamedTuple):
    """What is said of many cases: first they are looked up, which only reads and may take a second."""

    look_up: Callable[[Context, Reminder], Any]
    fire: Callable[[Context, Reminder, Any], None]


SEARCHING: dict[ReminderKind, Searching] = {
    ReminderKind.DIGEST: Searching(weekly_digest.look_up, weekly_digest.fire),
    ReminderKind.DAILY: Searching(daily_list.look_up, daily_list.fire),
}


def look_ahead(
    house: House, uow: UnitOfWork, now: datetime, enough: Callable[[], bool] = lambda: False
) -> Ahead | None:
    """Look up what the next reminders say, where nobody waits for the writer; None if nothing is due."""
    upcoming = uow.reminders.upcoming(now, MOST_AHEAD)
    found: Ahead = {}
    ctx = Context(house, uow, now)
    for reminder in upcoming:
        if found and enough():
            break
        if (searching := SEARCHING.get(reminder.what)) is not None:
            found[reminder.id] = searching.look_up(ctx, reminder)
    return found if upcoming else None


def fire_next(house: House, uow: UnitOfWork, now: datetime, ahead: Ahead | None = None) -> bool:
    """Handle the first reminder that is due; return False if none is. The caller commits.

    With what was looked up `ahead`, one for which nothing was is left alone: it is the next to be looked up.
    """
    reminder = uow.reminders.due(now)
    if reminder is None:
        return False
    kind = reminder.what
    searching = SEARCHING.get(kind)
    if searching is not None and ahead is not None and reminder.id not in ahead:
        return False
    on_clock = reminder.details.get("clock")
    if kind in OFFICE_ONLY and not on_clock and (opens := house.policy.work.next_open(now)) > now:
        # missed while down, and now is no time to be reminded of a deadline
        uow.reminders.move(reminder.id, opens, {**reminder.details, "missed": True})
        return True
    if (following := reminder.following()) is not None:
        uow.reminders.put_all([following])
    else:
        uow.reminders.finish(reminder.id)
    ctx = Context(house, uow, now)
    if searching is not None:
        found = searching.look_up(ctx, reminder) if ahead is None else ahead.pop(reminder.id)
        searching.fire(ctx, reminder, found)
    else:
        HANDLERS[kind](ctx, reminder)
    react(ctx)
    return True


HANDLERS: dict[ReminderKind, Callable[[Context, Reminder], None]] = {
    ReminderKind.ACCEPT: deadlines.fire,
    ReminderKind.RESOLVE: deadlines.fire,
    ReminderKind.CLOSE: close,
    ReminderKind.EMERGENCY: alarm.fire,
    ReminderKind.ACTIVITY: announcing.fire,
    ReminderKind.SERIES: series.fire,
    ReminderKind.OUTCOME: results.fire,
    ReminderKind.HELP: helping.fire,
    ReminderKind.ASKED: keeping.fire,
    ReminderKind.MISSED: readable.tell_officers,
    ReminderKind.ELECTION: election_votes.fire,
    ReminderKind.THANKS: thanks.fire,
    ReminderKind.NECESSARY: duty_calls.fire,
    ReminderKind.CHECK_IN: calls.fire,
    ReminderKind.RESUME: deferring.fire,
    ReminderKind.SUPERVISE: supervising.fire,
    ReminderKind.SUPERVISE_HALF: supervising.half_way,
    ReminderKind.MINUTES: minutes.fire,
    ReminderKind.PUBLICITY_SOON: publicity.fire_soon,
    ReminderKind.PUBLICITY_END: publicity.fire_end,
    ReminderKind.FOUR: four_discussions.fire,
    ReminderKind.FOUR_OWED: owed.fire,
    ReminderKind.BALLOT_SOON: closing.fire_soon,
    ReminderKind.BALLOT_END: closing.fire_end,
    ReminderKind.VISIT: home_visits.fire,
    ReminderKind.RATE: questions.fire,
    ReminderKind.RETENTION: retention.fire,
    ReminderKind.DOUBTS: doubts.fire,
    ReminderKind.DOUBTS_DROPPED: doubts.drop,
}
