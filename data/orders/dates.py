"""Times in a cell: a spreadsheet's own, its number of days, or words (2026年3月5日18时, 2026.3.5)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_FIRST = datetime(1899, 12, 30)  # noqa: DTZ001  day 0 of a spreadsheet, which knows no zones
_DAYS = range(20_000, 80_000)  # 1954 to 2119: what is no such number of days is no date
_END = time(23, 59)  # a day without a time is over when it is
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_CLOCK = r"(?:[T\s日]*(?P<h>\d{1,2})[:：时点](?P<min>\d{1,2})?[:：分]?(?:\d{1,2}(?:\.\d+)?秒?)?)?"
_FULL = re.compile(
    rf"(?P<y>\d{{4}})\s*[-/.年]\s*(?P<m>\d{{1,2}})\s*[-/.月]\s*(?P<d>\d{{1,2}})日?{_CLOCK}(?:前|止|之前)?"
)
_SHORT = re.compile(rf"(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})[日号]?{_CLOCK}(?:前|止|之前)?")
_GLUED = re.compile(r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:(?P<h>\d{2})(?P<min>\d{2})(?:\d{2})?)?")
_HALF = timedelta(days=182)


def read_time(value: object, today: date) -> datetime | None:
    """Return the local time that a cell holds, without a zone; None if it holds none.

    A day alone ends at its last minute; one without a year is the nearest to `today`.
    """
    if isinstance(value, datetime):
        return _of_moment(value)
    if isinstance(value, date):
        return datetime.combine(value, _END)
    said = str(value or "").strip()
    if _SERIAL.fullmatch(said):
        return _of_days(float(said))
    for pattern in (_GLUED, _FULL, _SHORT):
        found = pattern.fullmatch(said)
        if found is not None:
            return _of_parts(found, today)
    return None


def _of_days(days: float) -> datetime | None:
    if int(days) not in _DAYS:
        return None
    return _of_moment(_FIRST + timedelta(seconds=round(days * 86_400)))


def _of_moment(at: datetime) -> datetime:
    midnight = at.time() == time()
    return datetime.combine(at.date(), _END) if midnight else at.replace(tzinfo=None, microsecond=0)


def _of_parts(found: re.Match[str], today: date) -> datetime | None:
    parts = found.groupdict()
    try:
        day = date(int(parts.get("y") or today.year), int(parts["m"]), int(parts["d"]))
        if not parts.get("y") and abs(day - today) > _HALF:
            day = day.replace(year=day.year + (1 if day < today else -1))
        clock = _END if parts["h"] is None else time(int(parts["h"]) % 24, int(parts["min"] or 0))
    except ValueError:
        return None
    if parts["h"] == "24":
        clock = _END
    return datetime.combine(day, clock)
