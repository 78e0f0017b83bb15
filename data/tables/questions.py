"""What somebody was asked, and has not answered yet."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

questions = Table(
    "questions",
    metadata,
    key(),
    link("account_id", "accounts", index=True),
    Column("kind", String, nullable=False),
    Column("details", JSON, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
)
