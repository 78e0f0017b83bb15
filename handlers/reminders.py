"""What falls due: one row at a time, rechecked, said in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.reminder import ReminderKind
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
from handlers.necessary import calls as necessary
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

    from data.domain.reminder import Reminder
    from data.uow import UnitOfWork
    from handlers.context import House


OFFICE_ONLY = {
    ReminderKind.ACCEPT,
    ReminderKind.RESOLVE,
    ReminderKind.CHECK_IN,
    ReminderKind.SUPERVISE,
    ReminderKind.SUPERVISE_HALF,
}


def fire_next(house: House, uow: UnitOfWork, now: datetime) -> bool:
    """Handle the first reminder that is due; return False if none is. The caller commits."""
    reminder = uow.reminders.due(now)
    if reminder is None:
        return False
    kind = reminder.what
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
    ReminderKind.NECESSARY: necessary.fire,
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
    ReminderKind.DIGEST: weekly_digest.fire,
    ReminderKind.DAILY: daily_list.fire,
    ReminderKind.RATE: questions.fire,
    ReminderKind.RETENTION: retention.fire,
    ReminderKind.DOUBTS: doubts.fire,
    ReminderKind.DOUBTS_DROPPED: doubts.drop,
}
