"""Publicities, and what people object to them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

publicities = Table(
    "publicities",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    Column("areas", JSON, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("media", JSON, nullable=False),
    link("by_id", "people"),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime),
    Column("withdrawn", Boolean, nullable=False),
    Column("closed", Boolean, nullable=False),
    link("case_id", "cases", null=True, index=True),
    link("motion_id", "motions", null=True, index=True),
    Column("said_in", String, index=True),
    UniqueConstraint("community_id", "number"),
)
objections = Table(
    "objections",
    metadata,
    key(),
    link("publicity_id", "publicities"),
    Column("number", Integer, nullable=False),
    link("person_id", "people", index=True),
    link("account_id", "accounts"),
    Column("words", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("answer", Text),
    link("answered_by_id", "people", null=True),
    Column("answered_at", UtcDateTime),
    UniqueConstraint("publicity_id", "number"),
)
