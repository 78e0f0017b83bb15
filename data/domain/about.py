"""What a message is about, besides cases: a meeting, a motion, a ballot … by kind and number."""

from __future__ import annotations

from typing import NamedTuple


class About(NamedTuple):
    """One thing that a message speaks of; `name` is its number in full: 百安坝#3."""

    kind: str  # as a replay's answers name it: meeting, motion, ballot, publicity, notice …
    id: int
    name: str
