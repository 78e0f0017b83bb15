"""What a query of GeoReport v2 asks for: spans of at most 90 days, statuses, codes, pages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.web.api.kinds import instant
from bot.web.open311.mistakes import wrong
from data.domain.case import OPEN, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

LONGEST = timedelta(days=90)
MOST = 1_000  # requests of one answer
STATUSES = {"open": sorted(OPEN), "closed": sorted(state for state in State if state not in OPEN)}


class AskedSpan(NamedTuple):
    """From when to when, both included."""

    start: datetime
    end: datetime


def span_of(given: Mapping[str, str], now: datetime) -> AskedSpan:
    """Return the span that is asked for: the most recent 90 days, or up to 90 days from or until a date."""
    start, end = (_date(given, name) for name in ("start_date", "end_date"))
    if start is None and end is None:
        return AskedSpan(now - LONGEST, now)
    if start is None:
        end = end or now
        return AskedSpan(end - LONGEST if end.year > 1 else end, end)
    if end is None:
        return AskedSpan(start, min(now, start + LONGEST) if start.year < 9998 else start)
    if end - start > LONGEST:
        raise wrong("start_date and end_date may not span more than 90 days")
    return AskedSpan(start, end)


def states_of(given: Mapping[str, str]) -> list[State]:
    """Return the states that are asked for; empty for all."""
    named = listed(given, "status")
    if any(one not in STATUSES for one in named):
        raise wrong("status is open or closed, or both, comma delimited")
    return [state for one in named for state in STATUSES[one]]


def listed(given: Mapping[str, str], name: str) -> list[str]:
    """Return the values of a comma-delimited field."""
    return [one.strip() for one in given.get(name, "").split(",") if one.strip()]


def page_of(given: Mapping[str, str]) -> tuple[int, int]:
    """Return which page is asked for, and how many requests it has at most."""
    page, size = _number(given, "page", 1, 10_000), _number(given, "page_size", MOST, MOST)
    return page, size


def _number(given: Mapping[str, str], name: str, default: int, most: int) -> int:
    said = given.get(name, "")
    if not said:
        return default
    if not (said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= most):
        raise wrong(f"{name} is a number from 1 to {most}")
    return int(said)


def _date(given: Mapping[str, str], name: str) -> datetime | None:
    said = given.get(name, "")
    if not said:
        return None
    try:
        return instant(said.replace(" ", "+"))  # a plus sign in an address is read as a blank
    except ValueError:
        raise wrong(f"{name} is a date-time in w3 format, like 2026-03-02T08:00:00Z") from None
