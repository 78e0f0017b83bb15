"""Invitations, known by the hashes of their codes, and the links into a room that many may use."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

invitations = Table(
    "invitations",
    metadata,
    key(),
    Column("code_hash", String, nullable=False, unique=True),
    link("person_id", "people", null=True),
    link("room_id", "rooms", null=True),
    Column("name", String),
    Column("purpose", String, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)
room_links = Table(
    "room_links",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    link("room_id", "rooms"),
    Column("code", String, nullable=False, unique=True),
    Column("places", Integer, nullable=False),
    Column("used", Integer, nullable=False),
    link("made_by_id", "people"),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("said_in", String),
    UniqueConstraint("community_id", "number"),
)
