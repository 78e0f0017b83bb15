"""Meetings with their sign-ups, visits with their plans."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

meetings = Table(
    "meetings",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    link("area_id", "areas"),
    link("room_id", "rooms", index=True),
    link("caller_id", "people"),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("place", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("said_in", String, index=True),
    UniqueConstraint("community_id", "number"),
)

sign_ups = Table(
    "sign_ups",
    metadata,
    key(),
    link("meeting_id", "meetings"),
    Column("name", String, nullable=False),
    link("person_id", "people", null=True, index=True),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("meeting_id", "name"),
)

visit_plans = Table(
    "visit_plans",
    metadata,
    key(),
    link("visitor_id", "people", index=True),
    link("area_id", "areas"),
    Column("building", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("door", String, nullable=False),
    Column("whom", String, nullable=False),
    Column("times", Integer, nullable=False),
    Column("unit_of_time", String, nullable=False),
    Column("due", Date, nullable=False),
    UniqueConstraint("visitor_id", "area_id", "building", "unit", "door", "whom"),
)

visits = Table(
    "visits",
    metadata,
    key(),
    link("plan_id", "visit_plans", null=True, index=True),
    link("visitor_id", "people", index=True),
    link("area_id", "areas"),
    Column("building", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("door", String, nullable=False),
    Column("whom", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("words", Text, nullable=False),
    link("case_id", "cases", null=True),
    Column("said_in", String, index=True),
)
