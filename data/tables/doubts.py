"""Doubtful lines: what may be an appeal, kept until somebody who knows the place has said whether it is."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, String, Table, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

# A row lives until 20:00 of the day after it was sent; then its words and all else of it are gone.
doubts = Table(
    "doubts",
    metadata,
    key(),
    link("room_id", "rooms", index=True),
    link("person_id", "people", index=True),
    link("account_id", "accounts"),
    Column("said_at", UtcDateTime, nullable=False),
    Column("lines", JSON, nullable=False),  # of channel, message_id, at, text, media
    Column("probability", Float, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("ask_at", UtcDateTime, nullable=False),
    Column("answer", String),  # yes, no, or plain: it opened by itself
    link("case_id", "cases", null=True),
)
doubt_letters = Table(
    "doubt_letters",
    metadata,
    key(),
    link("doubt_id", "doubts", index=True),
    link("person_id", "people", index=True),
    Column("day", Date),  # of the sending, as the place counts days; none while it waits
    Column("letter", String),
    Column("sent_at", UtcDateTime),
    UniqueConstraint("doubt_id", "person_id"),
)
# How often a room's doubtful lines were appeals, against how often they were thought to be.
room_hearing = Table(
    "room_hearing",
    metadata,
    link("room_id", "rooms", primary_key=True),
    Column("yes", Integer, nullable=False),
    Column("no", Integer, nullable=False),
    Column("expected", Float, nullable=False),  # the sum of the probabilities of those lines
)
