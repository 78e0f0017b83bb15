"""Invitations, known by the hashes of their codes."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

invitations = Table(
    "invitations",
    metadata,
    key(),
    Column("code_hash", String, nullable=False, unique=True),
    link("person_id", "people", null=True),
    link("room_id", "rooms", null=True),
    Column("name", String),
    Column("purpose", String, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)
