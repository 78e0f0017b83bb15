"""What all repositories share: a connection, and the directory that remembers what rarely changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Executable, Table
    from sqlalchemy.engine import Connection, Row

    from data.directory import Directory


class Upsert:
    """An INSERT that says what to do where a unique key is taken, built once for each kind of database.

    Without `key` the row that is there stays; with it, the columns in `replace` take the new value and those
    in `add` are added up.
    """

    def __init__(
        self, table: Table, *, key: Sequence[str] = (), replace: Sequence[str] = (), add: Sequence[str] = ()
    ) -> None:
        self._statements: dict[str, sqlite.Insert | postgresql.Insert] = {}
        for name, new in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert)):
            statement: sqlite.Insert | postgresql.Insert = new(table)
            if key:
                values: dict[str, Any] = {column: statement.excluded[column] for column in replace}
                values |= {column: table.c[column] + statement.excluded[column] for column in add}
                statement = statement.on_conflict_do_update(index_elements=list(key), set_=values)
            else:
                statement = statement.on_conflict_do_nothing()
            self._statements[name] = statement

    def on(self, dialect: str) -> sqlite.Insert | postgresql.Insert:
        """Return the statement in a database's own words."""
        return self._statements[dialect]


@dataclass(frozen=True, slots=True)
class Touched:
    """The cases a unit of work changed, by their own ids and by those of their appeals."""

    cases: set[int] = field(default_factory=set)
    appeals: set[int] = field(default_factory=set)


class Repository:
    """Rows in, domain objects out. Lives as long as one unit of work."""

    def __init__(self, connection: Connection, directory: Directory, touched: Touched | None = None) -> None:
        self.connection = connection
        self.directory = directory
        self.touched = touched or Touched()

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

    def upsert(self, statement: Upsert, rows: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> int:
        """Insert rows, doing what the statement says where a key is taken; return how many were touched."""
        return self.connection.execute(statement.on(self.connection.dialect.name), rows).rowcount
