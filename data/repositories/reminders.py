"""Reminders as rows: claimed one at a time, in the transaction that says them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, text, update

from data.domain.reminder import Reminder
from data.repositories.base import Repository, Upsert
from data.tables.reminders import reminders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


# The very words of the partial index, so that SQLite knows it may use it.
_PENDING = text("reminders.state = 'pending'")
_NEXT = select(func.min(reminders.c.due)).where(_PENDING)
_PUT = Upsert(reminders, key=("key",), replace=("kind", "subject", "due", "details", "state"))
_DROP = (
    update(reminders)
    .where(
        _PENDING,
        reminders.c.subject == bindparam("about"),
        reminders.c.kind.in_(bindparam("kinds", expanding=True)),
    )
    .values(state="dropped")
)
_UPCOMING = (
    select(reminders)
    .where(_PENDING, reminders.c.due <= bindparam("now"))
    .order_by(reminders.c.due, reminders.c.id)
    .limit(bindparam("most"))
)
_DUE = _UPCOMING.limit(1)
_ALARM = (
    select(reminders)
    .where(_PENDING, text("reminders.kind = 'emergency'"), reminders.c.due <= bindparam("now"))
    .order_by(reminders.c.due, reminders.c.id)
    .limit(1)
)
_WAITS = select(reminders.c.id).where(_PENDING, reminders.c.key == bindparam("key"))
_CHANGE = update(reminders).where(reminders.c.id == bindparam("b_id"))
_UNDER = select(reminders).where(reminders.c.key == bindparam("key"))


class Reminders(Repository):
    """Rows of what falls due: set, dropped, claimed one at a time."""

    def put(
        self, key: str, kind: str, subject: int, due: datetime, details: dict[str, Any] | None = None
    ) -> None:
        """Set a reminder; one under the same key is set anew, even if it was done with."""
        self.put_all([Reminder(0, kind, subject, due, details or {}, key)])

    def arm(self, one: Reminder) -> None:
        """Set a reminder unless one under its key waits: what comes round by itself is never put off."""
        waits = self.first(_WAITS, key=one.key)
        if waits is None:
            self.put_all([one])

    def put_all(self, new: Sequence[Reminder]) -> None:
        """Set several reminders."""
        rows = [
            {
                "key": one.key,
                "kind": one.kind,
                "subject": one.subject,
                "due": one.due,
                "details": one.details,
                "state": "pending",
            }
            for one in new
        ]
        self.upsert(_PUT, rows)

    def drop(self, subject: int, *kinds: str) -> None:
        """Take back what was to be reminded of a subject."""
        self.run(_DROP, about=subject, kinds=list(kinds))

    def next_due(self) -> datetime | None:
        """Return when the next reminder falls due."""
        row = self.first(_NEXT)
        return row[0] if row else None

    def upcoming(self, now: datetime, most: int) -> list[Reminder]:
        """Return the first reminders that are due, an alarm's among the others."""
        return [
            Reminder(row.id, row.kind, row.subject, row.due, row.details, row.key)
            for row in self.all(_UPCOMING, now=now, most=most)
        ]

    def due(self, now: datetime) -> Reminder | None:
        """Return the first reminder that is due, an alarm's before all others."""
        row = self.first(_ALARM, now=now) or self.first(_DUE, now=now)
        return Reminder(row.id, row.kind, row.subject, row.due, row.details, row.key) if row else None

    def under(self, key: str) -> Reminder | None:
        """Return the reminder under a key, done with or not."""
        row = self.first(_UNDER, key=key)
        return Reminder(row.id, row.kind, row.subject, row.due, row.details, row.key) if row else None

    def finish(self, reminder_id: int) -> None:
        """Mark a reminder as done with."""
        self.alter(_CHANGE, b_id=reminder_id, state="done")

    def move(self, reminder_id: int, due: datetime, details: dict[str, Any]) -> None:
        """Let a reminder fall due at another time."""
        self.alter(_CHANGE, b_id=reminder_id, due=due, details=details)
