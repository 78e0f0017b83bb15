"""Other software: its tokens, what it posted, what it reported; where it is told; secret addresses."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Integer, String, Table, Text

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

tokens = Table(
    "tokens",
    metadata,
    key(),
    Column("name", String, nullable=False),
    Column("hash", String, nullable=False, unique=True),
    Column("scopes", JSON, nullable=False),
    link("area_id", "areas", null=True),
    link("person_id", "people", index=True),
    link("account_id", "accounts"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("used_at", UtcDateTime),
)
# What was posted under an Idempotency-Key: the hash of the body, and the message it became.
posted = Table(
    "posted",
    metadata,
    link("token_id", "tokens", primary_key=True),
    Column("key", String, primary_key=True),
    Column("body_hash", String, nullable=False),
    Column("message_id", String, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)
reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    link("appeal_id", "appeals", unique=True),
    Column("message_id", String, nullable=False, unique=True),
    Column("token_id", Integer, nullable=False),
    Column("address", String, nullable=False),
    Column("lat", Float),
    Column("long", Float),
    Column("media_url", Text, nullable=False),
)
webhooks = Table(
    "webhooks",
    metadata,
    key(),
    Column("url", Text, nullable=False),
    Column("secret", String, nullable=False),
    Column("events", JSON, nullable=False),
    link("area_id", "areas", null=True),
    Column("allow_private", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("why", String),
)
# The secret address of somebody's own calendar, as a hash.
calendars = Table(
    "calendars",
    metadata,
    link("person_id", "people", primary_key=True),
    Column("hash", String, nullable=False, unique=True),
    Column("made_at", UtcDateTime, nullable=False),
)
