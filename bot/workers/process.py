"""This process among all processes: where it runs, and whether another one of the same machine still does."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")
PIDS = Path("/proc/self/ns/pid")
BEGAN = 19  # of the fields behind the name in /proc/PID/stat: when it began, in ticks since the start


def place() -> str | None:
    """Return the name of this machine as long as it is up, and of its processes; None if it has none."""
    try:
        return f"{BOOT.read_text(encoding='ascii').strip()}/{PIDS.stat().st_ino}"
    except OSError:
        return None


def process(number: int | None = None) -> str | None:
    """Return a process by its number and its beginning (this one by default); None if there is none."""
    number = os.getpid() if number is None else number
    try:
        fields = (
            Path(f"/proc/{number}/stat")
            .read_text(encoding="utf-8", errors="replace")
            .rpartition(")")[2]
            .split()
        )
    except OSError:
        return None
    return None if fields[0] in ("Z", "X") else f"{number}.{fields[BEGAN]}"


def is_gone(where: str, which: str) -> bool:
    """Whether a process of this machine has ended for certain; of other machines nothing is known."""
    if where != place():
        return False
    with suppress(ValueError):
        return process(int(which.partition(".")[0])) != which
    return False
