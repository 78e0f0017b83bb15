"""Answers: the table of what is asked again and again, and questions that nobody has answered yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

_HOURS = re.compile(
    r"(?:(?P<from>周[一二三四五六日天])(?:至|到|-|—)(?P<to>周[一二三四五六日天])|(?P<work>工作日)|(?P<every>每天))?"
    r"\s*(?P<h1>\d{1,2})[::](?P<m1>\d{2})\s*(?:-|—|~|至|到)\s*(?P<h2>\d{1,2})[::](?P<m2>\d{2})"
)
_WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One answer of a community's table. `number` counts within the community."""

    id: int
    community_id: int
    number: int
    words: tuple[str, ...]
    answer: str
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question the bot could not answer: who asked where, and what came of it."""

    id: int
    community_id: int
    person_id: int
    account_id: int
    room_id: int | None
    message_id: str
    words: str
    asked_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None


def open_at(hours: str, here: datetime, works: Callable[[date], bool]) -> bool | None:
    """Whether somewhere is open now, by hours as they are written: 周一至周五 9:00-17:00; None: not known.

    `here` is local; several spans may follow one another, each with days of its own or those before it.
    """
    spans = list(_HOURS.finditer(hours))
    if not spans:
        return None
    open_today = True
    minute = here.hour * 60 + here.minute
    for span in spans:
        if span["from"]:
            first, last = (_WEEK.index(span[part][1].replace("天", "日")) for part in ("from", "to"))
            day = here.weekday()
            open_today = first <= day <= last if first <= last else day >= first or day <= last
        elif span["work"]:
            open_today = works(here.date())
        elif span["every"]:
            open_today = True
        start = int(span["h1"]) * 60 + int(span["m1"])
        end = int(span["h2"]) * 60 + int(span["m2"])
        if open_today and start <= minute < end:
            return True
    return False
