"""What pages keep: the filters people saved."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, UniqueConstraint

from data.tables.base import key, link, metadata

saved_filters = Table(
    "saved_filters",
    metadata,
    key(),
    link("person_id", "people"),
    Column("name", String, nullable=False),
    Column("query", String, nullable=False),
    UniqueConstraint("person_id", "name"),
)
