"""The two engines of a store: one that writes and one that only reads.

SQLite: WAL, `synchronous=FULL`, foreign keys on, and an explicit BEGIN IMMEDIATE for the writer, since the
driver's own BEGIN is deferred and silently loses updates. PostgreSQL: psycopg 3 with a small pool.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import AsyncConnection
    from sqlalchemy.engine import Connection, Engine

BUSY_TIMEOUT = 10_000  # milliseconds
# How soon a line to a silent server counts as dead: libpq's names, seconds, the last in milliseconds.
LINE = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# A bot that is cut off in the middle of a transaction holds up the others no longer than that.
LET_GO = "SET idle_in_transaction_session_timeout = '10s'; SET lock_timeout = '30s'"


@dataclass(frozen=True, slots=True)
class Engines:
    """`writer` for transactions that change something, `reader` for everything else."""

    url: URL
    writer: Engine
    reader: Engine

    @property
    def path(self) -> Path | None:
        """The SQLite file, None on PostgreSQL."""
        return sqlite_path(self.url)

    def dispose(self) -> None:
        """Close all connections."""
        self.writer.dispose()
        self.reader.dispose()


def parse(url: str) -> URL:
    """Return the parsed URL of a store; `postgresql://` means psycopg 3."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise InputError("database.url", "-", "store.bad_url") from None
    if parsed.drivername in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed
    if parsed.drivername == "postgresql+psycopg":
        return parsed
    # in memory, SQLite is one database a thread: useless for a writer and readers
    raise InputError("database.url", "-", "store.bad_url")


def sqlite_path(url: URL) -> Path | None:
    """Return the file of an SQLite URL, None for other databases."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def connect(url: str) -> Engines:
    """Return the engines for a URL; nothing is opened yet."""
    parsed = parse(url)
    if sqlite_path(parsed) is None:
        shared: dict[str, Any] = {
            "pool_pre_ping": True,
            "hide_parameters": True,
            "connect_args": {name: value for name, value in LINE.items() if name not in parsed.query},
        }
        writer = create_engine(parsed, pool_size=4, **shared)
        reader = create_engine(parsed, pool_size=8, **shared)
        event.listen(writer, "connect", _let_go)
        event.listen(reader, "begin", _begin_read_only)
        return Engines(parsed, writer, reader)
    options: dict[str, Any] = {
        "connect_args": {"isolation_level": None, "timeout": BUSY_TIMEOUT / 1000},
        "hide_parameters": True,  # an error in the log must not repeat what people said
    }
    writer, reader = create_engine(parsed, **options), create_engine(parsed, **options)
    event.listen(writer, "connect", _prepare_writer)
    event.listen(writer, "begin", _begin_immediate)
    event.listen(reader, "connect", _prepare_reader)
    event.listen(reader, "begin", _begin)
    return Engines(parsed, writer, reader)


@contextmanager
def in_files(driver: Any) -> Iterator[None]:
    """Let SQLite keep in a file what is much: a whole database written anew, what an index is sorted from."""
    driver.execute("PRAGMA temp_store=FILE")
    try:
        yield
    finally:
        driver.execute("PRAGMA temp_store=MEMORY")


def _pragmas(connection: Any, *pragmas: str) -> None:
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_writer(connection: Any, _record: object) -> None:
    _pragmas(
        connection,
        f"busy_timeout={BUSY_TIMEOUT}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is erased is overwritten: a secret vote, the words of who left
        "temp_store=MEMORY",  # pages as they were before a savepoint: half of a row's cost was that file
    )


def _prepare_reader(connection: Any, _record: object) -> None:
    _pragmas(connection, f"busy_timeout={BUSY_TIMEOUT}", "foreign_keys=ON", "query_only=ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_read_only(connection: Connection) -> None:
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _let_go(connection: Any, _record: object) -> None:
    connection.execute(LET_GO)
    connection.commit()


async def at_the_wire(url: URL) -> AsyncConnection[Any]:
    """Return a connection of its own to listen and to notify, each statement for itself (PostgreSQL)."""
    from psycopg import AsyncConnection  # noqa: PLC0415  an extra

    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    options: dict[str, Any] = {name: value for name, value in LINE.items() if name not in url.query}
    return await AsyncConnection.connect(address, autocommit=True, **options)
