"""Paired households, by who looks after them."""

from __future__ import annotations

from sqlalchemy import Table, UniqueConstraint

from data.tables.base import key, link, metadata

pairs = Table(
    "pairs",
    metadata,
    key(),
    link("person_id", "people", index=True),
    link("household_id", "households"),
    UniqueConstraint("person_id", "household_id"),
)
