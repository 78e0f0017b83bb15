"""What a place has decided: deadlines, ladder, quiet hours, rates, the names of its grades."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from data.domain.case import Grade
from data.domain.community import CommunityLife
from data.domain.deliberation import Deliberation
from data.domain.hearing import Hearing
from data.domain.rating import RateWeights
from data.domain.retention import Retention
from data.domain.whistle import CALLS, Colour
from data.domain.worktime import Span

if TYPE_CHECKING:
    from data.domain.paths import Path, PrivateMatter
    from data.domain.people import Rank
    from data.domain.worktime import WorkTime


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when to when residents' groups are left in peace; no hours at all when both are the same."""

    start: time
    end: time

    def hold(self, at: datetime, work: WorkTime) -> datetime:
        """Return `at` outside quiet hours, else their end."""
        here = work.local(at)
        clock = here.time()
        if self.start <= self.end:
            inside, day = self.start <= clock < self.end, here.date()
        else:
            inside = clock >= self.start or clock < self.end
            day = here.date() + timedelta(days=1) if clock >= self.start else here.date()
        return datetime.combine(day, self.end, work.zone).astimezone(UTC) if inside else at


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of one place, as `config.yaml` gives them."""

    work: WorkTime
    quiet: QuietHours
    bot_name: str = "哨子"
    web_address: str = "http://127.0.0.1:8311"  # where browsers find the bot
    hold: timedelta = timedelta(seconds=10)
    hold_limit: timedelta = timedelta(seconds=40)
    gather: timedelta = timedelta(minutes=10)
    join_within: timedelta = timedelta(minutes=3)
    undo_within: timedelta = timedelta(minutes=2)
    reopen_within: timedelta = timedelta(days=30)
    flood: int = 30  # messages a minute a person
    accept: Span = Span(2, "h")
    check_in: Span = Span(2, "h")
    resolve: dict[Grade, Span] = field(
        default_factory=lambda: {
            Grade.PRIVATE: Span(3, "d"),
            Grade.MINOR: Span(3, "d"),
            Grade.MAJOR: Span(10, "d"),
            Grade.HARD: Span(30, "d"),
        }
    )
    ladder_officer: Span = Span(2, "h")
    ladder_street: Span = Span(4, "h")
    ladder_supervisor: Span = Span(8, "h")
    answer_emergency: timedelta = timedelta(minutes=5)
    hearing: Hearing = field(default_factory=Hearing)
    colours: dict[Colour, Rank] = field(default_factory=lambda: dict(CALLS))
    rates: RateWeights = field(default_factory=RateWeights)
    paths: dict[Grade, Path] = field(default_factory=dict)
    deliberation: Deliberation = field(default_factory=Deliberation)
    private_matters: tuple[PrivateMatter, ...] = ()
    life: CommunityLife = field(default_factory=CommunityLife)
    retention: Retention = field(default_factory=Retention)
    numbers: dict[str, str] = field(default_factory=dict)  # gas, lift, property: whom to call
    units: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by hazard: kinds or words of names

    def accept_within(self, grade: Grade) -> Span:
        """Within what a case of a grade must be taken in."""
        path = self.paths.get(grade)
        return (path and path.accept) or self.accept

    def grade_name(self, grade: Grade) -> str:
        """The short name of a grade in this place."""
        return self.paths[grade].names[0]

    def grade_called(self, name: str) -> Grade | None:
        """Return the grade that a person calls by that name."""
        return next((grade for grade, path in self.paths.items() if name in path.names), None)
