"""What each peer's handler does with a message: one row, on disk before the answer.

This file and its neighbours run in an environment of their own, with the peers installed and nothing of ours.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
WARM_UP = 100
CHAT = ("今天天气不错", "晚上吃什么呀", "哈哈哈哈", "收到", "明天有空吗", "早上好")


class Rows:
    """A table in SQLite with the settings of ours: a commit is on disk."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self._connection = sqlite3.connect(folder / "peer.db", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, room TEXT, who TEXT, text TEXT)")

    def keep(self, room: object, who: object, text: str | None) -> None:
        """Keep one message."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(
            "INSERT INTO said (room, who, text) VALUES (?, ?, ?)", (str(room), str(who), text)
        )
        self._connection.execute("COMMIT")

    def count(self) -> int:
        """Return how many were kept."""
        return int(self._connection.execute("SELECT count(*) FROM said").fetchone()[0])


async def _timed(handle: Callable[[int, str], Awaitable[object]], rows: Rows) -> float:
    for number in range(WARM_UP):
        await handle(number, CHAT[number % len(CHAT)])
    start = time.perf_counter()
    for number in range(WARM_UP, WARM_UP + COUNT):
        await handle(number, CHAT[number % len(CHAT)])
    spent = time.perf_counter() - start
    assert rows.count() == WARM_UP + COUNT
    return COUNT / spent


async def measure(handle: Callable[[int, str], Awaitable[object]], rows: Rows) -> None:
    """Print how many messages a second one handles, one after the other."""
    sys.stdout.write(f"{await _timed(handle, rows):.1f}\n")


def run(main: Callable[[], Awaitable[None]]) -> None:
    """Run a measurement."""

    async def go() -> None:
        await main()

    asyncio.run(go())
