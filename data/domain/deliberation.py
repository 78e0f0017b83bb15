"""What a place has decided about deliberation: support, proxies, quorum, how long a publicity runs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many households must have come: a number, or a share of the households of the meeting's area."""

    households: int | None = None
    share: Fraction | None = None

    def needed(self, of: int) -> int:
        """Return how many of `of` households are enough; a share includes the number itself."""
        if self.households is not None:
            return self.households
        share = self.share or Fraction(0)
        return -(-share.numerator * of // share.denominator)


@dataclass(frozen=True, slots=True)
class Deliberation:
    """The rules of deliberation of one place."""

    motion_support: int = 5  # households, until the grid leader is asked to put a motion before a meeting
    proxies: int = 1  # votes of others that one person may hold
    publicity_days: int = 7
    check_in_code: bool = False
    quorum: Quorum | None = None
