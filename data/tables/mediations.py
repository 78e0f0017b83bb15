"""Mediations with the confirmations of both sides."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, String, Table, Text, UniqueConstraint

from data.tables.base import key, link, metadata
from data.tables.types import UtcDateTime

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
