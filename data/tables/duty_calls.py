"""Calls that must be made."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

duty_calls = Table(
    "duty_calls",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    link("area_id", "areas"),
    link("household_id", "households", null=True),
    link("person_id", "people", null=True, index=True),
    link("contact_id", "people", null=True, index=True),
    Column("words", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime),
    link("made_by_id", "people", null=True),
    Column("result", Text),
    Column("said_in", String, index=True),
    UniqueConstraint("community_id", "number"),
)
