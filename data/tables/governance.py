"""Whistles with their parts, duty shifts, mediations, notices."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

whistles = Table(
    "whistles",
    metadata,
    key(),
    link("case_id", "cases", index=True),
    link("blown_by", "people"),
    Column("blown_at", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("colour", String),
    Column("urgent", Boolean, nullable=False),
    Column("ended_at", UtcDateTime),
)

parts = Table(
    "whistle_parts",
    metadata,
    key(),
    link("whistle_id", "whistles"),
    link("organisation_id", "organisations", index=True),
    Column("state", String, nullable=False),
    Column("called_at", UtcDateTime, nullable=False),
    Column("check_in_by", UtcDateTime, nullable=False),
    Column("checked_in_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    Column("words", Text),
    Column("arrival", Integer),
    Column("cooperation", Integer),
    Column("outcome", Integer),
    UniqueConstraint("whistle_id", "organisation_id"),
)

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

mediations = Table(
    "mediations",
    metadata,
    key(),
    link("case_id", "cases", index=True),
    link("mediator_id", "people"),
    Column("at", UtcDateTime, nullable=False),
    Column("outcome", String),  # success, failure, law; None while it goes on
    Column("words", Text, nullable=False),
)

# Both sides say whether the record of a mediation is right.
confirmations = Table(
    "mediation_confirmations",
    metadata,
    key(),
    link("mediation_id", "mediations", index=True),
    link("person_id", "people"),
    link("account_id", "accounts"),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("agrees", Boolean),
    UniqueConstraint("mediation_id", "person_id"),
)

notices = Table(
    "notices",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    link("by_id", "people"),
    Column("at", UtcDateTime, nullable=False),
    Column("words", Text, nullable=False),
    Column("media", JSON, nullable=False),  # pictures, as their channel knows them
    Column("rooms", JSON, nullable=False),  # where it goes
    Column("withdrawn_at", UtcDateTime),
    Column("said_in", String, index=True),
    UniqueConstraint("community_id", "number"),
)

receipts = Table(
    "notice_receipts",
    metadata,
    link("notice_id", "notices", primary_key=True),
    link("person_id", "people", primary_key=True),
    link("account_id", "accounts"),
    link("room_id", "rooms", null=True),
    Column("at", UtcDateTime, nullable=False),
)
