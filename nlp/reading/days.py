"""Days as people write them: 今天, 周三, 本周, 3月10日(周二), 三月二十日, 3.10, 下月10号, 三天后.

The one reader of days; hours are read in hours.py, both together in times.py. A day that cannot be
(2月30日, a date with another weekday beside it) is none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from nlp.reading.hours import BOUNDS, MARKS, PART, skip_clock
from nlp.reading.numerals import number

if TYPE_CHECKING:
    from collections.abc import Callable

_WEEKDAYS = "一二三四五六日"
_HALF_A_YEAR = timedelta(days=180)
_N = r"(?:\d{1,2}|[一二两三四五六七八九十廿卅]{1,3})"
_TO = re.compile(r"\s*(?:至|到|-{1,2}|–|—|~|\uff5e)\s*")
_WEEK = r"(?:周|星期|礼拜)"
_FROM_TODAY = re.compile(r"[今明昨当]|大?[前后][天日]")
_AND = re.compile(r"\s*[、,，和跟及与]?\s*")
_WEEKEND = re.compile(rf"[本这下]?个?{_WEEK}末(?:两天)?")
# What may follow a day: else it is 5号楼, 3.5吨, 周一鸣.
_ENDS = (
    rf"(?=[\s\d至到前之以为止,，、:：;；。~\uff5e–—()（）在于的-]|{PART}|{BOUNDS}|{_N}[点时]"
    rf"|[和跟与及]?{_WEEK}[一二三四五六日天末]|两天|$)"
)
_UNTIL = re.compile(r"(?:等到|等|截止|至|到|到期|期限)*\s*")
_UNTIL_BEHIND = re.compile(r"(?:截止|等到|至|到)\s*(?=[\d一二两三四五六七八九十廿卅下本月周星礼明后大半今])")
_AFTER_UNTIL = re.compile(r"\s*(?:之前|以前|前|为止|止|到期|再说|再办)?")
_BESIDE = re.compile(
    rf"\s*[(（\[【]\s*{_WEEK}?([一二三四五六日天])\s*[)）\]】]|\s*{_WEEK}([一二三四五六日天])(?=[\s\d,，()（]|{PART}|$)"
)
_DATE_BESIDE = re.compile(r"\s*[(（\[【]\s*([^()（）\]】]{3,12})[)）\]】]")
_SPAN = re.compile(rf"({_N}|半)个?(天|日|周|星期|礼拜|月|年)(半)?(?={_ENDS[3:-1]})")


class SaidDays(NamedTuple):
    """Days somebody named, both ends included, and what stands after them."""

    first: date
    last: date
    rest: str


def read_days(text: str, today: date) -> SaidDays | None:
    """Return the days that `text` begins with: one, a week, from one to another; None if with none."""
    monday = today - timedelta(days=today.weekday())
    weeks = {"本周": (today, monday + timedelta(days=6)), "这周": (today, monday + timedelta(days=6))}
    weeks["下周"] = (monday + timedelta(days=7), monday + timedelta(days=13))
    for word, (first, last) in weeks.items():
        if text.startswith(word) and text[2:3] not in (*_WEEKDAYS, "天", "末"):
            return SaidDays(first, last, text[2:].lstrip(MARKS))
    begun = read_day(text, today)
    if begun is None:
        return None
    first, rest = begun
    if weekend := _WEEKEND.match(text):
        return SaidDays(first, first + timedelta(days=1), text[weekend.end() :].lstrip(MARKS))
    to = _TO.match(rest)
    until = rest[to.end() :] if to else ""
    anchor = today if _FROM_TODAY.match(until) else first  # 昨天到今天: not the day that 昨天 is
    last, rest = (read_day(until, anchor) if to else None) or (first, rest)
    while (beside := _next_day(last, rest)) is not None:
        last, rest = beside
    return SaidDays(first, last, rest.lstrip(MARKS))


def _next_day(day: date, rest: str) -> tuple[date, str] | None:
    """Return the day right after one, where it is named beside it: 周六、周日."""
    found = _AND.match(rest)
    named = read_day(rest[found.end() :], day) if found else None
    return named if named is not None and named[0] == day + timedelta(days=1) else None


def read_until(text: str, today: date) -> tuple[date, str] | None:
    """Return the day until which something lasts (`至 3月20日 等配件`), and what else is said.

    The day may stand behind the reason where 至 or 到 says so. An hour beside it is passed over.
    """
    start = _UNTIL.match(text)
    found = _until(text[start.end() :] if start else text, today)
    if found is not None:
        return found
    for behind in _UNTIL_BEHIND.finditer(text):
        found = _until(text[behind.end() :], today)
        if found is not None:
            return found[0], f"{text[: behind.start()].strip(MARKS)} {found[1]}".strip()
    return None


def read_day(text: str, today: date) -> tuple[date, str] | None:
    """Return the day that `text` begins with, and what stands right after it."""
    for pattern, day in _DAYS:
        found = pattern.match(text)
        if found:
            try:
                return _checked(day(found, today), text[found.end() :], today)
            except (ValueError, OverflowError):  # 2月30日 is no day
                return None
    return None


def is_like_a_day(text: str) -> bool:
    """Whether `text` begins in a form of days, be there such a day or not."""
    return any(pattern.match(text) for pattern, _ in _DAYS)


def _until(text: str, today: date) -> tuple[date, str] | None:
    found = read_day(text, today)
    if found is None and (span := _SPAN.match(text)) is not None:  # 三天, 一个月
        found = _in_days(span, today), text[span.end() :]
    if found is None:
        return None
    day, rest = found
    rest = skip_clock(rest)
    after = _AFTER_UNTIL.match(rest)
    rest = rest[after.end() if after else 0 :]
    return None if re.match(r"[\d年月日号点]", rest) else (day, rest.strip(MARKS))


def _checked(day: date, rest: str, today: date) -> tuple[date, str] | None:
    """Return a day and the rest, without the weekday beside it: `3月8日(周日)`, `周日(3月8日)`."""
    beside = _BESIDE.match(rest)
    if beside is not None:
        named = _WEEKDAYS.index((beside[1] or beside[2]).replace("天", "日"))
        if beside[2] and named == (day.weekday() + 1) % 7:  # 周六周日: the day after, not this one's name
            return day, rest
        return (day, rest[beside.end() :]) if named == day.weekday() else None
    dated = _DATE_BESIDE.match(rest)
    inside = read_day(dated[1].strip(), today) if dated is not None else None
    if dated is None or inside is None or inside[1].strip():
        return day, rest
    return (inside[0], rest[dated.end() :]) if inside[0].weekday() == day.weekday() else None


def _near(found: re.Match[str], today: date) -> date:
    days = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "次": 1, "翌": 1, "后": 2, "大后": 3}
    return today + timedelta(days=days[found[1]])


def _second_day(_found: re.Match[str], today: date) -> date:
    return today + timedelta(days=1)


def _weekday(found: re.Match[str], today: date) -> date:
    """Bare the coming one; 本周三 lies in this week, be it past or not; 周末 begins on Saturday."""
    name = found[2].replace("天", "日").replace("末", "六")
    day = today - timedelta(days=today.weekday()) + timedelta(days=_WEEKDAYS.index(name))
    before = found[1] or ""
    if before in ("上", "上上", "下", "下下"):
        return day + timedelta(days=7 * len(before) * (1 if before[0] == "下" else -1))
    return day + timedelta(days=7) if day < today and not before else day


def _in_full(found: re.Match[str], _today: date) -> date:
    return date(int(found[1]), _n(found[2]), _n(found[3]))


def _of_year(found: re.Match[str], today: date) -> date:
    """Return the day in this year, or in the next if it was more than half a year ago."""
    said = found.groupdict().get("year")
    year = today.year + {"去年": -1, "今年": 0, "明年": 1, "后年": 2}.get(said or "今年", 0)
    month, day = _n(found["month"]), _n(found["day"])
    if said is None and today - date(year, month, min(day, 28)) > _HALF_A_YEAR:
        year += 1
    return date(year, month, day)


def _of_month(found: re.Match[str], today: date) -> date:
    wanted = _n(found[1])
    if wanted >= today.day:
        return today.replace(day=wanted)
    return _month(today, 1).replace(day=wanted)


def _of_named_month(found: re.Match[str], today: date) -> date:
    before = found[1]
    months = {"上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2}[before]
    return _month(today, months).replace(day=_n(found[2]))


def _end_of_month(found: re.Match[str], today: date) -> date:
    months = {"下": 1, "下下": 2, "上": -1}.get(found[1] or "", 0)
    return _month(today, months + 1) - timedelta(days=1)


def _end_of_named_month(found: re.Match[str], today: date) -> date:
    first = date(today.year, _n(found[1]), 1)
    return _month(first, 1) - timedelta(days=1)


def _end_of_year(_found: re.Match[str], today: date) -> date:
    return date(today.year, 12, 31)


def _in_days(found: re.Match[str], today: date) -> date:
    """Return the day so many days, weeks, months or years from today."""
    count, unit, half = found[1], found[2], found[3]
    if count == "半":
        if unit not in ("月", "年"):
            raise ValueError
        return today + timedelta(days=15) if unit == "月" else _shifted(today, 6)
    many = _n(count)
    if unit in ("月", "年"):
        day = _shifted(today, many * (12 if unit == "年" else 1))
        return day + timedelta(days=15 if half and unit == "月" else 0)
    return today + timedelta(days=many * (1 if unit in ("天", "日") else 7))


def _month(today: date, months: int) -> date:
    """Return the first day of the month so many months from today's."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _shifted(today: date, months: int) -> date:
    """Return the same day so many months on, or the last one of that month."""
    last = (_month(today, months + 1) - timedelta(days=1)).day
    return _month(today, months).replace(day=min(today.day, last))


