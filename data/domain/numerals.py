"""Small numbers as people write them, in figures or in Chinese: of grids, buildings, weeks, days."""

from __future__ import annotations

MOST_FIGURES = 9  # nothing that is counted here has more
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}


def number(said: str) -> int | None:
    """Return a number in at most nine figures, or up to 99 in Chinese (十二, 两); None if it is none."""
    if said.isdecimal():
        return int(said) if len(said) <= MOST_FIGURES else None
    tens, ten, ones = said.rpartition("十")
    if not ten:
        return _DIGITS.get(said)
    high = _DIGITS.get(tens) if tens else 1
    low = _DIGITS.get(ones) if ones else 0
    return None if high is None or low is None else high * 10 + low
