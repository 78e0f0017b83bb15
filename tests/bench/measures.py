"""The measurements: each returns figures, none judges them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bot.sender import SendTried
from data.domain.case import Place as Spot
from handlers.cases.same_matter import already_open
from handlers.context import Context
from nlp.learning.corpus import group_lines
from nlp.understand import Understander
from tests.bench.place import Place, settle

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
FIRST_ANSWER = """
import time, sys
start = time.perf_counter()
from pathlib import Path
from tests.bench.place import settle
place = settle(Path(sys.argv[1]), room_count=10)
built = time.perf_counter()
place.parts.intake.take(list(place.talk(10)))
print(time.perf_counter() - start)
place.parts.close()
"""
MEMORY = """
import resource, sys
from pathlib import Path
from tests.bench.measures import drain
from tests.bench.place import settle
place = settle(Path(sys.argv[1]), room_count=100)
place.parts.intake.take(list(place.talk(50)))
rest = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
for _ in range(2000):
    place.parts.intake.take(list(place.talk(50)))
    place.moves_on()
    drain(place)
after = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
print(rest, after)
place.parts.close()
"""


def understanding(*, fast: bool, appeals: int, seconds: float = 2.0) -> float:
    """Return lines/s of understanding lines of group talk, one process; of a thousand so many are appeals."""
    with tempfile.TemporaryDirectory() as folder:
        mind = Understander(cache_dir=Path(folder), fast=fast)
        every = group_lines()
        lines = [line.text for line in every if line.kind == "chat"][: 1000 - appeals]
        lines += [line.text for line in every if line.kind == "appeal"][:appeals]
        mind.understand("预热")
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            for line in lines:
                mind.understand(line)
            count += len(lines)
        return count / (time.perf_counter() - start)


def durable(place: Place, *, batch: int, count: int, appeals: int = 1) -> float:
    """Return messages/s from parsed to stored with its answer in the outbox, `batch` to a commit.

    Of ten messages so many are appeals. What waits is sent meanwhile, and that is not counted.
    """
    spent = 0.0
    for _ in range(max(1, count // batch)):
        messages = list(place.talk(batch, appeals_in_ten=appeals))
        start = time.perf_counter()
        place.parts.intake.take(messages)
        spent += time.perf_counter() - start
        if place.number % 200 < batch:
            place.moves_on()
            drain(place)
    return count / spent


def same_matter(place: Place) -> float:
    """Return the milliseconds of finding the open case that a new appeal is about, in its grid."""
    house = place.parts.house
    said = house.understander.understand("电梯坏了没人修")
    with place.parts.store.read() as uow:
        ctx = Context(house, uow, place.clock.now())
        grid = uow.areas.get(2)
        start = time.perf_counter()
        for _ in range(100):
            already_open(ctx, grid, said, Spot())
        return (time.perf_counter() - start) * 10


def drain(place: Place) -> None:
    """Send what is due, as the sender does, without a network."""
    sender = place.parts.sender
    tried: list[SendTried] = []
    while claimed := sender.cycle(tried):
        tried = [SendTried(one, f"x{one.ids[0]}") for one in claimed]
    sender.cycle(tried)


def with_place(measure: Callable[[Place], float], *, room_count: int, case_count: int = 0) -> float:
    """Return the median of a measurement in a place made for it."""
    with tempfile.TemporaryDirectory() as folder:
        place = settle(Path(folder), room_count=room_count, case_count=case_count)
        try:
            measure(place)  # warm up
            return median(measure(place) for _ in range(ROUNDS))
        finally:
            place.parts.close()


def in_a_process(script: str) -> list[float]:
    """Run a script in a process of its own and return the numbers it prints."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", script, folder],
            check=True,
            capture_output=True,
            text=True,
            env=as_installed(),
        )
    return [float(number) for number in done.stdout.split()]


def as_installed() -> dict[str, str]:
    """Return an environment where Python keeps what it compiled, as it does wherever the bot is installed.

    Without its compiled modules a start takes twice as long.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def start_up() -> float:
    """Return the seconds from the start of a process (cold caches) to the first answers in the outbox."""
    return median(in_a_process(FIRST_ANSWER)[0] for _ in range(3))


def memory() -> tuple[float, float]:
    """Return MiB at rest and after 100,000 messages."""
    rest, after = in_a_process(MEMORY)
    return rest / 2**20, after / 2**20


def commits(count: int = 2000) -> float:
    """Return the bare commits/s of this disk, one small row each with `synchronous=FULL`."""
    import sqlite3

    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)")
        start = time.perf_counter()
        for _ in range(count):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO t (b) VALUES ('x')")
            connection.execute("COMMIT")
        spent = time.perf_counter() - start
        connection.close()
    return count / spent
