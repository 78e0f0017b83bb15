"""Backups of an SQLite store: made while it is in use, put back only where nobody uses it."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.domain.errors import InputError
from data.engine import connect
from data.lock import locked, mark_path
from data.schema import current, known

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STAMP = "%Y%m%d-%H%M%S"
SIDES = ("-wal", "-shm", "-journal")


def back_up(database: Path, to: Path) -> None:
    """Copy a database that is in use (SQLite's online backup); half a copy never has the name."""
    if not database.exists():
        raise InputError(str(database), "-", "store.absent")
    if to.exists():
        raise InputError(str(to), "-", "store.exists")
    with _whole_or_not_at_all(to) as half, closing(sqlite3.connect(database)) as source:
        _copy(source, half)


def restore(backup: Path, to: Path, *, overwrite: bool) -> None:
    """Put a backup in the place of a database; one that is there is only replaced with `overwrite`.

    A bot that runs has the lock, and this is refused. The old file stays where it is until the new one is
    whole, checked and on disk; then one takes the other's place in a single step.
    """
    to = to.resolve()  # a link to the database stays one
    if not backup.exists():
        raise InputError(str(backup), "-", "store.absent")
    if to.exists() and not overwrite:
        raise InputError(str(to), "-", "store.exists")
    with locked(f"sqlite:///{to}"), _whole_or_not_at_all(to) as half:
        with closing(sqlite3.connect(backup)) as source:
            _require_ours(source, backup)
            _copy(source, half)
        _require_known(half, backup)
        if to.exists():
            _settle(to)
        mark_path(to).unlink(missing_ok=True)  # the backup is older than what the bot wrote last, and may be


def outdated(database: Path, before: datetime) -> Iterator[Path]:
    """Yield the backups beside a database that bear the name of a time before that one."""
    shape = re.compile(rf"{re.escape(database.stem)}-(\d{{8}}-\d{{6}})\.db")
    for path in sorted(database.parent.glob("*.db")):
        found = shape.fullmatch(path.name)
        if found and datetime.strptime(found[1], STAMP).replace(tzinfo=before.tzinfo or UTC) < before:
            yield path


@contextmanager
def _whole_or_not_at_all(to: Path) -> Iterator[Path]:
    """Give a name to write under; what is whole at the end is put on disk and takes the place of `to`."""
    half = to.with_name(f"{to.name}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _drop(half)
        yield half
        for path in (half, to.parent):
            descriptor = os.open(path, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        half.replace(to)
    except (sqlite3.DatabaseError, OSError) as error:
        raise InputError(str(to), "-", "store.not_written", what=str(error)) from None
    finally:
        with suppress(OSError):
            _drop(half)


def _copy(source: sqlite3.Connection, to: Path) -> None:
    with closing(sqlite3.connect(to)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        if target.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise InputError(str(to), "-", "store.not_ours")
    to.chmod(0o600)


def _require_ours(source: sqlite3.Connection, backup: Path) -> None:
    try:
        sound = source.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        ours = source.execute("SELECT count(*) FROM sqlite_master WHERE name = 'outbox'").fetchone()[0]
    except sqlite3.DatabaseError:
        sound = ours = False
    if not (sound and ours):
        raise InputError(str(backup), "-", "store.not_ours")


def _require_known(half: Path, backup: Path) -> None:
    """Refuse a backup of a newer program: this one could not open it."""
    engines = connect(f"sqlite:///{half}")
    try:
        with engines.reader.connect() as connection:
            version = current(connection)
    finally:
        engines.dispose()
    if version is None or not known(version):
        raise InputError(str(backup), "-", "store.newer", version=version)


def _settle(database: Path) -> None:
    """Bring what lies beside the old file into it; whoever still has it open is in the way.

    An old file that is damaged is replaced all the same: that is what a backup is for.
    """
    try:
        with closing(sqlite3.connect(database, timeout=1)) as old:
            old.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise InputError(str(database), "-", "store.in_use", pid="?") from None
    except sqlite3.DatabaseError:
        pass
    for side in SIDES:
        database.with_name(database.name + side).unlink(missing_ok=True)


def _drop(path: Path) -> None:
    for side in ("", *SIDES):
        path.with_name(path.name + side).unlink(missing_ok=True)
