"""One store: its engines, its units of work, its backups."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from data.directory import Directory
from data.domain.errors import InputError
from data.engine import connect
from data.schema import upgrade
from data.uow import UnitOfWork

if TYPE_CHECKING:
    from pathlib import Path


class Store:
    """Everything that is remembered, behind one URL.

    There is one writer at a time; readers see the last commit and may be many, each in a thread of its own.
    """

    def __init__(self, url: str) -> None:
        self.engines = connect(url)
        self._directory = Directory()

    def write(self) -> UnitOfWork:
        """Return a unit of work that may change things."""
        return UnitOfWork(self.engines.writer, self._directory)

    def read(self) -> UnitOfWork:
        """Return a unit of work that only reads."""
        return UnitOfWork(self.engines.reader, Directory())

    def upgrade(self) -> tuple[str | None, str]:
        """Bring the schema to the newest version."""
        if self.engines.path is not None:
            self.engines.path.parent.mkdir(parents=True, exist_ok=True)
        versions = upgrade(self.engines)
        with self.write() as uow:
            uow.digests.fill()
            uow.commit()
        return versions

    def close(self) -> None:
        """Close all connections."""
        self.engines.dispose()

    def backup(self, to: Path) -> None:
        """Copy an SQLite store while it is in use (SQLite's online backup)."""
        path = self.engines.path
        if path is None:
            raise InputError(self.engines.url.drivername, "-", "store.not_sqlite")
        if not path.exists():
            raise InputError(str(path), "-", "store.absent")
        if to.exists():
            raise InputError(str(to), "-", "store.exists")
        to.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)


def restore(backup: Path, to: Path, *, overwrite: bool) -> None:
    """Put a backup in the place of a store; an existing one is only replaced with `overwrite`."""
    if not backup.exists():
        raise InputError(str(backup), "-", "store.absent")
    if to.exists() and not overwrite:
        raise InputError(str(to), "-", "store.exists")
    with closing(sqlite3.connect(backup)) as source:
        try:
            sound = source.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = source.execute("SELECT count(*) FROM sqlite_master WHERE name = 'outbox'").fetchone()[0]
        except sqlite3.DatabaseError:
            sound = ours = False
        if not (sound and ours):
            raise InputError(str(backup), "-", "store.not_ours")
        for leftover in ("-wal", "-shm"):
            to.with_name(to.name + leftover).unlink(missing_ok=True)
        to.unlink(missing_ok=True)
        to.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(to)) as target:
            source.backup(target)
