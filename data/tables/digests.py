"""What is kept beside a case so that it is found and counted fast; it can all be made anew from the rest."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Table, Text

from data.tables.base import link, metadata
from data.tables.types import UtcDateTime

# All that may be searched, each character between spaces: so even one or two characters make a trigram.
case_words = Table(
    "case_words",
    metadata,
    link("case_id", "cases", primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
)
case_times = Table(
    "case_times",
    metadata,
    link("case_id", "cases", primary_key=True, autoincrement=False),
    Column("found_at", UtcDateTime),
    Column("accepted_at", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    Column("fed_back_at", UtcDateTime),
    Column("confirmed_at", UtcDateTime),
    Column("was_overdue", Boolean, nullable=False),  # a step found it so
)
