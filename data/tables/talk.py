"""What was said to the bot, what it will say, and what falls due."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata, partial
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

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("dedupe_key", String, nullable=False, unique=True),
    Column("lane", String, nullable=False),  # one order: a room, a person, or the emergencies of either
    Column("channel", String, nullable=False),
    link("room_id", "rooms", null=True),
    link("account_id", "accounts", null=True, index=True),
    Column("room", String),  # the ids that the channel knows
    Column("to", String),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("media", Text),
    Column("mentions", JSON, nullable=False),
    Column("reply_to", String),
    Column("cases", JSON, nullable=False),
    Column("purpose", String),
    Column("bundle", String),  # rows of one lane and bundle that are due are said in one message
    Column("hold", String),  # rows of one hold wait for one another
    Column("hold_until", UtcDateTime),  # but no longer than this
    Column("quiet", Boolean, nullable=False),  # keeps quiet hours
    Column("created_at", UtcDateTime, nullable=False),
    Column("send_at", UtcDateTime, nullable=False),
    Column("try_at", UtcDateTime, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("state", String, nullable=False),  # queued, sending, sent, dead, silenced
    Column("sent_at", UtcDateTime),
    Column("message_id", String),
    Column("error", String),
    Index("ix_outbox_channel_message_id", "channel", "message_id"),
    partial("ix_outbox_waiting", "try_at", where="state IN ('queued', 'sending')"),
    partial("ix_outbox_lane", "lane", "send_at", "id", where="state IN ('queued', 'sending')"),
    partial("ix_outbox_hold", "hold", where="state IN ('queued', 'sending')"),
)

reminders = Table(
    "reminders",
    metadata,
    key(),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("subject", Integer, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("details", JSON, nullable=False),
    Column("state", String, nullable=False),  # pending, done, dropped
    partial("ix_reminders_pending", "due", where="state = 'pending'"),
    Index("ix_reminders_kind_subject", "kind", "subject"),
)

questions = Table(
    "questions",
    metadata,
    key(),
    link("account_id", "accounts", index=True),
    Column("kind", String, nullable=False),
    Column("details", JSON, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
)
