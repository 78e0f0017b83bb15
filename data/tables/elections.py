"""Elections, who was nominated by which household, and votes while one is open."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

elections = Table(
    "elections",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    link("area_id", "areas"),
    Column("title", String, nullable=False),
    Column("places", Integer, nullable=False),
    link("by_id", "people"),
    Column("nominate_until", UtcDateTime, nullable=False),
    Column("vote_until", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    Column("candidates", JSON, nullable=False),
    Column("totals", JSON, nullable=False),
    Column("households", Integer, nullable=False),
    Column("said_in", String, index=True),
    UniqueConstraint("community_id", "number"),
)
nominations = Table(
    "nominations",
    metadata,
    key(),
    link("election_id", "elections"),
    Column("candidate", String, nullable=False),
    Column("reason", Text, nullable=False),
    link("person_id", "people", index=True),
    Column("voice", String, nullable=False),  # the household, or the person who has none
    UniqueConstraint("election_id", "candidate", "voice"),
)
# Erased at the end: what stays are totals.
election_votes = Table(
    "election_votes",
    metadata,
    key(),
    link("election_id", "elections"),
    link("household_id", "households"),
    Column("choices", JSON, nullable=False),
    UniqueConstraint("election_id", "household_id"),
)
