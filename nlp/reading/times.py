"""Times as people say them: “周六晚上7点半”, “3月5日 19:30”, “明天下午三点”.

jionlp does the reading; it is imported when first needed, since it brings numpy and prints.
"""

from __future__ import annotations

import contextlib
import io
import re
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any, NamedTuple

_WEEKDAY = re.compile(r"(?<![上下本这该每])(?:周|星期|礼拜)[一二三四五六日天]")
_YEARLESS = re.compile(r"(?<!年)(?<!\d)(?:\d{1,2}|[一二三四五六七八九十]{1,3})月")
_LEADING = re.compile(
    r"[今明后昨前大]?(?:[\d零〇一二三四五六七八九十两廿]+|[年月日号周天早晚上中下午点时分半刻钟这本个::：\-./~至到]|星期|礼拜|凌晨|傍晚|夜里|[今明后]天?)+"
)
MAX_TOKENS = 4
MAX_LENGTH = 40


class SaidTime(NamedTuple):
    """A time somebody named: the local start, whether an hour was named, and what stands after it."""

    at: datetime
    has_hour: bool
    rest: str


def read_time(text: str, now: datetime) -> SaidTime | None:
    """Return the time that `text` begins with, None if it begins with none. `now` is local and aware.

    A bare weekday means the coming one, a date without a year the next such date within half a year.
    """
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
    if not re.search(r"[\d一二三四五六七八九十日天今明后]", said):
        return None
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
    return _coming(said, start, now), has_hour


def _read(stamp: str, now: datetime) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp).replace(tzinfo=now.tzinfo)
    except ValueError:  # “inf” and the like
        return None


def _coming(said: str, at: datetime, now: datetime) -> datetime:
    """Shift what is past into the future where the words mean the coming one; never 昨天 or 今晚."""
    if at >= now:
        return at
    if _WEEKDAY.search(said):
        return at + timedelta(days=7)
    if _YEARLESS.search(said) and now - at > timedelta(days=180):
        with contextlib.suppress(ValueError):
            return at.replace(year=at.year + 1)
    return at


def _jionlp() -> Any:
    from jionlp import parse_time  # noqa: PLC0415  slow to import, needed for meetings only

    return parse_time
