"""The reminder of a visit plan: at the opening of the office on the due day, or on the next working day."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.domain.worktime import WorkTime
    from data.uow import UnitOfWork

VISIT = "visit"


def remind_of_visit(uow: UnitOfWork, work: WorkTime, plan_id: int, due: date) -> None:
    """Set (or move) the reminder of a plan's next visit."""
    at = work.next_open(work.at(due, time.min))
    uow.reminders.put(f"{VISIT}:{plan_id}", VISIT, plan_id, at, {"due": due.isoformat()})
