"""What the figures of a period are made of: totals, the five 第一时间, what was late, the three rates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, NamedTuple

from data.domain.areas import AreaKind
from data.domain.case import WORKABLE, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data.domain.areas import Area
    from data.domain.case import Case
    from data.domain.people import Organisation, Person
    from data.domain.rating import Rates
    from data.domain.steps import Step
    from data.domain.whistle import Part


CLOCKS = ("accept", "check_in", "resolve")
STAGES = ("accepted", "resolved", "fed_back", "confirmed")  # measured from the first, found


class Story(NamedTuple):
    """A case with all its steps."""

    case: Case
    steps: Sequence[Step]


class Called(NamedTuple):
    """A case, and the part in it of an organisation that was called."""

    case: Case
    part: Part


class Answered(NamedTuple):
    """One answer about one case: the last one its appellant gave."""

    case_id: int
    person_id: int
    digit: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How many cases came up in a period, and what became of these up to now."""

    reported: int = 0
    by_staff: int = 0  # found by visits, patrols and what staff raised
    accepted: int = 0
    resolved: int = 0
    open: int = 0
    deferred: int = 0  # of the open ones
    reopened: int = 0

    def plus(self, other: Totals) -> Totals:
        """Return the sums of both."""
        return Totals(
            self.reported + other.reported,
            self.by_staff + other.by_staff,
            self.accepted + other.accepted,
            self.resolved + other.resolved,
            self.open + other.open,
            self.deferred + other.deferred,
            self.reopened + other.reopened,
        )


@dataclass(frozen=True, slots=True)
class Late:
    """A case that was late, or is: on which clocks."""

    case: Case
    clocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one scope (an area, an organisation, a person) and period."""

    totals: Totals
    rates: Rates
    medians: dict[str, timedelta | None]  # by stage; None where no case got so far
    late: tuple[Late, ...]  # the first of them
    late_count: int


def late(stories: Iterable[Story], called: Iterable[Called], now: datetime) -> tuple[Late, ...]:
    """Return the cases on which a deadline was missed, by those who handle them or are called to them."""
    cases: dict[int, Case] = {}
    missed: dict[int, set[str]] = defaultdict(set)
    for case, steps in stories:
        cases[case.id] = case
        missed[case.id].update(_missed(case, steps, now))
    for case, part in called:
        if part.is_late(now):
            cases[case.id] = case
            missed[case.id].add("check_in")
    found = (
        Late(case, tuple(clock for clock in CLOCKS if clock in missed[id_])) for id_, case in cases.items()
    )
    return tuple(sorted((one for one in found if one.clocks), key=_by_number))


def _by_number(one: Late) -> tuple[int, int]:
    return one.case.community_id, one.case.number


def _missed(case: Case, steps: Sequence[Step], now: datetime) -> Iterable[str]:
    accepted = case.accepted_at or (now if case.state is State.REPORTED else None)
    if case.accept_by is not None and accepted is not None and accepted > case.accept_by:
        yield "accept"
    if _is_overdue(case.state, case.resolve_by, now) or was_overdue(steps):
        yield "resolve"


def was_overdue(steps: Iterable[Step]) -> bool:
    """Whether some step found its case overdue."""
    return any(map(_found_overdue, steps))


def _found_overdue(step: Step) -> bool:
    """Whether a case was overdue when a step was taken; a 重办 sets another deadline, but that stays true."""
    by = step.before.get("resolve_by")
    return (
        not step.undone
        and isinstance(by, str)
        and _is_overdue(step.from_state, datetime.fromisoformat(by), step.at)
    )


def _is_overdue(state: State | None, by: datetime | None, at: datetime) -> bool:
    return state in WORKABLE and by is not None and at > by


class Told(Enum):
    """Which cases of a period a list tells of: that came up, that were done, that are open."""

    REPORTED = auto()
    RESOLVED = auto()
    OPEN = auto()


class By(StrEnum):
    """By what figures are told apart, or by nothing."""

    NOTHING = "nothing"
    COMMUNITY = "community"
    GRID = "grid"
    BUILDING = "building"
    ORGANISATION = "organisation"
    PERSON = "person"
    KIND = "kind"
    GRADE = "grade"


class Scope(NamedTuple):
    """Whose cases count: those of an area, or those in it that an organisation or a person handles."""

    area: Area
    handler: Organisation | Person | None = None

    @property
    def name(self) -> str:
        """The name of the organisation or person, else of the area."""
        return (self.handler or self.area).name


PARTS = {AreaKind.COMMUNITY: By.GRID, AreaKind.GRID: By.BUILDING, AreaKind.BUILDING: By.BUILDING}


def part_of_area(area: Area) -> By:
    """Return what an area's figures are told apart by when one looks closer."""
    return PARTS.get(area.kind, By.COMMUNITY)
