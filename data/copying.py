"""A whole store moved into another database, table by table in batches, and counted there again.

Everything happens in one transaction of the target: it is filled and proven equal, or stays empty.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, bindparam, func, insert, select, update

from data.domain.errors import InputError
from data.schema import require_current
from data.tables import metadata
from data.tables.areas import meta
from data.tables.outbox import outbox
from data.tables.workers import leases, workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Column, Table
    from sqlalchemy.engine import Connection

    from data.store import Store

BATCH = 2_000  # rows
NOT_MOVED = frozenset({workers.name, leases.name})  # who runs on a store is nothing that it remembers
WRAP = 2**64


class Moved(NamedTuple):
    """One table that was copied: its rows, and the sum of what stands in them."""

    table: str
    rows: int
    total: int


class Sum:
    """Counts rows and adds up what stands in them, in whatever order they come."""

    def __init__(self) -> None:
        self.rows = 0
        self.total = 0

    def add(self, values: Iterable[Any]) -> None:
        """Count a row, and add the hash of what stands in it."""
        said = json.dumps([_plain(value) for value in values], ensure_ascii=True, sort_keys=True)
        self.rows += 1
        self.total = (self.total + int.from_bytes(blake2b(said.encode(), digest_size=8).digest())) % WRAP


def copy(source: Store, target: Store) -> Iterator[Moved]:
    """Copy a store into an empty one, yielding each table as it is done; raise `InputError` if it may not be.

    Nobody may run on either: the caller holds the lock of an SQLite file, workers are looked for here.
    """
    require_current(source.engines)
    _require_unused(source)
    target.upgrade()
    with source.engines.reader.connect() as reading, target.engines.writer.begin() as writing:
        _require_empty(target, writing)
        for table in metadata.sorted_tables:
            if table.name not in NOT_MOVED:
                yield _move(table, reading, writing)
        _set_sequences(writing)


def _require_unused(store: Store) -> None:
    if store.alone:
        return
    with store.read() as uow:
        standing = uow.workers.count()
    if standing:
        raise InputError(_shown(store), "-", "store.workers", count=standing)


def _require_empty(target: Store, connection: Connection) -> None:
    """Raise unless nothing is in the target but what its schema begins with."""
    for table in metadata.sorted_tables:
        rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if rows and table is not meta:
            raise InputError(_shown(target), "-", "store.not_empty", table=table.name, rows=rows)
    connection.execute(meta.delete())


def _move(table: Table, reading: Connection, writing: Connection) -> Moved:
    """Copy a table and prove it; links within it are set when all its rows are there."""
    inner = [column for column in table.c if any(k.column.table is table for k in column.foreign_keys)]
    sent = Sum()
    late: list[dict[str, Any]] = []
    for rows in _batches(table, reading):
        for row in rows:
            sent.add(row.values())
        late += [_link(row, inner) for row in rows if any(row[one.name] is not None for one in inner)]
        writing.execute(insert(table), [row | {one.name: None for one in inner} for row in rows])
    if late:
        writing.execute(update(table).where(table.c.id == bindparam("own_id")), late)
    arrived = Sum()
    for rows in _batches(table, writing):
        for row in rows:
            arrived.add(row.values())
    if (sent.rows, sent.total) != (arrived.rows, arrived.total):
        raise InputError(table.name, "-", "store.not_equal", sent=sent.rows, arrived=arrived.rows)
    return Moved(table.name, arrived.rows, arrived.total)


def _link(row: Mapping[str, Any], inner: Iterable[Column[Any]]) -> dict[str, Any]:
    return {"own_id": row["id"], **{column.name: row[column.name] for column in inner}}


def _batches(table: Table, connection: Connection) -> Iterator[list[dict[str, Any]]]:
    """Yield a table's rows by its key, without ever having all of them."""
    ordered = select(table).order_by(*table.primary_key)
    rows = connection.execute(ordered, execution_options={"yield_per": BATCH}).mappings()
    while batch := [dict(row) for row in islice(rows, BATCH)]:
        if table is outbox:  # nobody is sending it any more
            batch = [row | {"holder": None} for row in batch]
        yield batch


def _set_sequences(connection: Connection) -> None:
    """Let PostgreSQL count on from the highest number of each table."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        key = table.c.get("id")
        if key is not None and isinstance(key.type, Integer):
            highest = select(func.max(key))
            sequence = func.pg_get_serial_sequence(table.name, "id")
            last = connection.execute(highest).scalar()
            if last is not None:
                connection.execute(select(func.setval(sequence, last)))


def _plain(value: Any) -> Any:
    """Return a value as both kinds of database give it."""
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if hasattr(value, "isoformat") else value


def _shown(store: Store) -> str:
    return store.engines.url.render_as_string(hide_password=True)
