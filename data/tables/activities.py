"""Activities (meetings among them) with their sign-ups, check-ins, invited units and what was found there."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

activity_series = Table(
    "activity_series",
    metadata,
    key(),
    link("community_id", "areas"),
    link("area_id", "areas"),
    link("caller_id", "people"),
    Column("kind", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("shown", String, nullable=False),
    Column("starts", Integer, nullable=False),
    Column("lasts", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("units", JSON, nullable=False),
    Column("places", Integer),
    Column("points", Integer, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("said_in", String, index=True),
)
activities = Table(
    "activities",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("counted_as", String, nullable=False),  # meetings count by themselves
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    link("area_id", "areas"),
    link("caller_id", "people"),
    Column("starts_at", UtcDateTime, nullable=False, index=True),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("place", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("said_in", String, index=True),
    Column("places", Integer),
    Column("points", Integer, nullable=False),
    link("series_id", "activity_series", null=True),
    Column("code", String),
    Column("ended_at", UtcDateTime),
    Column("result", Text),
    UniqueConstraint("community_id", "counted_as", "number"),
)
sign_ups = Table(
    "sign_ups",
    metadata,
    key(),
    link("activity_id", "activities"),
    Column("name", String, nullable=False),
    link("person_id", "people", null=True, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("waiting", Boolean, nullable=False),
    UniqueConstraint("activity_id", "name"),
)
check_ins = Table(
    "check_ins",
    metadata,
    key(),
    link("activity_id", "activities"),
    link("person_id", "people", index=True),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("activity_id", "person_id"),
)
activity_units = Table(
    "activity_units",
    metadata,
    key(),
    link("activity_id", "activities"),
    link("organisation_id", "organisations", index=True),
    Column("state", String, nullable=False),
    Column("words", Text),
    UniqueConstraint("activity_id", "organisation_id"),
)
activity_cases = Table(
    "activity_cases",
    metadata,
    link("activity_id", "activities", primary_key=True),
    link("case_id", "cases", primary_key=True, index=True),
)
