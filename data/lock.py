"""The lock of an SQLite store: one bot at a time has it, and it says who.

A lock file lies beside the database. The kernel holds the lock (`flock`) and lets go of it when the process
ends, however it ends; what the file says only tells people whom to look for.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from data.domain.errors import InputError
from data.engine import parse, sqlite_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST = 20  # characters of a process id in the file


def lock_path(database: Path) -> Path:
    """Return the lock file of a database; a link to it has the same."""
    return _beside(database, "lock")


def mark_path(database: Path) -> Path:
    """Return the file beside a database in which its heartbeats are counted, too."""
    return _beside(database, "beat")


def _beside(database: Path, ending: str) -> Path:
    real = database.resolve()
    return real.with_name(f"{real.name}.{ending}")


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Have an SQLite store for oneself, or raise `InputError` (`store.in_use`) that says who has it.

    PostgreSQL looks after its own: there nothing is locked.
    """
    database = sqlite_path(parse(url))
    if database is None:
        yield
        return
    path = lock_path(database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise InputError(str(path.parent), "-", "store.folder", what=error.strerror) from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(str(database), "-", "store.in_use", pid=_owner(descriptor)) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)  # the file stays: whoever deleted it would let two in


def _owner(descriptor: int) -> str:
    said = os.pread(descriptor, LONGEST, 0).decode("ascii", "replace").strip()
    return said or "?"
