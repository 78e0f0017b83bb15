"""The log of deletions: a file beside the pictures, which a restored backup does not bring back.

A backup holds what people have deleted since. A line of the log says when somebody deleted their data, and
which account it was, as a hash; after a restore what came back is deleted again.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME = "deleted.log"
LOG = "log"  # the kind of what is left to do: a line for the log
KEPT_FOR = timedelta(days=60)  # backups are kept for thirty


def line_of(at: datetime, channel: str, account: str) -> str:
    """Return the line for a deletion."""
    return f"{at.isoformat()} {hash_of(channel, account)}"


def hash_of(channel: str, account: str) -> str:
    """Return an account's hash: no name, no id stands in the log."""
    return sha256(f"shaozi-deleted\0{channel}\0{account}".encode()).hexdigest()


class DeletionLog:
    """The log of deletions: a file in a folder, one line each."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def add(self, lines: Iterable[str]) -> None:
        """Write lines down, on disk; those that no backup needs any more go."""
        every = dict.fromkeys([*self._lines(), *lines])
        newest = max((_when(line) for line in every), default=None)
        kept = [line for line in every if newest is not None and _when(line) > newest - KEPT_FOR]
        text = "".join(f"{line}\n" for line in kept)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        half = self._path.with_suffix(".part")
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        half.replace(self._path)

    @property
    def empty(self) -> bool:
        """Whether nobody has deleted anything."""
        return not self._lines()

    def since(self, at: datetime) -> set[str]:
        """Return the hashes of the accounts whose data were deleted after a moment."""
        return {line.partition(" ")[2] for line in self._lines() if _when(line) > at}

    def _lines(self) -> list[str]:
        try:
            return self._path.read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return []


def _when(line: str) -> datetime:
    return datetime.fromisoformat(line.partition(" ")[0])
