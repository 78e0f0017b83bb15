"""Days and hours as staff write them: 今天, 周三, 本周, 3月10日, 2026-03-02至2026-03-08, 8:00-20:00."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_WEEKDAYS = "一二三四五六日"
_HALF_A_YEAR = timedelta(days=180)
_TO = re.compile(r"\s*(?:至|到|-{1,2}|–|—|~|\uff5e)\s*")
_MARKS = " \t\u2005\u3000,，、:：;；。"
_HOURS = re.compile(
    r"(\d{1,2})(?:[:：点时](\d{2})?分?)?\s*(?:-|–|—|~|\uff5e|至|到)\s*(\d{1,2})(?:[:：](\d{2})|[点时](\d{2})?分?)"
)
_ENDS = r"(?=[\s\d至到前之以为止,，、:：;；。~\uff5e–—-]|$)"  # else it is 5号楼, 3.5吨, 周一鸣
_UNTIL = re.compile(r"(?:截止|至|到|到期|期限)*\s*")
_AFTER_UNTIL = re.compile(r"(?:之前|以前|前|为止|止|到期)?")


class SaidDays(NamedTuple):
    """Days somebody named, both ends included, and what stands after them."""

    first: date
    last: date
    rest: str


class SaidHours(NamedTuple):
    """Hours in minutes from a day's midnight (an end before the start is the next day's), and the rest."""

    start: int
    end: int
    rest: str


def read_days(text: str, today: date) -> SaidDays | None:
    """Return the days that `text` begins with: one, a week, from one to another; None if with none."""
    monday = today - timedelta(days=today.weekday())
    weeks = {"本周": (today, monday + timedelta(days=6)), "这周": (today, monday + timedelta(days=6))}
    weeks["下周"] = (monday + timedelta(days=7), monday + timedelta(days=13))
    for word, (first, last) in weeks.items():
        if text.startswith(word) and text[2:3] not in (*_WEEKDAYS, "天", "末"):
            return SaidDays(first, last, text[2:].lstrip(_MARKS))
    begun = _read_day(text, today)
    if begun is None:
        return None
    first, rest = begun
    to = _TO.match(rest)
    ended = _read_day(rest[to.end() :], first) if to else None
    last, rest = ended or (first, rest)
    return SaidDays(first, last, rest.lstrip(_MARKS))


def read_until(text: str, today: date) -> tuple[date, str] | None:
    """Return the day until which something lasts (`至 3月20日 等配件`), and what stands after it."""
    start = _UNTIL.match(text)
    found = _read_day(text[start.end() :] if start else text, today)
    if found is None:
        return None
    day, rest = found
    after = _AFTER_UNTIL.match(rest)
    return day, rest[after.end() if after else 0 :].strip(_MARKS)


def read_hours(text: str) -> SaidHours | None:
    """Return the hours that `text` begins with: `8:00-20:00`, `20点到8点`."""
    found = _HOURS.match(text)
    if found is None:
        return None
    start = int(found[1]) * 60 + int(found[2] or 0)
    end = int(found[3]) * 60 + int(found[4] or found[5] or 0)
    if max(start, end) > 24 * 60 or start == end:
        return None
    return SaidHours(start, end, text[found.end() :].lstrip(_MARKS))


def _read_day(text: str, today: date) -> tuple[date, str] | None:
    for pattern, day in _DAYS:
        found = pattern.match(text)
        if found:
            try:
                return day(found, today), text[found.end() :]
            except (ValueError, OverflowError):  # 2月30日 is no day
                return None
    return None


def _near(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=("今", "明", "后", "大").index(found[0][0]))


def _weekday(found: re.Match[str], today: date) -> date:
    """Bare the coming one; 本周三 lies in this week, be it past or not."""
    day = (
        today
        - timedelta(days=today.weekday())
        + timedelta(days=_WEEKDAYS.index(found[2].replace("天", "日")))
    )
    if found[1] == "下":
        return day + timedelta(days=7)
    return day + timedelta(days=7) if day < today and not found[1] else day


def _in_full(found: re.Match[str], _today: date) -> date:
    return date(int(found[1]), int(found[2]), int(found[3]))


def _of_year(found: re.Match[str], today: date) -> date:
    """Return the day in this year, or in the next if it was more than half a year ago."""
    day = date(today.year, int(found[1]), int(found[2]))
    return day.replace(year=day.year + 1) if today - day > _HALF_A_YEAR else day


def _of_month(found: re.Match[str], today: date) -> date:
    day = today.replace(day=int(found[1]))
    return day if day >= today else (_end_of_month(found, today) + timedelta(days=1)).replace(day=day.day)


def _end_of_month(_found: re.Match[str], today: date) -> date:
    return (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


_DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
    (re.compile(r"[今明后][天日]|大后天"), _near),
    (re.compile(rf"(本|这个?|下)?个?(?:周|星期|礼拜)([一二三四五六日天]){_ENDS}"), _weekday),
    (re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)[日号]?"), _in_full),
    (re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})(?![\d:：])[日号]?"), _of_year),
    (re.compile(rf"(\d{{1,2}})[/.](\d{{1,2}}){_ENDS}"), _of_year),
    (re.compile(rf"(\d{{1,2}})[日号]{_ENDS}"), _of_month),
    (re.compile(r"(?:本月|这个?月)?月?底"), _end_of_month),
)
