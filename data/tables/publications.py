"""What a person has looked over and made public of a case: words, result, pictures."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Table, Text

from data.tables.base import link, metadata
from data.tables.types import UtcDateTime

publications = Table(
    "publications",
    metadata,
    link("case_id", "cases", primary_key=True, autoincrement=False),
    link("person_id", "people"),
    Column("at", UtcDateTime, nullable=False),
    Column("words", Text, nullable=False),  # as they were shown to who approved them
    Column("result", Text, nullable=False),
    Column("pictures", JSON, nullable=False),
)
