"""Several bots on one PostgreSQL: who works, and which of them does what. On SQLite these stay empty."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table, false

from data.tables.base import metadata
from data.tables.types import UtcDateTime

# A bot that runs. It stands until a time of the database's clock; no other machine's clock counts.
workers = Table(
    "workers",
    metadata,
    Column("id", String, primary_key=True),
    Column("place", String, nullable=False),  # the machine since it was started
    Column("process", String, nullable=False),  # its number and when it began
    Column("leaving", Boolean, nullable=False, server_default=false()),  # takes nothing any more
    Column("began_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
# What one of them does alone: a share of the rooms, the ticker, a channel that is logged in once.
leases = Table(
    "leases",
    metadata,
    Column("name", String, primary_key=True),
    Column("holder", String),
    Column("turns", Integer, nullable=False, server_default="0"),  # how often it changed hands
)
