"""What appellants were asked after 办结, and what they answered."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table, Text, UniqueConstraint, false

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

ratings = Table(
    "ratings",
    metadata,
    key(),
    link("case_id", "cases", index=True),
    link("person_id", "people", index=True),
    link("account_id", "accounts"),
    link("room_id", "rooms", null=True),
    Column("round", Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime, index=True),
    Column("digit", Integer),
    Column("words", Text),
    Column("told_by_staff", Boolean, nullable=False, server_default=false()),  # on behalf of the appellant
    Column("void", Boolean, nullable=False),  # the step that asked was undone
    UniqueConstraint("case_id", "person_id", "round"),
)
