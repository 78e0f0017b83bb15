"""Appeals with their lines, and who seconded a case."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text

from data.tables.base import key, link, metadata, partial
from data.tables.types import UtcDateTime

appeals = Table(
    "appeals",
    metadata,
    key(),
    link("case_id", "cases", null=True, index=True),
    link("person_id", "people", index=True),
    link("account_id", "accounts"),
    link("room_id", "rooms", null=True),
    Column("message_id", String, nullable=False),  # its first line, as the channel knows it
    Column("said_at", UtcDateTime, nullable=False),
    Column("last_line_at", UtcDateTime, nullable=False),
    Column("words", Text, nullable=False),
    Column("on_behalf_of", String),  # who it is the appeal of, where staff said it for them
    Column("withdrawn", Boolean, nullable=False),
    Column("joined", Boolean, nullable=False),
    Index("ix_appeals_room_id_last_line_at", "room_id", "last_line_at"),
    partial("ix_appeals_on_behalf", "said_at", where="on_behalf_of IS NOT NULL"),
)
lines = Table(
    "appeal_lines",
    metadata,
    key(),
    link("appeal_id", "appeals", index=True),
    Column("channel", String, nullable=False),
    Column("message_id", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("media", Text),
    Index("ix_appeal_lines_channel_message_id", "channel", "message_id"),
)
seconds = Table(
    "seconds",
    metadata,
    link("case_id", "cases", primary_key=True),
    link("person_id", "people", primary_key=True, index=True),
    link("account_id", "accounts"),
    link("room_id", "rooms", null=True),
    Column("at", UtcDateTime, nullable=False),
)
