"""The schema's version: brought up to date, checked, refused when it is newer than this program."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, MetaData, String, Table, inspect, select

from data.domain.errors import InputError
from data.engine import in_files, sqlite_path
from data.turns import alone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

    from data.engine import Engines


_VERSION = Table("alembic_version", MetaData(), Column("version_num", String))
_NAMED = re.compile(r'^revision = "(.+)"$', re.MULTILINE)
_BEFORE = re.compile(r'^down_revision = "(.+)"$', re.MULTILINE)


@cache
def _revisions() -> tuple[frozenset[str], str]:
    """Return all versions this program knows, and the newest: that on which no other builds.

    Read from the files themselves, for Alembic takes a fifth of a second to load and is seldom needed.
    """
    folder = files("data") / "migrations" / "versions"
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".py")]
    every = {name for text in texts for name in _NAMED.findall(text)}
    newest, *others = every - {name for text in texts for name in _BEFORE.findall(text)}
    if others:
        raise ValueError([newest, *others])
    return frozenset(every), newest


def newest() -> str:
    """Return the newest version this program knows."""
    return _revisions()[1]


def current(connection: Connection) -> str | None:
    """Return the version a database has; None when it is empty."""
    if not inspect(connection).has_table(_VERSION.name):
        return None
    return connection.execute(select(_VERSION.c.version_num)).scalar()


def known(version: str) -> bool:
    """Whether this program knows a version; if not, the database is newer."""
    return version in _revisions()[0]


def require_current(engines: Engines) -> None:
    """Raise a clear error unless the database has the newest version."""
    with engines.reader.connect() as connection:
        have = current(connection)
    if have is None:
        raise InputError(_shown(engines), "-", "store.empty")
    if not known(have):
        raise InputError(_shown(engines), "-", "store.newer", version=have)
    if have != newest():
        raise InputError(_shown(engines), "-", "store.older", version=have)


def upgrade(engines: Engines) -> tuple[str | None, str]:
    """Bring a database to the newest version; return the version before and after.

    A database from a newer program is refused and not touched. On SQLite foreign keys are off meanwhile (a
    table that is copied would delete its children) and are checked before the commit.
    """
    path = sqlite_path(engines.url)
    if path is not None and path.exists():
        with engines.reader.connect() as connection:
            have = current(connection)
        if have is not None and not known(have):
            raise InputError(_shown(engines), "-", "store.newer", version=have)
    with engines.writer.connect() as connection, _links_unchecked(connection):
        return _migrate(connection)


@contextmanager
def _links_unchecked(connection: Connection) -> Iterator[None]:
    """Switch SQLite's foreign keys off, on the driver's connection: after BEGIN it changes nothing.

    What a migration sorts for its indexes lies in a file meanwhile.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with in_files(driver):
            yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _migrate(connection: Connection) -> tuple[str | None, str]:
    with connection.begin():
        alone(connection)  # two bots that start at once
        have = current(connection)
        if have is not None and not known(have):
            raise InputError(str(connection.engine.url), "-", "store.newer", version=have)
        now = newest()
        if have == now:
            return have, now
        _run_migrations(connection)
        for problem in broken_links(connection):
            raise InputError(str(connection.engine.url), "-", "store.broken", what=problem)
        return have, now


def _run_migrations(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  slow to load, and most starts find nothing to do
    from alembic.config import Config  # noqa: PLC0415

    with as_file(files("data") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def broken_links(connection: Connection) -> Iterator[str]:
    """Yield the foreign keys of an SQLite database that point nowhere."""
    if connection.dialect.name == "sqlite":
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"{table} {row} → {parent}"


def _shown(engines: Engines) -> str:
    return engines.url.render_as_string(hide_password=True)
