"""Orders of the city's hotline, by the case they belong to."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from data.tables.base import link, metadata
from data.tables.types import UtcDateTime

orders = Table(
    "orders",
    metadata,
    Column("number", String, primary_key=True),
    link("case_id", "cases", index=True),
    Column("joined", Boolean, nullable=False),
    Column("taken_in_at", UtcDateTime, nullable=False),
    Column("name", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("address", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("deadline", UtcDateTime),
    Column("digit", Integer),
    Column("answered_at", UtcDateTime, index=True),
)
