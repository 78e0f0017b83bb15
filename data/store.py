"""One store: its engines, its units of work, its backups."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from data.backups import back_up
from data.directory import Directory
from data.domain.errors import InputError
from data.engine import connect, in_files
from data.schema import upgrade
from data.turns import alone, require_writable
from data.uow import UnitOfWork, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path


INDEX_FORGETS_SINCE = (3, 42)  # SQLite's FTS5 knows `secure-delete`
MERGED = 200  # pages of the index of words that are written anew with one call


class IndexRound:
    """The index of words written anew step by step: afterwards no part of it knows what was deleted before.

    FTS5 keeps what was deleted in older segments until these are merged. A first, negative `merge` puts all
    segments there are in one merge, positive ones go on with it; one that changes nothing was the last.
    """

    def __init__(self, marks: frozenset[str]) -> None:
        self.marks = marks  # the deletions it is for
        self._pages = -MERGED

    def goes_on(self, cursor: Any) -> bool:
        """Merge some pages more; return whether all is done."""
        before = cursor.connection.total_changes
        merge = "INSERT INTO case_words_index(case_words_index, rank) VALUES ('merge', ?)"
        cursor.execute(merge, (self._pages,))
        self._pages = MERGED
        return bool(cursor.connection.total_changes - before < 2)


class Store:
    """Everything that is remembered, behind one URL.

    There is one writer at a time; readers see the last commit and may be many, each in a thread of its own.
    """

    def __init__(self, url: str) -> None:
        self.engines = connect(url)
        self._directory = Directory()
        self._watch: Watch | None = None
        self._round: IndexRound | None = None

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

    def overwrite_deleted(self, marks: Collection[str], *, at_once: bool = False) -> frozenset[str]:
        """Bring the log into the file and empty it, so that nothing deleted stays in either.

        What was deleted is overwritten in the file itself (`secure_delete`). The index of words does so by
        itself from SQLite 3.42 on; before, it is written anew, a little with each call or all `at_once`.
        Returns which deletions, by their marks, are now gone for good: none while there is more to do, or
        while somebody reads.
        """
        if self.engines.path is None:
            return frozenset(marks)  # PostgreSQL's VACUUM looks after that
        with closing(self.engines.writer.raw_connection()) as connection:
            cursor = connection.cursor()
            if sqlite3.sqlite_version_info < INDEX_FORGETS_SINCE:
                self._round = self._round or IndexRound(frozenset(marks))
                while not (is_done := self._round.goes_on(cursor)) and at_once:
                    pass
                if not is_done:
                    return frozenset()
                marks, self._round = self._round.marks, None
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return frozenset() if busy else frozenset(marks)

    def shrink(self) -> tuple[int, int]:
        """Write an SQLite file anew without its free pages; return its bytes before and after.

        Nobody else may have it open. It is on disk whole, the old or the new, at any moment.
        """
        path = self.engines.path
        if path is None:
            raise InputError(self.engines.url.drivername, "-", "store.not_sqlite")
        before = path.stat().st_size
        with closing(self.engines.writer.raw_connection()) as connection:
            cursor = connection.cursor()
            with in_files(cursor):
                cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return before, path.stat().st_size

    def close(self) -> None:
        """Close all connections."""
        self.engines.dispose()

    def backup(self, to: Path) -> None:
        """Copy an SQLite store while it is in use (SQLite's online backup)."""
        path = self.engines.path
        if path is None:
            raise InputError(self.engines.url.drivername, "-", "store.not_sqlite")
        back_up(path, to)
