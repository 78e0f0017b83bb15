"""Hours as people say them: 晚上 7点半, 19:30, 中午12点, 7点一刻, 20:00-次日8:00, 晚上7点到9点.

What could be morning or evening (周五3点) is read, but is not sure: whoever reads it asks.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from nlp.reading.numerals import number

MARKS = " \t\u2005\u3000,，、:：;；。"
PART = (
    r"(?:凌晨|清晨|大清早|清早|一大早|一早|早晨|早上|早|上午|中午|午间|下午|午后|傍晚|晚上|晚间|夜晚|夜里|夜间"
    r"|半夜|深夜|午夜|晚)"
)
BOUNDS = r"(?:次日|第二天|起|开始)"
DAY = 24 * 60

_N = r"(?:\d{1,2}|[零〇一二两三四五六七八九十廿]{1,3})"
_AFTER_MINUTE = r"(?!\d|\s*[栋幢座号楼单层室户人个月日元期])"
_CLOCK = re.compile(
    rf"(?P<part>{PART})?\s*的?\s*(?P<en>[AaPp][Mm])?\s*(?P<hour>{_N})\s*"
    rf"(?:[:：]\s*(?P<clock>\d{{1,2}})(?:[:：]\d{{2}})?{_AFTER_MINUTE}"
    rf"|[点时]\s*(?:钟|整)?\s*(?:(?P<half>半)|(?P<quarter>[一二三123])\s*刻"
    rf"|过?\s*(?P<minute>{_N})\s*分|(?P<short>\d{{2}}|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九]){_AFTER_MINUTE})?"
    rf"|(?P<dot>[.]\d{{2}}){_AFTER_MINUTE}|(?=\s*[AaPp][Mm]))"
    r"(?P<en2>\s*[AaPp][Mm])?(?:左右|前后|许)?"
)
_HOUR_ALONE = re.compile(rf"(?P<part>{PART})?\s*(?P<hour>\d{{1,2}})")
_TO = re.compile(r"\s*(?:-{1,2}|–|—|~|\uff5e|至|到)\s*")
_NEXT_DAY = re.compile(r"(?:次日|第二天|翌日|隔天|明天|明(?=早))\s*的?")
_BARE = 8  # below it an hour with neither half of the day nor a leading zero may be either
_MORNING = frozenset({"凌晨", "清晨", "大清早", "清早", "一大早", "一早", "早晨", "早上", "早", "上午"})
_NOON = frozenset({"中午", "午间"})
_NIGHT = frozenset({"半夜", "深夜", "午夜", "夜里", "夜间"})
_HALVES: tuple[tuple[re.Pattern[str], int, int], ...] = (
    (re.compile(r"(?:上午)班?"), 8 * 60, 12 * 60),
    (re.compile(r"(?:下午)班?"), 12 * 60, 18 * 60),
    (re.compile(r"(?:白天|白班|日班|早班)"), 8 * 60, 18 * 60),
    (re.compile(r"(?:晚上|晚班|夜班|夜里|夜间|晚间|晚)"), 18 * 60, 8 * 60),
    (re.compile(r"(?:全天|整天|一天|24\s*小时)"), 0, DAY),
)


_HALF_ENDS = re.compile(r"[\s,，、;；。]|$")


class SaidHours(NamedTuple):
    """Hours in minutes from a day's midnight (an end before the start is the next day's), and the rest."""

    start: int
    end: int
    rest: str


class ReadHour(NamedTuple):
    """An hour in minutes from midnight (24:00 is the day's end); not `sure` if it may be another half's."""

    minute: int
    sure: bool
    part: str | None
    rest: str


def read_clock(text: str, part: str | None = None) -> ReadHour | None:
    """Return the hour that `text` begins with; None if with none, or one that cannot be (25点, 上午15点).

    `part` is the part of the day that was said before (7点到9点 晚上 is not: 晚上7点到9点).
    """
    found = _CLOCK.match(text)
    if found is None or (found["dot"] and not found["part"]):
        return None
    hour, minute = number(found["hour"]), _minutes(found)
    if hour is None or minute is None or minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    english = (found["en"] or found["en2"] or "").strip().lower()
    said = found["part"] or part
    if english:
        said = "上午" if english == "am" else "下午"
    placed = _placed(hour, minute, said)
    if placed is None:
        return None
    zero = found["hour"].startswith(("0", "零", "〇"))
    sure = said is not None or zero or hour >= _BARE
    if said in _NIGHT and 1 <= hour <= 5:
        sure = False
    return ReadHour(placed, sure, said, text[found.end() :])


def is_like_an_hour(text: str) -> bool:
    """Whether `text` begins in a form of hours, be there such an hour or not."""
    found = _CLOCK.match(text)
    return found is not None and not (found["dot"] and not found["part"])


def skip_clock(text: str) -> str:
    """Return what stands after an hour that a text begins with; all of it if with none."""
    found = read_clock(text.lstrip(MARKS))
    return text if found is None else found.rest


def read_hours(text: str) -> SaidHours | None:
    """Return the hours that `text` begins with: `8:00-20:00`, `晚上7点到9点`, `20:00-次日8:00`.

    The half of the day that the first hour is said with is the second one's too, if it says none.
    """
    first, rest = read_clock(text), ""
    if first is not None:
        start, rest = first.minute, first.rest
    else:
        alone = _HOUR_ALONE.match(text)
        if alone is None or int(alone["hour"]) > 24 or not _TO.match(text, alone.end()):
            return None
        placed = _placed(int(alone["hour"]), 0, alone["part"])
        if placed is None:
            return None
        start, rest = placed, text[alone.end() :]
    to = _TO.match(rest)
    if to is None:
        return None
    rest = rest[to.end() :]
    tomorrow = _NEXT_DAY.match(rest)
    rest = rest[tomorrow.end() :] if tomorrow else rest
    last = read_clock(rest)
    if last is None:
        return None
    end = last.minute
    said = first.part if first is not None else None
    if not tomorrow and last.part is None and said is not None and end <= start < end + DAY // 2:
        end += DAY // 2  # 晚上7点到9点
    if start == end or max(start, end) > DAY:
        return None
    return SaidHours(start, end, last.rest.lstrip(MARKS))


def read_part_of_day(text: str) -> SaidHours | None:
    """Return the hours of a part of the day that a shift is named by: 晚上 18:00-8:00, 白天 8:00-18:00."""
    for pattern, start, end in _HALVES:
        found = pattern.match(text)
        if found is not None and _HALF_ENDS.match(text, found.end()):
            return SaidHours(start, end, text[found.end() :].lstrip(MARKS))
    return None


def _minutes(found: re.Match[str]) -> int | None:
    if found["half"]:
        return 30
    if found["quarter"]:
        return 15 * (number(found["quarter"]) or 0)
    said = found["clock"] or found["minute"] or found["short"] or (found["dot"] or "")[1:]
    if found["clock"] and len(found["clock"]) != 2:
        return None
    return number(said) if said else 0


def _placed(hour: int, minute: int, part: str | None) -> int | None:
    """Return the minute of the day that an hour of a part of the day is; None if there is none."""
    if part is None:
        return hour * 60 + minute
    if part in _MORNING:
        return hour * 60 + minute if hour <= 12 and not (hour == 12 and part == "凌晨") else None
    if part in _NOON:
        return (
            (hour + 12 if hour <= 2 else hour) * 60 + minute if hour in (1, 2, 10, 11, 12, 13, 14) else None
        )
    if part in _NIGHT and hour <= 5:
        return hour * 60 + minute
    if hour == 12:
        return (12 if part in ("下午", "午后") else 24) * 60 + (0 if part not in ("下午", "午后") else minute)
    return (hour + 12 if hour < 12 else hour) * 60 + minute
