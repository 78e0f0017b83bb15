"""Corrections that people made of what was understood."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

corrections = Table(
    "corrections",
    metadata,
    key(),
    Column("at", UtcDateTime, nullable=False),
    link("person_id", "people", null=True),
    link("appeal_id", "appeals", null=True, index=True),
    link("speaker_id", "people", null=True, index=True),  # whose words these are, where they are no appeal
    Column("text", Text, nullable=False),
    Column("was", String),
    Column("now", String, nullable=False),
)
