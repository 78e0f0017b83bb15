"""What is kept beside a case so that it is found and counted fast; it can all be made anew from the rest."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table, Text

from data.domain.figures import STAGES
from data.tables.base import link, metadata

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
    *(Column(f"to_{stage}", Integer) for stage in STAGES),  # seconds from the finding
    Column("was_overdue", Boolean, nullable=False),  # a step found it so
)
