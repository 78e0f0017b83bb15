"""What comes round by itself: the weekly digest, the daily list of staff, the visits of a plan."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from dateutil.rrule import rrulestr

from data.domain.reminder import Reminder, ReminderKind

if TYPE_CHECKING:
    from data.domain.worktime import WorkTime
    from data.uow import UnitOfWork


RETENTION_AT = time(3, 30)
DIGEST_AT = time(9)  # on Mondays


def arm_digest(uow: UnitOfWork, work: WorkTime, community_id: int, now: datetime) -> None:
    """Set a community's next digest, unless one is set."""
    due = next_monday(work, now)
    uow.reminders.arm(
        Reminder(0, ReminderKind.DIGEST, community_id, due, key=ReminderKind.DIGEST.key(community_id))
    )


def next_monday(work: WorkTime, now: datetime) -> datetime:
    """Return the next Monday at nine."""
    here = work.local(now)
    monday = here.date() - timedelta(days=here.weekday())
    return next(at for week in (0, 7) if (at := work.at(monday + timedelta(days=week), DIGEST_AT)) > now)


def next_friday(work: WorkTime, now: datetime) -> datetime:
    """Return the next Friday at five in the afternoon."""
    here = work.local(now)
    friday = here.date() + timedelta(days=(4 - here.weekday()) % 7)
    return next(at for week in (0, 7) if (at := work.at(friday + timedelta(days=week), time(17))) > now)


def arm_daily(uow: UnitOfWork, work: WorkTime, person_id: int, now: datetime) -> None:
    """Set somebody's next daily list at the opening of the office, unless one is set."""
    day = work.local(now).date()
    today = work.at(day, work.opens)
    due = today if today > now and work.works(day) else _opening_after(work, now)
    uow.reminders.arm(Reminder(0, ReminderKind.DAILY, person_id, due, key=ReminderKind.DAILY.key(person_id)))


def arm_retention(
    uow: UnitOfWork,
    work: WorkTime,
    now: datetime,
    *,
    at: datetime | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Set when what is too old is looked for next: tonight, or at a moment of one's own."""
    today = work.local(now).date()
    tonight = work.at(today, RETENTION_AT)
    due = at or (tonight if tonight > now else work.at(today + timedelta(days=1), RETENTION_AT))
    uow.reminders.arm(
        Reminder(0, ReminderKind.RETENTION, 0, due, details or {}, key=ReminderKind.RETENTION.value)
    )


def arm_all(uow: UnitOfWork, work: WorkTime, now: datetime) -> None:
    """Set what is not set yet: a store may be older than digests and lists are."""
    for community in uow.areas.communities():
        arm_digest(uow, work, community.id, now)
    arm_retention(uow, work, now)
    for person_id in uow.people.on_duty():
        arm_daily(uow, work, person_id, now)


def _opening_after(work: WorkTime, now: datetime) -> datetime:
    """Return the opening of the next working day."""
    return work.next_open(work.at(work.local(now).date() + timedelta(days=1), time.min))


def remind_of_visit(uow: UnitOfWork, work: WorkTime, plan_id: int, due: date) -> None:
    """Set (or move) the reminder of a plan's next visit."""
    at = work.next_open(work.at(due, time.min))
    uow.reminders.put(
        ReminderKind.VISIT.key(plan_id), ReminderKind.VISIT, plan_id, at, {"due": due.isoformat()}
    )


def next_time(work: WorkTime, rule: str, starts: int, after: datetime) -> datetime | None:
    """Return when what comes round by an RRULE, `starts` minutes past midnight at the place, comes next.

    None if it does not come within four years: 30 February, a sixth Saturday.
    """
    here = work.local(after)
    first = datetime.combine(here.date(), time(starts // 60 % 24, starts % 60))
    until = first + timedelta(days=4 * 366)
    found = rrulestr(rule, dtstart=first).after(here.replace(tzinfo=None))
    return None if found is None or found > until else work.at(found.date(), found.time())
