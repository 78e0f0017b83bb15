"""Words of community life in natural order, put into the order of the command table: 给小吴加10分 修电器."""

from __future__ import annotations

import re

from handlers.hearing.verbs import Verb

_POINTS = re.compile(
    r"(?:(?:给|为)(?P<who>\S{2,6}?)(?P<sign>加|扣|减)|积分\s*(?P<sign2>加|扣|减)\s*(?P<who2>[^\s\d]{2,6})\s*)"
    r"(?P<count>\d{1,3})\s*分?(?:积分)?[\s,，:：]*(?P<why>.*)"
)
_COVERAGE = re.compile(r"走访的?(?:完成|覆盖)(?:率|情况)(?P<when>.*)")


def rearranged(text: str) -> str | None:
    """Return a text as the command it is in other words, None if it is none."""
    if found := _POINTS.fullmatch(text):
        verb = Verb.ADD_POINTS if (found["sign"] or found["sign2"]) == "加" else Verb.DEDUCT_POINTS
        return f"{verb} {found['who'] or found['who2']} {found['count']} {found['why']}".strip()
    if found := _COVERAGE.fullmatch(text):
        return f"{Verb.VISIT_COVERAGE} {found['when']}".strip()
    return None
