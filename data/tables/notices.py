"""Notices, and who received them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

notices = Table(
    "notices",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    link("by_id", "people"),
    Column("at", UtcDateTime, nullable=False),
    Column("words", Text, nullable=False),
    Column("media", JSON, nullable=False),  # pictures, as their channel knows them
    Column("rooms", JSON, nullable=False),  # where it goes
    Column("withdrawn_at", UtcDateTime),
    Column("said_in", String, index=True),
    UniqueConstraint("community_id", "number"),
)
receipts = Table(
    "notice_receipts",
    metadata,
    link("notice_id", "notices", primary_key=True),
    link("person_id", "people", primary_key=True),
    link("account_id", "accounts"),
    link("room_id", "rooms", null=True),
    Column("at", UtcDateTime, nullable=False),
)
