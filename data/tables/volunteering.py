"""Volunteers' skills, help requests, the ledger of points, exchanges and wishes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

skills = Table(
    "skills",
    metadata,
    key(),
    link("person_id", "people"),
    Column("skill", String, nullable=False),
    UniqueConstraint("person_id", "skill"),
)
help_requests = Table(
    "help_requests",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    link("area_id", "areas"),
    link("asker_id", "people"),
    Column("words", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    link("taken_by_id", "people", null=True, index=True),
    Column("done_at", UtcDateTime),
    Column("minutes", Integer),
    UniqueConstraint("community_id", "number"),
)
helpers_asked = Table(
    "helpers_asked",
    metadata,
    link("help_id", "help_requests", primary_key=True),
    link("person_id", "people", primary_key=True, index=True),
)
# Append-only: nothing here is ever changed or deleted, a mistake is an entry against it.
points = Table(
    "points",
    metadata,
    key(),
    link("community_id", "areas"),
    link("person_id", "people"),
    Column("at", UtcDateTime, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("why", Text, nullable=False),
    link("giver_id", "people", null=True),
    Column("source", String, nullable=False),
    Index("ix_points_person_id_community_id", "person_id", "community_id"),
)
points_shown = Table(
    "points_shown",  # who lets their points be seen by all
    metadata,
    link("person_id", "people", primary_key=True),
    Column("shown", Boolean, nullable=False),
)
exchanges = Table(
    "exchanges",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    link("person_id", "people", index=True),
    Column("good", String, nullable=False),
    Column("price", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    UniqueConstraint("community_id", "number"),
)
wishes = Table(
    "wishes",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    link("area_id", "areas"),
    link("person_id", "people", index=True),
    Column("words", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    link("claimed_by_id", "people", null=True, index=True),
    Column("done_at", UtcDateTime),
    Column("said_in", String, index=True),
    UniqueConstraint("community_id", "number"),
)
