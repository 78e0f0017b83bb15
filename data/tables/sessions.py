"""Signed-in browsers, who may not come in, and what deletions left to do outside of the tables."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from data.tables.base import key, link, metadata, partial
from data.tables.types import UtcDateTime

# A browser that is signed in, known by the hash of what its cookie says.
sessions = Table(
    "sessions",
    metadata,
    key(),
    Column("token_hash", String, nullable=False, unique=True),
    link("account_id", "accounts", index=True),
    Column("device", String, nullable=False),  # what kind of browser: 手机 · 微信
    Column("began_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)
# Who was put out of a room (踢出) or is not heard at all for a while (封禁: no room).
bans = Table(
    "bans",
    metadata,
    key(),
    link("person_id", "people", index=True),
    link("room_id", "rooms", null=True),
    link("by_id", "people"),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("ended_at", UtcDateTime),
    partial("ix_bans_standing", "person_id", where="ended_at IS NULL"),
)
# Files of pictures to delete, free pages to overwrite: done a moment after the deletion is committed.
leftovers = Table(
    "leftovers",
    metadata,
    Column("kind", String, primary_key=True),
    Column("name", String, primary_key=True),
)