def _n(said: str) -> int:
    found = number(said)
    if found is None:
        raise ValueError
    return found


_DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
    (re.compile(rf"(大后|大前|[今明后昨前次当翌])(?:[天日儿]个?(?!工作)|(?={PART}))"), _near),
    (re.compile(r"第二天"), _second_day),
    (re.compile(rf"(上上|上|本|这|下下|下)?个?{_WEEK}([一二三四五六日天末]){_ENDS}"), _weekday),
    (re.compile(rf"(\d{{4}})\s*[-/.年]\s*({_N})\s*[-/.月]\s*({_N})(?!\d)[日号]?"), _in_full),
    (
        re.compile(
            rf"(?P<year>[去今明后]年)?\s*(?P<month>{_N})\s*月(?:份)?\s*(?P<day>{_N})(?![\d:：])\s*[日号]?"
        ),
        _of_year,
    ),
    (re.compile(rf"(下下|[上本这当下])个?月\s*({_N})\s*[日号]"), _of_named_month),
    (re.compile(rf"(?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}})(?!\s*[吨元万度米公千]){_ENDS}"), _of_year),
    (
        re.compile(rf"(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?=\s*(?:[(（]|{PART}|\d{{1,2}}[:：点]))"),
        _of_year,
    ),
    (re.compile(rf"({_N})[日号]{_ENDS}(?!内|之内|以内|后|之?后)"), _of_month),
    (re.compile(r"(下下|[上本这当下])?个?月底"), _end_of_month),
    (re.compile(rf"({_N})月(?:份)?底"), _end_of_named_month),
    (re.compile(r"(?:今年)?年底|今年底"), _end_of_year),
    (
        re.compile(rf"(?:再过|过)?({_N}|半)个?(天|日|周|星期|礼拜|月|年)(半)?(?:之后|以后|后|之内|以内|内)"),
        _in_days,
    ),
)
