"""Meetings with their sign-ups."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

meetings = Table(
    "meetings",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    link("area_id", "areas"),
    link("room_id", "rooms", index=True),
    link("caller_id", "people"),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("place", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("said_in", String, index=True),
    UniqueConstraint("community_id", "number"),
)
sign_ups = Table(
    "sign_ups",
    metadata,
    key(),
    link("meeting_id", "meetings"),
    Column("name", String, nullable=False),
    link("person_id", "people", null=True, index=True),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("meeting_id", "name"),
)
