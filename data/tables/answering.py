"""The table of answers, and questions that were asked and not known."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

answers = Table(
    "answers",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    Column("words", JSON, nullable=False),
    Column("answer", Text, nullable=False),
    Column("phone", String, nullable=False),
    Column("hours", String, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("said_in", String, index=True),
    UniqueConstraint("community_id", "number"),
)
asked_questions = Table(
    "asked_questions",
    metadata,
    key(),
    link("community_id", "areas", index=True),
    link("person_id", "people", index=True),
    link("account_id", "accounts"),
    link("room_id", "rooms", null=True),
    Column("message_id", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answer", Text),
    Column("answered_at", UtcDateTime),
)
