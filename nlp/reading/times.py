"""Times as people say them: “周六晚上7点半”, “3月8日(周日) 10:00”, “明早8点”, “半小时后”.

Our own reader of days and hours comes first. What it does not know (元旦, 农历初五) jionlp reads, imported
when first needed, since it brings numpy and prints. What only looks like a time (25点) is not guessed at.
"""

from __future__ import annotations

import contextlib
import io
import re
from datetime import datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from nlp.reading.days import is_like_a_day, read_day
from nlp.reading.hours import DAY, MARKS, is_like_an_hour, read_clock, read_hours
from nlp.reading.numerals import number

if TYPE_CHECKING:
    from datetime import date

_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_SOON = re.compile(
    rf"(?:再过|过)?(?:(?P<count>{_N})个?(?P<half>半)?|(?P<alone>半)个?)(?P<unit>小时|钟头|分钟|刻钟)(?P<more>半)?(?:之后|以后|后)"
)
_BETWEEN = " \t\u2005\u3000,，、;；的于在"
_PLACES = r"\s*(?:栋|号楼|幢|座|楼|单元|号院|期|社区|网格|小区|弄|户|人)"
_UNREAD = re.compile(rf"\d+(?!\d|{_PLACES}|[A-Za-z])|[年月日号点时分:：]")
_BARE_WEEKDAY = re.compile(r"\s*(?:周|星期|礼拜)[一二三四五六日天末]")
_LEADING = re.compile(
    r"(?:元旦|春节|除夕|元宵|清明|五一|劳动节|端午|中秋|国庆|重阳|农历|阴历|初[一二三四五六七八九十]|节|后|前|大年"
    r"|[\d零〇一二三四五六七八九十两廿]+|[年月日号周天早晚上中下午点时分半刻钟这本个::：\-./~至到]|星期|礼拜|凌晨|傍晚|夜里|[今明后]天?)++"
)
_LABEL = re.compile(r"(?:开会|会议)?时间\s*[:：是为]\s*")
_NAMED = re.compile(
    r"元旦|春节|除夕|元宵|清明|五一|劳动节|端午|中秋|国庆|重阳|农历|阴历|正月|腊月|大年|初[一二三四五六七八九十]"
)
MAX_TOKENS = 4
MAX_LENGTH = 40


class SaidTime(NamedTuple):
    """A time somebody named: the local start, whether an hour was named, and what stands after it.

    `sure` is False where the hour may be the morning's or the evening's; `until` is the end, if one was said.
    """

    at: datetime
    has_hour: bool
    rest: str
    sure: bool = True
    until: datetime | None = None


def read_time(text: str, now: datetime) -> SaidTime | None:
    """Return the time that `text` begins with, None if it begins with none. `now` is local and aware.

    A bare weekday means the coming one, a date without a year the next such date within half a year.
    """
    if (soon := _soon(text, now)) is not None:
        return soon
    day: date | None = None
    said: SaidTime | None = None
    rest = text.lstrip(MARKS)
    while day is None or said is None:
        on = day or now.date()
        if said is None and (hours := _hours(rest, on, now)) is not None:
            said, rest = hours, hours.rest
        elif day is None and (found := read_day(rest, now.date())) is not None:
            day, rest = found
            said = _hours_on(said, day, now)
        elif (day is None and is_like_a_day(rest)) or (said is None and is_like_an_hour(rest)):
            return None
        else:
            break
        rest = rest.lstrip(_BETWEEN)
    if day is None and said is None:
        return _by_library(text, now)
    if _UNREAD.match(rest):
        return None
    if said is None:
        return SaidTime(_at(day or now.date(), 0, now), has_hour=False, rest=rest.strip())
    if said.at <= now and _BARE_WEEKDAY.match(text):
        said = _hours_on(said, now.date() + timedelta(days=7), now) or said
    return said._replace(rest=rest.strip())


