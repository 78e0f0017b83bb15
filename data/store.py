"""One store: its engines, its units of work, its backups."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from data.backups import back_up
from data.directory import Directory
from data.domain.errors import InputError
from data.engine import connect
from data.schema import upgrade
from data.turns import alone, require_writable
from data.uow import UnitOfWork, Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


INDEX_FORGETS_SINCE = (3, 42)  # SQLite's FTS5 knows `secure-delete`


class Store:
    """Everything that is remembered, behind one URL.

    There is one writer at a time; readers see the last commit and may be many, each in a thread of its own.
    """

    def __init__(self, url: str) -> None:
        self.engines = connect(url)
        self._directory = Directory()
        self._watch: Watch | None = None

    def watch_own(self, renew: Callable[[UnitOfWork], None]) -> None:
        """Call `renew` in the first unit of work that sees other rules or wordings of the place's own."""
        self._watch = Watch(renew)

    @property
    def alone(self) -> bool:
        """Whether whoever runs on this store is the only one: an SQLite file is locked by one process."""
        return self.engines.path is not None

    def write(self, *, beside: bool = False) -> UnitOfWork:
        """Return a unit of work that may change things; nobody else changes any meanwhile.

        `beside`: on PostgreSQL others may, until it says what it holds (`UnitOfWork.hold`).
        """
        turn = require_writable if beside else alone
        return UnitOfWork(self.engines.writer, self._directory, self._watch, turn)

    def read(self) -> UnitOfWork:
        """Return a unit of work that only reads."""
        return UnitOfWork(self.engines.reader, Directory(), self._watch)

    def upgrade(self) -> tuple[str | None, str]:
        """Bring the schema to the newest version."""
        if self.engines.path is not None:
            self.engines.path.parent.mkdir(parents=True, exist_ok=True)
        before, now = upgrade(self.engines)
        if before != now:  # afterwards each is written with what it is made from
            with self.write() as uow:
                uow.digests.fill()
                uow.commit()
        return before, now

    def overwrite_deleted(self) -> bool:
        """Bring the log into the file and empty it, so that nothing deleted stays in either; False if busy.

        What was deleted is overwritten in the file itself (`secure_delete`). The index of words does so by
        itself from SQLite 3.42 on; before, it is written anew.
        """
        if self.engines.path is None:
            return True  # PostgreSQL's VACUUM looks after that
        connection = self.engines.writer.raw_connection()
        try:
            cursor = connection.cursor()
            if sqlite3.sqlite_version_info < INDEX_FORGETS_SINCE:
                cursor.execute("INSERT INTO case_words_index(case_words_index) VALUES ('optimize')")
                connection.commit()
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            cursor.close()
        finally:
            connection.close()
        return not busy

    def close(self) -> None:
        """Close all connections."""
        self.engines.dispose()

    def backup(self, to: Path) -> None:
        """Copy an SQLite store while it is in use (SQLite's online backup)."""
        path = self.engines.path
        if path is None:
            raise InputError(self.engines.url.drivername, "-", "store.not_sqlite")
        back_up(path, to)
