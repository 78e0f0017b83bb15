"""From when to when: “周六19:30-21:00”, “周五上午9点到11点半”; an end is said by its hour alone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from nlp.reading.times import read_time

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_HOUR = r"\d{1,2}|十[一二]?|[一二两三四五六七八九]"
CLOCK = (
    rf"(?:凌晨|早上|上午|中午|下午|晚上|傍晚|晚)?(?:(?:{_HOUR})点(?:半|\d{{1,2}}分?)?|\d{{1,2}}[::]\d{{2}})"
)
_END = re.compile(rf"(?<=[\d点半分])\s*(?:-{{1,2}}|–|—|~|\uff5e|至|到)\s*(?P<end>{CLOCK})")
_CLOCK = re.compile(
    rf"(?P<part>凌晨|早上|上午|中午|下午|晚上|傍晚|晚)?(?:(?P<hour>{_HOUR})点(?:(?P<half>半)|(?P<past>\d{{1,2}})分?)?|(?P<h>\d{{1,2}})[::](?P<m>\d{{2}}))"
)
_LATER = ("下午", "晚上", "傍晚", "晚", "中午")
DAY = 24 * 60


class SaidSpan(NamedTuple):
    """When something starts, whether an hour was named, when it ends (None: not said), and the rest."""

    at: datetime
    has_hour: bool
    ends_at: datetime | None
    rest: str


def read_span(text: str, now: datetime) -> SaidSpan | None:
    """Return the time, and the hour of its end if one is said, that `text` begins with.

    An end before the start is the same evening's (7点半-9点 said of an evening); if it is still before the
    start, it is returned as it was said.
    """
    head = text[:40]
    found = _END.search(head)
    plain = text if found is None else head[: found.start()] + " " + head[found.end() :] + text[40:]
    said = read_time(plain, now)
    if said is None:
        return None
    if found is None or found["end"] in said.rest:
        return SaidSpan(said.at, said.has_hour, None, said.rest)
    minutes = read_clock(found["end"])
    if minutes is None or not said.has_hour:
        return SaidSpan(said.at, said.has_hour, None, said.rest)
    midnight = said.at.replace(hour=0, minute=0, second=0, microsecond=0)
    end = midnight + timedelta(minutes=minutes)
    of_a_part = any(part in head[: found.start()] for part in _LATER)
    by_clock = ":" in found["end"] and not of_a_part  # 14:00-9:00 is a mistake
    if end <= said.at and minutes < DAY // 2 and not by_clock:
        end += timedelta(hours=12)
    return SaidSpan(said.at, said.has_hour, end, said.rest)


def read_clock(said: str) -> int | None:
    """Return an hour of the day in minutes from midnight: 上午9点, 下午3点半, 19:30; None if it is none."""
    found = _CLOCK.fullmatch(said.strip())
    if found is None:
        return None
    hour = int(found["h"]) if found["h"] else _number(found["hour"])
    minute = int(found["m"] or found["past"] or (30 if found["half"] else 0))
    if found["part"] in _LATER and hour < 12 and not (found["part"] == "中午" and hour >= 11):
        hour += 12
    return hour * 60 + minute if hour <= 24 and minute < 60 and hour * 60 + minute <= DAY else None


def _number(said: str) -> int:
    if said.isdigit():
        return int(said)
    return 10 + _DIGITS[said[1]] if len(said) == 2 else _DIGITS[said]
