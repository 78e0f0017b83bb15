"""Backoff: how long to wait before the next try."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits that double from `first` to `most` seconds, each shortened by up to `jitter` of itself."""

    first: float
    most: float
    jitter: float = 0.2

    def wait(self, tries: int, random: Random) -> float:
        """Return the seconds to wait after `tries` failures (1 for the first)."""
        full = min(self.first * 2.0 ** min(tries - 1, 32), self.most)
        return full * (1 - self.jitter * random.random())
