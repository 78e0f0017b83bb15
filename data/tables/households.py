"""Households: doors, who lives behind them, and who said so and waits for a confirmation."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from data.tables.base import key, link, metadata, partial
from data.tables.types import UtcDateTime

households = Table(
    "households",
    metadata,
    key(),
    link("building_id", "areas"),
    Column("unit", String, nullable=False, server_default=""),
    Column("door", String, nullable=False),
    link("contact_id", "people", null=True, index=True),
    Column("area", Integer),  # in 0.01 m², as the roster gives it
    UniqueConstraint("building_id", "unit", "door"),
)
# Who lives where since when: at most one household at a time a person.
residents = Table(
    "residents",
    metadata,
    key(),
    link("household_id", "households", index=True),
    link("person_id", "people"),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    link("confirmed_by_id", "people", null=True),  # nobody where the roster says so
    partial("uq_residents_now", "person_id", where="until IS NULL", unique=True),
)
registrations = Table(
    "registrations",
    metadata,
    key(),
    link("person_id", "people", index=True),
    link("account_id", "accounts"),
    link("building_id", "areas"),
    Column("unit", String, nullable=False),
    Column("door", String, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    link("answered_by_id", "people", null=True),
    Column("confirmed", Integer, nullable=False, server_default="0"),
    partial("ix_registrations_waiting", "building_id", where="answered_at IS NULL"),
)
