"""What the bot will say, and has said."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text, text

from data.tables.base import key, link, metadata, partial
from data.tables.types import BYTEWISE, UtcDateTime

_WAITING = "state IN ('queued', 'sending')"

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("dedupe_key", BYTEWISE, nullable=False, unique=True),
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
    Column("about", JSON, nullable=False, server_default="[]"),  # other things: kind, id, number in full
    Column("purpose", String),
    Column("bundle", String),  # rows of one lane and bundle that are due are said in one message
    Column("hold", String),  # rows of one hold wait for one another
    Column("hold_until", UtcDateTime),  # but no longer than this
    Column("quiet", Boolean, nullable=False),  # keeps quiet hours
    Column("created_at", UtcDateTime, nullable=False),
    Column("send_at", UtcDateTime, nullable=False),
    Column("try_at", UtcDateTime, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("holder", String),  # the worker that is sending it; None where only one may
    Column("attempts", Integer, nullable=False),
    Column("state", String, nullable=False),  # queued, sending, sent, dead, silenced
    Column("sent_at", UtcDateTime),
    Column("message_id", String),
    Column("error", String),
    Index("ix_outbox_channel_message_id", "channel", "message_id"),
    partial("ix_outbox_media", "media", where="media IS NOT NULL"),
    partial("ix_outbox_waiting", "try_at", where=_WAITING),
    partial("ix_outbox_lane", "lane", "send_at", "id", where=_WAITING),
    partial("ix_outbox_hold", "hold", where=_WAITING),
    partial("ix_outbox_dead", "id", where="state = 'dead'"),
)

# The very words of the partial indexes, so that SQLite knows it may use them.
WAITING = text(f"outbox.{_WAITING}")
QUEUED = text("outbox.state = 'queued'")
DEAD = text("outbox.state = 'dead'")
