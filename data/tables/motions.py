"""Motions with who supports them; minutes and resolutions of meetings; the steps of 四议两公开."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

motions = Table(
    "motions",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    Column("areas", JSON, nullable=False),
    Column("title", Text, nullable=False),
    link("by_id", "people", index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    link("meeting_id", "activities", null=True, index=True),
    link("case_id", "cases", null=True, index=True),
    Column("leader_asked", Boolean, nullable=False),
    Column("said_in", String, index=True),
    Column("listed_in", String, index=True),
    Column("listed_before", Integer),
    UniqueConstraint("community_id", "number"),
)
motion_supports = Table(
    "motion_supports",
    metadata,
    link("motion_id", "motions", primary_key=True),
    link("person_id", "people", primary_key=True, index=True),
    Column("at", UtcDateTime, nullable=False),
)
resolutions = Table(
    "resolutions",
    metadata,
    key(),
    link("meeting_id", "activities", index=True),
    link("motion_id", "motions", null=True, index=True),
    Column("words", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    link("by_id", "people"),
    Column("said_in", String, index=True),
    Column("undone", Boolean, nullable=False),
)
resolution_cases = Table(
    "resolution_cases",
    metadata,
    link("resolution_id", "resolutions", primary_key=True),
    link("case_id", "cases", primary_key=True, index=True),
)
minutes = Table(
    "minutes",
    metadata,
    key(),
    link("meeting_id", "activities", index=True),
    Column("at", UtcDateTime, nullable=False),
    link("by_id", "people"),
    Column("words", Text, nullable=False),
    Column("media", JSON, nullable=False),
    Column("said_in", String, index=True),
)
four_steps = Table(
    "four_steps",
    metadata,
    key(),
    link("case_id", "cases", null=True, index=True),
    link("motion_id", "motions", null=True, index=True),
    Column("step", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    link("by_id", "people"),
    Column("words", Text, nullable=False),
    link("publicity_id", "publicities", null=True),
    Column("said_in", String, index=True),
    Column("undone", Boolean, nullable=False),
)
