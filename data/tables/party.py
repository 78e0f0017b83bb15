"""Party members, and the cases they may claim."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Table, Text

from data.tables.base import link, metadata

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
