"""Ballots: the roll of households, who voted, and what they chose (apart, and only while it is open)."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

ballots = Table(
    "ballots",
    metadata,
    key(),
    link("community_id", "areas"),
    Column("number", Integer, nullable=False),
    Column("areas", JSON, nullable=False),
    Column("title", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("rule", String, nullable=False),
    Column("named", Boolean, nullable=False),
    link("by_id", "people"),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("extended", Boolean, nullable=False),
    Column("state", String, nullable=False, index=True),
    # Households and area by option; of a secret ballot no areas: a sum of areas tells whose flats they are
    Column("totals", JSON),
    Column("whole", JSON),
    Column("outcome", JSON),  # the verdict, the leading options, who took part
    Column("motion_id", Integer),
    link("case_id", "cases", null=True, index=True),
    Column("said_in", String, index=True),
    UniqueConstraint("community_id", "number"),
)
# The households as they were at the opening. `choice` stays empty in a secret ballot.
roll = Table(
    "ballot_roll",
    metadata,
    link("ballot_id", "ballots", primary_key=True),
    link("household_id", "households", primary_key=True, index=True),
    Column("area", Integer),
    Column("took_part", Boolean, nullable=False),
    Column("choice", Integer),
)
# Who voted; the last of a household has the highest id. Gone when the ballot ends.
votes = Table(
    "votes",
    metadata,
    key(),
    link("ballot_id", "ballots"),
    link("person_id", "people", index=True),
    UniqueConstraint("ballot_id", "person_id"),
)
# What they chose: read by the closing alone, by no command and no page. Gone when the ballot ends.
choices = Table(
    "choices",
    metadata,
    link("ballot_id", "ballots", primary_key=True),
    link("person_id", "people", primary_key=True),
    Column("choice", Integer, nullable=False),
)
proxies = Table(
    "proxies",
    metadata,
    key(),
    link("ballot_id", "ballots"),
    link("household_id", "households"),  # whose vote is given
    link("giver_id", "people"),
    link("holder_id", "people", index=True),
    Column("agreed", Boolean, nullable=False),
    UniqueConstraint("ballot_id", "household_id"),
)
