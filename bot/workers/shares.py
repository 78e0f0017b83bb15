"""Who should do what: each share of the rooms, and each duty of one alone, has one worker that suits it best.

The choice is the same wherever it is made (rendezvous hashing): when somebody comes or goes only what was
theirs, or becomes theirs, changes hands.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable

SHARES = 64
TICKER = "ticker"
ROOMS = tuple(f"rooms:{number:02}" for number in range(SHARES))


def share_of(channel: str, room: str | None, account: str) -> str:
    """Return the share that a room is in, or a private chat."""
    where = f"{channel}\0r{room}" if room is not None else f"{channel}\0a{account}"
    return ROOMS[crc32(where.encode()) % SHARES]


def lease_of(channel: str) -> str:
    """Return the lease of a channel that one worker holds."""
    return f"channel:{channel}"


def best(name: str, workers: Iterable[str]) -> str | None:
    """Return the worker that suits a lease best; None if there is nobody."""
    return max(workers, key=lambda worker: blake2b(f"{name}\0{worker}".encode()).digest(), default=None)
