"""The timelines of cases."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, String, Table, Text

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

steps = Table(
    "steps",
    metadata,
    key(),
    link("case_id", "cases", index=True),
    Column("at", UtcDateTime, nullable=False),
    link("person_id", "people", null=True, index=True),
    Column("action", String, nullable=False),
    Column("from_state", String),
    Column("to_state", String, nullable=False),
    Column("words", Text),
    Column("said_in", String, index=True),
    Column("before", JSON, nullable=False),
    Column("undone", Boolean, nullable=False),
)
