"""What all repositories share: a connection, and the directory that remembers what rarely changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert
from sqlalchemy.exc import MultipleResultsFound, NoResultFound

from data.repositories.prepared import Driver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Executable, Insert, Table, Update
    from sqlalchemy.dialects import postgresql, sqlite
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
        self._table = table
        self._key, self._replace, self._add = key, replace, add
        self._statements: dict[str, sqlite.Insert | postgresql.Insert] = {}

    def on(self, dialect: str) -> sqlite.Insert | postgresql.Insert:
        """Return the statement in a database's own words."""
        if dialect not in self._statements:
            self._statements[dialect] = self._built(dialect)
        return self._statements[dialect]

    def _built(self, dialect: str) -> sqlite.Insert | postgresql.Insert:
        # the words of PostgreSQL take 4 MiB, which a place with a file need not have
        statement: sqlite.Insert | postgresql.Insert = import_module(f"sqlalchemy.dialects.{dialect}").insert(
            self._table
        )
        if not self._key:
            return statement.on_conflict_do_nothing()
        values: dict[str, Any] = {column: statement.excluded[column] for column in self._replace}
        values |= {column: self._table.c[column] + statement.excluded[column] for column in self._add}
        return statement.on_conflict_do_update(index_elements=list(self._key), set_=values)


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
        self._driver = Driver.of(connection)

    def first(self, statement: Executable, **values: Any) -> Row[Any] | None:
        """Return the first row, None if there is none."""
        if self._driver is None or (prepared := self._driver.kept(statement)) is None:
            return self.connection.execute(statement, values).first()
        cursor = self._driver.run(prepared, values)
        found = cursor.fetchone()
        cursor.close()
        return None if found is None else prepared.row(found)

    def one(self, statement: Executable, **values: Any) -> Row[Any]:
        """Return the row that a foreign key promises; raise if it is not there."""
        found = self.all(statement, **values)
        if len(found) != 1:
            raise MultipleResultsFound if found else NoResultFound
        return found[0]

    def all(self, statement: Executable, **values: Any) -> Sequence[Row[Any]]:
        """Return all rows."""
        if self._driver is None or (prepared := self._driver.kept(statement)) is None:
            return self.connection.execute(statement, values).all()
        return [prepared.row(found) for found in self._driver.run(prepared, values)]

    def run(self, statement: Executable, **values: Any) -> int:
        """Run a statement and return how many rows it touched."""
        if self._driver is None or (prepared := self._driver.kept(statement)) is None:
            return self.connection.execute(statement, values).rowcount
        return self._driver.run(prepared, values).rowcount

    def alter(self, statement: Update, **values: Any) -> int:
        """Run an UPDATE that sets the columns among the values, and return how many rows it touched."""
        if self._driver is None:
            return self.connection.execute(statement, values).rowcount
        return self._driver.run(self._driver.kept_with(statement, tuple(values)), values).rowcount

    def scalar(self, statement: Executable, **values: Any) -> Any:
        """Return the first column of the first row, None if there is none."""
        found = self.first(statement, **values)
        return None if found is None else found[0]

    def add(self, table: Table, values: Mapping[str, Any]) -> int:
        """Insert one row and return its id."""
        statement = _into(table)
        if self._driver is not None and table.c.get("id") is not None:
            prepared = self._driver.kept_with(statement, tuple(values))
            return self._driver.run(prepared, values).lastrowid or 0
        found = self.connection.execute(statement, values).inserted_primary_key
        return int(found[0]) if found else 0

    def add_all(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows of the same columns."""
        if rows and self._driver is not None:
            self._driver.run_all(self._driver.kept_with(_into(table), tuple(rows[0])), rows)
        elif rows:
            self.connection.execute(_into(table), rows)

    def upsert(self, statement: Upsert, rows: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> int:
        """Insert rows, doing what the statement says where a key is taken; return how many were touched."""
        insertion = statement.on(self.connection.dialect.name)
        if self._driver is None or not rows:
            return self.connection.execute(insertion, rows).rowcount
        every = rows if isinstance(rows, Sequence) else (rows,)
        return self._driver.run_all(self._driver.kept_with(insertion, tuple(every[0])), every).rowcount


@cache
def _into(table: Table) -> Insert:
    return insert(table)
