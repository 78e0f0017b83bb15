"""Visits with their plans."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text, UniqueConstraint, false

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

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
    Column("anchor", Integer),
    Column("anchor_said", Boolean, nullable=False, server_default=false()),
    Column("due", Date, nullable=False),
    Column("cancelled", Boolean, nullable=False, server_default=false()),
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
