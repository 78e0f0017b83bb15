"""What falls due."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table

from data.tables.base import key, metadata, partial
from data.tables.types import UtcDateTime

reminders = Table(
    "reminders",
    metadata,
    key(),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("subject", Integer, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("details", JSON, nullable=False),
    Column("state", String, nullable=False),  # pending, done, dropped
    partial("ix_reminders_pending", "due", where="state = 'pending'"),
    partial("ix_reminders_alarms", "due", where="state = 'pending' AND kind = 'emergency'"),
    Index("ix_reminders_kind_subject", "kind", "subject"),
)
