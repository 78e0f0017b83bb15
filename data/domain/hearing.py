"""How sure the bot must be: three outcomes of what is heard, when it asks about what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.domain.case import Line
    from data.domain.worktime import WorkTime

YES, NO, PLAIN = "yes", "no", "plain"  # what a doubtful line turned out to be; `plain`: it opened by itself
HOUR = timedelta(hours=1)
OPENS = time(9)
SLOTS = (time(11, 30), time(17))  # when what was gathered is asked about at the latest
DROPPED = time(20)  # of the day after it was asked
TRUST = 8.0  # answers that a room's own experience must outweigh
MOST_SHIFT = 1.5  # in log-odds: what a room's experience may change at most
EDGE = 1e-6


class Outcome(StrEnum):
    """What is done with a line that nobody addressed to the bot."""

    SURE = "sure"  # announced
    DOUBTFUL = "doubtful"  # asked about, in private
    NO = "no"  # left alone


@dataclass(frozen=True, slots=True)
class Hearing:
    """From which probability on a line is announced or asked about, and an emergency is asked about."""

    sure: float = 0.95
    doubtful: float = 0.125
    emergency: float = 0.005


@dataclass(frozen=True, slots=True)
class Costs:
    """What a mistake costs; the thresholds are the least costly ones, unless the config names others.

    With p the probability of an appeal: announcing costs `announced` × (1 - p), leaving alone `missed` × p,
    and asking `asked`, whatever the answer.
    """

    announced: float = 20.0
    asked: float = 1.0
    missed: float = 8.0
    emergency_missed: float = 200.0

    def thresholds(self) -> Hearing:
        """Return the thresholds at which neighbouring outcomes cost the same."""
        return Hearing(
            sure=max(1 - self.asked / self.announced, 0.0),
            doubtful=min(self.asked / self.missed, 1.0),
            emergency=min(self.asked / self.emergency_missed, 1.0),
        )


@dataclass(frozen=True, slots=True)
class Experience:
    """How many doubtful lines of a room were appeals, as leaders said, and how many were thought to be."""

    yes: int = 0
    no: int = 0
    expected: float = 0.0

    @property
    def shift(self) -> float:
        """The log-odds by which lines of this room are more likely appeals than thought, within ±1.5."""
        asked = self.yes + self.no
        if not asked:
            return 0.0
        thought = self.expected / asked
        found = (self.yes + TRUST * thought) / (asked + TRUST)
        return max(-MOST_SHIFT, min(_odds(found) - _odds(thought), MOST_SHIFT))

    def applied(self, probability: float) -> float:
        """Return a probability as it stands in this room."""
        return shifted(probability, self.shift) if self.shift else probability


def shifted(probability: float, shift: float) -> float:
    """Return a probability with something more that speaks for it, in log-odds."""
    return 1 / (1 + exp(-_odds(probability) - shift))


def _odds(probability: float) -> float:
    inside = min(max(probability, EDGE), 1 - EDGE)
    return log(inside / (1 - inside))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful line, with the pictures and fragments that belong to it; `answer` once there is one."""

    id: int
    room_id: int
    person_id: int
    account_id: int
    said_at: datetime
    lines: tuple[Line, ...]
    probability: float
    urgent: bool
    ask_at: datetime
    answer: str | None = None
    case_id: int | None = None

    @property
    def words(self) -> str:
        """What was said, all its lines together."""
        return "\n".join(line.text for line in self.lines if line.text)


@dataclass(frozen=True, slots=True)
class Lettered:
    """A doubtful line as somebody was asked about it: under a letter of a day; without one it still waits."""

    doubt: Doubt
    letter: str | None = None
    sent_at: datetime | None = field(default=None)


def letter(number: int) -> str:
    """Return the letter of the `number`th line of a day, from 0: A … Z, AA, AB …"""
    first, last = divmod(number, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def ask_at(now: datetime, work: WorkTime) -> datetime:
    """Return when a doubtful line is asked about: gathered for an hour, by 11:30 or 17:00 at the latest.

    Nothing is asked in the hour before these two, so that no two messages come within an hour; what is said
    after 17:00, or before nine, waits for the next 11:30.
    """
    here = work.local(now)
    for slot in SLOTS:
        if here.time() < slot:
            end = work.at(here.date(), slot)
            gathered = now.astimezone(UTC) + HOUR
            return gathered if here.time() >= OPENS and gathered <= end - HOUR else end
    return work.at(here.date() + timedelta(days=1), SLOTS[0])


def dropped_at(sent: datetime, work: WorkTime) -> datetime:
    """Return when a line that was asked about is dropped, answered or not: 20:00 of the day after."""
    return work.at(work.local(sent).date() + timedelta(days=1), DROPPED)
