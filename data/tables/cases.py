"""Cases, the appeals they came from, their timelines and ratings."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata, partial
from data.tables.types import UtcDateTime

OPEN = "state IN ('reported', 'accepted', 'assigned', 'in_progress', 'deferred')"
NOBODYS = "handler_id IS NULL AND assignee_id IS NULL AND assignee_org_id IS NULL"
DUE = ("state", "resolve_by", "accept_by")  # what says whether it is late now
cases = Table(
    "cases",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    link("area_id", "areas"),
    link("building_id", "areas", null=True),
    Column("state", String, nullable=False),
    Column("category", String, nullable=False),
    Column("grade", String, nullable=False),
    Column("urgency", String, nullable=False),
    Column("source", String, nullable=False),
    Column("building", String),
    Column("unit", String),
    Column("floor", String),
    Column("door", String),
    Column("spot", String),
    Column("compound", String),
    Column("summary", Text, nullable=False),
    Column("hazard", String),
    Column("dispute", Boolean, nullable=False),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("accept_by", UtcDateTime),
    Column("resolve_by", UtcDateTime),
    Column("resolve_from", UtcDateTime),
    Column("accepted_at", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    link("handler_id", "people", null=True),
    link("assignee_id", "people", null=True, index=True),
    link("assignee_org_id", "organisations", null=True, index=True),
    Column("result", Text),
    Column("reopened", Integer, nullable=False),
    Column("seconds", Integer, nullable=False),
    link("merged_into_id", "cases", null=True, index=True),
    Column("deferred_until", UtcDateTime),
    Column("resume_state", String),
    Column("time_left", Integer),  # seconds of working time
    link("supervised_by_id", "people", null=True),
    Column("supervised_until", UtcDateTime),
    Column("awaits_meeting", Boolean, nullable=False),
    link("meeting_id", "activities", null=True),
    Column("version", Integer, nullable=False),
    UniqueConstraint("community_id", "number"),
    Index("ix_cases_number", "number"),
    Index("ix_cases_community_id_reported_at", "community_id", "reported_at"),
    Index("ix_cases_area_id_reported_at", "area_id", "reported_at"),
    Index("ix_cases_building_id_reported_at", "building_id", "reported_at"),
    Index("ix_cases_reported_at", "reported_at"),
    Index("ix_cases_community_id_accepted_at", "community_id", "accepted_at"),
    Index("ix_cases_community_id_resolved_at", "community_id", "resolved_at"),
    partial("ix_cases_open", "area_id", "category", where=OPEN),
    partial("ix_cases_open_community", "community_id", "urgency", *DUE, where=OPEN),
    partial("ix_cases_open_due", "area_id", "resolve_by", "accept_by", where=OPEN),
    partial("ix_cases_open_assignee", "assignee_id", "resolve_by", "accept_by", where=OPEN),
    partial("ix_cases_open_handler", "handler_id", where=OPEN),
    partial("ix_cases_nobodys", "area_id", where=f"{OPEN} AND {NOBODYS}"),
    partial("ix_cases_emergencies", "area_id", where=f"{OPEN} AND urgency = 'emergency'"),
)
