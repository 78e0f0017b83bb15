"""The duty roster, and the roster of services."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

# Who is on duty when: the first to be called in an emergency.
shifts = Table(
    "shifts",
    metadata,
    key(),
    link("area_id", "areas", index=True),
    link("person_id", "people"),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("said_in", String, index=True),
    Column("cancelled_in", String, index=True),  # the message that took it off the roster
)
# People of the service roster: lawyers, mediators, doctors, by the word one asks for them with.
services = Table(
    "services",
    metadata,
    key(),
    Column("name", String, nullable=False),
    Column("words", JSON, nullable=False),
    link("person_id", "people"),
    link("area_id", "areas", null=True),
    UniqueConstraint("name", "person_id", "area_id"),
)
