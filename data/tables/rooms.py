"""Rooms: group chats, each on one channel."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, UniqueConstraint

from data.tables.base import key, link, metadata

rooms = Table(
    "rooms",
    metadata,
    key(),
    Column("channel", String, nullable=False),
    Column("external_id", String, nullable=False),
    Column("topic", String, nullable=False),
    Column("kind", String, nullable=False),
    link("area_id", "areas", null=True, index=True),
    link("organisation_id", "organisations", null=True, index=True),
    UniqueConstraint("channel", "external_id"),
)
