"""Reminders (提醒): rows that say what falls due when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

LATE = timedelta(minutes=2)  # later than this it was missed while down, and is marked 补发


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that falls due: `kind` names the handler, `subject` the row it is about, `key` itself."""

    id: int
    kind: str
    subject: int
    due: datetime
    details: dict[str, Any] = field(default_factory=dict)
    key: str = ""

    def missed(self, now: datetime) -> bool:
        """Whether it should have been said a good while ago."""
        return now - self.due > LATE or bool(self.details.get("missed"))
