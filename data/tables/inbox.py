"""What was taken in, and how much of it went which way."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

# Chat leaves only its id here (for dedupe); the text is kept of commands, answers and what failed.
inbox = Table(
    "inbox",
    metadata,
    key(),
    Column("channel", String, nullable=False),
    Column("message_id", String, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("route", String, nullable=False),
    link("room_id", "rooms", null=True),
    link("account_id", "accounts", null=True, index=True),
    Column("text", Text),
    UniqueConstraint("message_id", "channel"),
)
tallies = Table(
    "tallies",
    metadata,
    Column("day", Date, primary_key=True),
    link("room_id", "rooms", primary_key=True),
    Column("route", String, primary_key=True),
    Column("count", Integer, nullable=False),
)
