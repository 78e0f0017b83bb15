"""Statements as SQLite's driver runs them, worked out once.

Of the 20 µs that SQLAlchemy takes for a small SELECT, SQLite takes 3, and an appeal makes twenty statements.
So what SQLAlchemy compiled is kept here, with how values go in and how rows come out, and is handed to
the driver of the very same connection: 5 µs. Only statements that live as long as the process are kept (the
constants of the repositories), each from its second run on. Any other database, and an engine on which
somebody watches the statements, goes SQLAlchemy's own way.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Row
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ClauseElement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Executable
    from sqlalchemy.engine import Connection
    from sqlalchemy.engine.interfaces import Dialect
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.sql.elements import BindParameter

NEVER_SEEN: Literal[False] = False
MOST_SHAPES = 64  # lengths of its lists that a statement is kept for


class Slot(NamedTuple):
    """A place in a statement: for a value by name, an item of a list, or what the statement itself says."""

    name: str
    item: int | None
    process: Callable[[Any], Any] | None
    given: bool  # it comes with each run
    always: Any


class Text(NamedTuple):
    """The text of a statement, and its places in order."""

    sql: str
    slots: tuple[Slot, ...]

    def bound(self, values: Mapping[str, Any]) -> list[Any]:
        """Return the values as the driver wants them."""
        found = []  # half of what a statement costs in Python: no call for each slot
        for name, item, process, given, always in self.slots:
            if given:
                value = values[name] if item is None else values[name][item]
                found.append(value if process is None else process(value))
            else:
                found.append(always)
        return found


class Prepared:
    """One statement: its texts by how long its lists are, and what its rows are made of."""

    def __init__(
        self, statement: ClauseElement, dialect: Dialect, names: Sequence[str] | None = None
    ) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=names)
        self._compiled: SQLCompiler = compiled
        self._lists = tuple(bind.key for bind in compiled.post_compile_params if bind.required)
        self._texts: dict[tuple[int, ...], Text] = {}
        columns = compiled._result_columns  # noqa: SLF001  what a SELECT returns is said nowhere else
        found = [column.keyname for column in columns]
        self._meta = SimpleResultMetaData(found)
        self._keys = self._meta._key_to_index  # noqa: SLF001  its rows are made of this
        processors = [c.type._cached_result_processor(dialect, None) for c in columns]  # noqa: SLF001  likewise
        self._processors = processors if any(processors) else None
        self.usable = not compiled.literal_execute_params and len(set(found)) == len(found)

    def text(self, values: Mapping[str, Any]) -> Text:
        """Return the text for lists as long as those among the values."""
        shape = tuple([len(values[name]) for name in self._lists])
        text = self._texts.get(shape)
        if text is None:
            text = self._worked_out(values)
            if len(self._texts) < MOST_SHAPES:
                self._texts[shape] = text
        return text

    def row(self, found: Any) -> Row[Any]:
        """Return what the driver found as SQLAlchemy's row."""
        return Row(self._meta, self._processors, self._keys, found)

    def _worked_out(self, values: Mapping[str, Any]) -> Text:
        compiled = self._compiled
        processors: Any = compiled._bind_processors  # noqa: SLF001  SQLAlchemy's own ways to the driver's values
        if not compiled.post_compile_params:
            found = [_slot(compiled.binds[n], values, processors.get(n)) for n in compiled.positiontup or ()]
            return Text(compiled.string, tuple(found))
        state = compiled.construct_expanded_state(dict(values))
        items = {
            name: _slot(compiled.binds[of], values, state.processors.get(name), place)
            for of, names in state.parameter_expansion.items()
            for place, name in enumerate(names)
        }
        found = [
            items.get(name) or _slot(compiled.binds[name], values, processors.get(name))
            for name in state.positiontup or ()
        ]
        return Text(state.statement, tuple(found))


def _slot(
    bind: BindParameter[Any],
    values: Mapping[str, Any],
    process: Callable[[Any], Any] | None,
    item: int | None = None,
) -> Slot:
    """Return the place of a parameter: one that is not among the values says always the same."""
    if bind.required or bind.key in values:
        return Slot(bind.key, item, process, given=True, always=None)
    said: Any = bind.effective_value
    always = said if item is None else said[item]
    return Slot(bind.key, item, process, given=False, always=process(always) if process else always)


_KEPT: WeakKeyDictionary[ClauseElement, Prepared | None] = WeakKeyDictionary()
_WITH: WeakKeyDictionary[ClauseElement, dict[tuple[str, ...], Prepared]] = WeakKeyDictionary()


class Driver:
    """SQLite's own connection beneath a connection of SQLAlchemy's, within its transaction."""

    def __init__(self, connection: Connection, raw: sqlite3.Connection) -> None:
        self._dialect = connection.dialect
        self._raw = raw

    @classmethod
    def of(cls, connection: Connection) -> Self | None:
        """Return it; None where SQLAlchemy is to run everything."""
        if connection.dialect.name != "sqlite" or connection.engine.dispatch.before_cursor_execute:
            return None
        raw = connection.connection.driver_connection
        return cls(connection, raw) if isinstance(raw, sqlite3.Connection) else None

    def kept(self, statement: Executable) -> Prepared | None:
        """Return a statement as it is kept; None at its first run, or if it cannot be."""
        if not isinstance(statement, ClauseElement):
            return None
        found = _KEPT.get(statement, NEVER_SEEN)
        if found is NEVER_SEEN:
            _KEPT[statement] = None
            return None
        if found is None:
            found = _KEPT[statement] = Prepared(statement, self._dialect)
        return found if found.usable else None

    def kept_with(self, statement: ClauseElement, names: tuple[str, ...]) -> Prepared:
        """Return an INSERT or UPDATE of these columns; the statement lives as long as the process."""
        by_names = _WITH.setdefault(statement, {})
        found = by_names.get(names)
        if found is None:
            found = by_names[names] = Prepared(statement, self._dialect, names)
        return found

    def run(self, prepared: Prepared, values: Mapping[str, Any]) -> sqlite3.Cursor:
        """Run a statement."""
        text = prepared.text(values)
        try:
            return self._raw.execute(text.sql, text.bound(values))
        except sqlite3.Error as error:
            raise self._refused(text.sql, error) from error

    def run_all(self, prepared: Prepared, rows: Sequence[Mapping[str, Any]]) -> sqlite3.Cursor:
        """Run a statement once for each row of values."""
        text = prepared.text(rows[0])
        try:
            return self._raw.executemany(text.sql, [text.bound(row) for row in rows])
        except sqlite3.Error as error:
            raise self._refused(text.sql, error) from error

    def say(self, sql: str) -> None:
        """Run a statement that has no values: a savepoint, a pragma."""
        try:
            self._raw.execute(sql)
        except sqlite3.Error as error:
            raise self._refused(sql, error) from error

    def _refused(self, sql: str, error: sqlite3.Error) -> BaseException:
        """Return SQLAlchemy's error for one of the driver's; no value is in it."""
        return DBAPIError.instance(
            sql, None, error, sqlite3.Error, hide_parameters=True, dialect=self._dialect
        )
