"""Paired households, calls that must be made, good people, party members and what they may claim."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

pairs = Table(
    "pairs",
    metadata,
    key(),
    link("person_id", "people", index=True),
    link("household_id", "households"),
    UniqueConstraint("person_id", "household_id"),
)
# A visit that fell due: made on its day, late, or not at all.
visit_turns = Table(
    "visit_turns",
    metadata,
    key(),
    link("plan_id", "visit_plans"),
    Column("due", Date, nullable=False),
    Column("made_at", UtcDateTime),
    UniqueConstraint("plan_id", "due"),
)
duty_calls = Table(
    "duty_calls",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    link("area_id", "areas"),
    link("household_id", "households", null=True),
    link("person_id", "people", null=True, index=True),
    link("contact_id", "people", null=True, index=True),
    Column("words", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime),
    link("made_by_id", "people", null=True),
    Column("result", Text),
    Column("said_in", String, index=True),
    UniqueConstraint("community_id", "number"),
)
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
party_members = Table(
    "party_members",
    metadata,
    link("person_id", "people", primary_key=True),
    link("area_id", "areas"),
    Column("skills", Text, nullable=False),
    Column("confirmed", Boolean, nullable=False),
)
claimable_cases = Table(
    "claimable_cases",
    metadata,
    link("case_id", "cases", primary_key=True),
)
