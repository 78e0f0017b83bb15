"""What all repositories share: a connection, and the directory that remembers what rarely changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Executable, Table
    from sqlalchemy.engine import Connection, Row

    from data.directory import Directory


class Repository:
    """Rows in, domain objects out. Lives as long as one unit of work."""

    def __init__(self, connection: Connection, directory: Directory) -> None:
        self.connection = connection
        self.directory = directory

    def first(self, statement: Executable, **values: Any) -> Row[Any] | None:
        """Return the first row, None if there is none."""
        return self.connection.execute(statement, values).first()

    def one(self, statement: Executable, **values: Any) -> Row[Any]:
        """Return the row that a foreign key promises; raise if it is not there."""
        return self.connection.execute(statement, values).one()

    def all(self, statement: Executable, **values: Any) -> Sequence[Row[Any]]:
        """Return all rows."""
        return self.connection.execute(statement, values).all()

    def run(self, statement: Executable, **values: Any) -> int:
        """Run a statement and return how many rows it touched."""
        return self.connection.execute(statement, values).rowcount

    def add(self, table: Table, values: Mapping[str, Any]) -> int:
        """Insert one row and return its id."""
        result = self.connection.execute(insert(table), values)
        found = result.inserted_primary_key
        return int(found[0]) if found else 0

    def add_new(self, table: Table, values: Mapping[str, Any]) -> bool:
        """Insert one row unless a unique key of it is taken; return whether it was inserted."""
        return self.connection.execute(self.upsert(table).on_conflict_do_nothing(), values).rowcount == 1

    def upsert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """Return an INSERT of this database's own kind, which can say what to do on a conflict."""
        name = self.connection.dialect.name
        return sqlite.insert(table) if name == "sqlite" else postgresql.insert(table)
