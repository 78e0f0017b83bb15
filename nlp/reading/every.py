"""What comes round: “每月15日9点”, “每月第一个周六上午9点”, “每周二、周四晚上7点半到9点”."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import NamedTuple

from nlp.reading.hours import DAY, MARKS, read_clock, read_hours
from nlp.reading.numerals import number

_DAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))
_WEEK = r"(?:周|星期|礼拜)"
_N = r"(?P<n>[两二三四]|\d)?个?"
_WEEKLY = re.compile(
    rf"每隔?{_N}{_WEEK}(?:的?{_WEEK})?(?P<days>[一二三四五六日天](?:[、,,和及]?{_WEEK}?[一二三四五六日天])*)"
)
_NTH = re.compile(
    rf"每{_N}月的?(?:第(?P<nth>[一二三四五六七八九]|\d)|(?P<last>最后))一?个?{_WEEK}(?P<day>[一二三四五六日天])"
)
_LAST_DAY = re.compile(rf"每{_N}月的?最后一天")
_MONTHLY = re.compile(rf"每{_N}月的?(?P<day>\d{{1,2}})(?:[日号]|(?=\D))")
_YEARLY = re.compile(r"每年的?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
_DAILY = re.compile(r"每[天日]")
EVERY = re.compile(r"每(?:隔|[两二三四]|\d)?个?(?:天|日|周|星期|礼拜|月|年)")
NEVER, SOMETIMES = "never", "sometimes"


class Every(NamedTuple):
    """A time that comes round: an RRULE without a start (RFC 5545), the hours in minutes, what follows.

    `fault` is `never` for a day that no month has, `sometimes` for one that some months lack. `starts` is
    None where no hour was said.
    """

    rule: str
    shown: str
    starts: int | None
    ends: int | None
    rest: str
    fault: str = ""


def read_every(text: str) -> Every | None:
    """Return the time that comes round with which `text` begins, None if it begins with none."""
    text = text.strip()
    for pattern, read in _READERS:
        found = pattern.match(text)
        if found is None:
            continue
        rule, fault = read(found)
        starts, ends, rest = _hours(text[found.end() :])
        return Every(rule, found[0].strip(), starts, ends, rest.strip(), fault)
    return None


def _hours(text: str) -> tuple[int | None, int | None, str]:
    """Return the hour a text begins with, the hour of the end if one is said, and the rest.

    An hour that may be the morning's or the evening's is none.
    """
    said = text.lstrip(f"{MARKS}的")
    clock, hours = read_clock(said), read_hours(said)
    if clock is None or not clock.sure:
        return None, None, text
    if hours is None:
        return clock.minute, None, clock.rest.lstrip(MARKS)
    return hours.start, hours.end if hours.end > hours.start else hours.end + DAY, hours.rest


def _weekly(found: re.Match[str]) -> tuple[str, str]:
    days = dict.fromkeys(_DAYS[c] for c in found["days"] if c in _DAYS)
    return f"FREQ=WEEKLY;INTERVAL={_interval(found)};BYDAY={','.join(days)}", ""


def _nth(found: re.Match[str]) -> tuple[str, str]:
    nth = -1 if found["last"] else number(found["nth"]) or 0
    fault = NEVER if nth > 5 or nth == 0 else SOMETIMES if nth == 5 else ""
    return f"FREQ=MONTHLY;INTERVAL={_interval(found)};BYDAY={nth:+d}{_DAYS[found['day']]}", fault


def _last_day(found: re.Match[str]) -> tuple[str, str]:
    return f"FREQ=MONTHLY;INTERVAL={_interval(found)};BYMONTHDAY=-1", ""


def _monthly(found: re.Match[str]) -> tuple[str, str]:
    day = int(found["day"])
    fault = NEVER if not 1 <= day <= 31 else SOMETIMES if day > 28 else ""
    return f"FREQ=MONTHLY;INTERVAL={_interval(found)};BYMONTHDAY={day}", fault


def _yearly(found: re.Match[str]) -> tuple[str, str]:
    month, day = int(found["month"]), int(found["day"])
    never = not 1 <= month <= 12 or not 1 <= day <= monthrange(2024, month)[1]
    fault = NEVER if never else SOMETIMES if (month, day) == (2, 29) else ""
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}", fault


def _daily(_found: re.Match[str]) -> tuple[str, str]:
    return "FREQ=DAILY", ""


def _interval(found: re.Match[str]) -> int:
    return number(found["n"] or "") or 1


_READERS = (
    (_WEEKLY, _weekly),
    (_NTH, _nth),
    (_LAST_DAY, _last_day),
    (_YEARLY, _yearly),
    (_MONTHLY, _monthly),
    (_DAILY, _daily),
)
