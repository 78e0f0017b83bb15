"""Good people, and when they were put on the list of a month."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

good_people = Table(
    "good_people",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("words", Text, nullable=False),
    link("by_id", "people"),
    Column("at", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime),
    UniqueConstraint("community_id", "number"),
)
