"""Whistles with the parts of those they call."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata, partial
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
    partial("ix_whistles_open", "case_id", where="ended_at IS NULL"),
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