def find_time(text: str, now: datetime) -> SaidTime | None:
    """Return the time that a word of `text` begins; its `rest` is all that stands around it."""
    words = _LABEL.sub(" ", text).split()
    for at, word in enumerate(words):
        found = read_time(" ".join(words[at:]), now)
        if found is not None:
            return found._replace(rest=" ".join(part for part in (*words[:at], found.rest) if part))
        if is_like_a_day(word) or is_like_an_hour(word):
            return None
    return None


def _hours(text: str, on: date, now: datetime) -> SaidTime | None:
    """Return the hour, or the hours from and to, that a text begins with."""
    clock = read_clock(text)
    if clock is None:
        return None
    at = _at(on, clock.minute, now)
    span = read_hours(text)
    if span is None:
        return SaidTime(at, has_hour=True, rest=clock.rest, sure=clock.sure)
    end = span.end if span.end > span.start else span.end + DAY
    return SaidTime(at, has_hour=True, rest=span.rest, sure=clock.sure, until=_at(on, end, now))


def _hours_on(said: SaidTime | None, day: date, now: datetime) -> SaidTime | None:
    """Return an hour that was said before its day (晚上7点半,周六) as one of that day."""
    if said is None:
        return None
    away = timedelta(days=(day - now.date()).days)
    return said._replace(at=said.at + away, until=said.until + away if said.until is not None else None)


def _at(day: date, minute: int, now: datetime) -> datetime:
    midnight = datetime.combine(day + timedelta(days=minute // DAY), time(), now.tzinfo)
    return midnight.replace(hour=minute % DAY // 60, minute=minute % 60)


def _soon(text: str, now: datetime) -> SaidTime | None:
    """Read a time so many minutes or hours from now."""
    found = _SOON.match(text)
    if found is None:
        return None
    unit = {"小时": 60, "钟头": 60, "分钟": 1, "刻钟": 15}[found["unit"]]
    count = number(found["count"]) if found["count"] else 0
    if count is None:
        return None
    half = unit // 2 if found["half"] or found["alone"] or found["more"] else 0
    at = (now + timedelta(minutes=count * unit + half)).replace(second=0, microsecond=0)
    return SaidTime(at, has_hour=True, rest=text[found.end() :].strip(MARKS))


def _by_library(text: str, now: datetime) -> SaidTime | None:
    """Let jionlp read what only it knows: days that have names."""
    if not _NAMED.match(text):
        return None
    tokens = text.split()
    said = len(list(takewhile(_LEADING.fullmatch, tokens[:MAX_TOKENS])))
    for count in range(said, 0, -1):
        head = " ".join(tokens[:count])
        found = _parse(head, now) if len(head) <= MAX_LENGTH else None
        if found is not None:
            return SaidTime(*found, " ".join(tokens[count:]))
    leading = _LEADING.match(text)
    if leading and (found := _parse(leading.group(0), now)) is not None:
        return SaidTime(*found, text[leading.end() :].strip())
    return None


def _parse(said: str, now: datetime) -> tuple[datetime, bool] | None:
    base = {
        "year": now.year,
        "month": now.month,
        "day": now.day,
        "hour": now.hour,
        "minute": now.minute,
        "second": now.second,
    }
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            parsed: dict[str, Any] = _jionlp()(said, time_base=base)
    except Exception:  # noqa: BLE001  the library raises whatever comes for a text it cannot read
        return None
    if parsed.get("type") not in ("time_point", "time_span"):
        return None
    start, end = (_read(part, now) for part in parsed["time"])
    if start is None:
        return None
    has_hour = parsed.get("definition") == "accurate" and (start.hour, start.minute) != (0, 0)
    if end is not None and parsed["type"] == "time_point" and end - start > timedelta(hours=1):
        has_hour = False
    if start < now and now - start > timedelta(days=30):
        with contextlib.suppress(ValueError):
            start = start.replace(year=start.year + 1)
    return start, has_hour


def _read(stamp: str, now: datetime) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp).replace(tzinfo=now.tzinfo)
    except ValueError:  # “inf” and the like
        return None


def _jionlp() -> Any:
    from jionlp import parse_time  # noqa: PLC0415  slow to import, needed for days with names only

    return parse_time
