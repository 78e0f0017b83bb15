"""What all tables share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[int]:
    """Return a primary key column."""
    return Column("id", Integer, primary_key=True)


def link(name: str, to: str, *, null: bool = False, **options: Any) -> Column[int]:
    """Return a foreign key column to `to` (a table's id)."""
    return Column(name, Integer, ForeignKey(f"{to}.id"), nullable=null, **options)


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index over the rows that `where` picks.

    The migrations make it on both kinds of database; to name PostgreSQL's here would load what is for it into
    every bot, 2.3 MiB and 30 ms.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(where))
