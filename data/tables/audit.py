"""The audit: privileged acts and refusals, by ids."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

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
