"""A place's own rules and wordings, every version of them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

own_versions = Table(
    "own_versions",
    metadata,
    key(),
    Column("kind", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    link("person_id", "people", null=True, index=True),
    Column("what", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("shown", Integer, nullable=False),  # the version whose text it is, 0: what ships
    Column("before", Integer, nullable=False),  # the version that text came after
    Column("said", String),  # the message that made it, as `channel:id`
    Index("ix_own_versions_kind", "kind", "id"),
)
