"""`governance`: the preset of the place, and what it does otherwise."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from pydantic import Field

from bot.presets import GradePath
from bot.values import ConfigPart, OfficeHours, Share, SpanText
from data.domain.case import Grade
from data.domain.people import Rank


class Deadlines(ConfigPart):
    """How long a step may take: minutes and hours of working time, or working days."""

    accept: SpanText = (2, "h")
    check_in: SpanText = (2, "h")
    minor: SpanText = (3, "d")
    major: SpanText = (10, "d")
    hard: SpanText = (30, "d")


class Ladder(ConfigPart):
    """How long after a missed deadline the next one hears of it, in working time."""

    officer: SpanText = (2, "h")
    street: SpanText = (4, "h")
    supervisor: SpanText = (8, "h")


class Colours(ConfigPart):
    """Whom of an organisation a whistle of a colour calls."""

    blue: Rank = Rank.SECTION_HEAD
    yellow: Rank = Rank.DEPUTY
    red: Rank = Rank.CHIEF


class RatesSettings(ConfigPart):
    """The weights of the three rates, and what 基本满意 is worth."""

    contacted: Share = 0.1
    solved: Share = 0.5
    satisfied: Share = 0.4
    fairly_satisfied: Share = 0.9


class Governance(ConfigPart):
    """The rules of the place."""

    preset: Literal["wanzhou", "jiaxing", "yongren", "beichen", "pingcheng"] = "wanzhou"
    grades: dict[Grade, GradePath] = Field(default_factory=dict)
    office_hours: OfficeHours = (time(9), time(18))
    holidays: tuple[date, ...] = ()
    deadlines: Deadlines = Deadlines()
    ladder: Ladder = Ladder()
    colours: Colours = Colours()
    rates: RatesSettings = RatesSettings()
