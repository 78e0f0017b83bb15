"""What the house keeps about itself: the audit, corrections, invitations."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

# Ids and keys only: never what people said.
audit = Table(
    "audit",
    metadata,
    key(),
    Column("at", UtcDateTime, nullable=False, index=True),
    link("person_id", "people", null=True, index=True),
    link("room_id", "rooms", null=True),
    Column("command", String, nullable=False),
    Column("outcome", String, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    key(),
    Column("at", UtcDateTime, nullable=False),
    link("person_id", "people", null=True),
    link("appeal_id", "appeals", null=True, index=True),
    Column("text", Text, nullable=False),
    Column("was", String),
    Column("now", String, nullable=False),
)

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
