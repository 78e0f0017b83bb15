"""What is counted: who is elected, what was late, how often it went well, the five 第一时间."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from data.domain.areas import Area, AreaKind
from data.domain.case import Case, Grade, Place, Source, State, Urgency
from data.domain.deliberation import Quorum
from data.domain.election import Election, counted, elected
from data.domain.figures import By, Called, Scope, Story, late, part_of_area, was_overdue
from data.domain.five_times import FiveTimes, five_times
from data.domain.four_discussions import ORDER, FourTaken, next_step
from data.domain.household import hundredths
from data.domain.lifecycle import Action
from data.domain.mediation import MediationOutcome, Successes, successes
from data.domain.overview import Heat
from data.domain.people import Organisation
from data.domain.rating import ANSWERS, RateWeights, counted_rates, rates
from data.domain.steps import Step
from data.domain.whistle import Part, PartState

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("places", "who"),
    [(1, "甲"), (2, "甲 乙 丙"), (3, "甲 乙 丙"), (4, "甲 乙 丙 丁"), (9, "甲 乙 丙 丁")],
)
def test_who_has_as_many_as_the_last_place_shares_it(places: int, who: str) -> None:
    totals = [("丁", 1), ("乙", 3), ("甲", 5), ("丙", 3), ("戊", 0)]
    assert elected(totals, places) == who.split()


def test_a_household_counts_once_for_each() -> None:
    assert counted("甲乙丙", [["甲", "甲"], ["乙", "甲"], ["外人"]]) == (("甲", 2), ("乙", 1), ("丙", 0))


@pytest.mark.parametrize(
    ("title", "of_buildings"), [("五好楼栋", True), ("最美单元", True), ("文明楼", True), ("楼长", False)]
)
def test_what_is_elected(title: str, *, of_buildings: bool) -> None:
    assert Election(1, 1, 1, 1, title, 1, 1, NOON, NOON).of_buildings is of_buildings


def case(
    number: int = 1,
    state: State = State.REPORTED,
    *,
    accepted_at: datetime | None = None,
    accept_by: datetime | None = None,
    resolve_by: datetime | None = None,
) -> Case:
    found = Case(
        number, 1, number, 1, None, state, "城乡建设/电梯", Grade.MINOR, Urgency.NORMAL, Source.APPEAL,
        Place(), NOON - 9 * HOUR, "",
    )  # fmt: skip
    found.accepted_at, found.accept_by, found.resolve_by = accepted_at, accept_by, resolve_by
    return found


def step(
    action: Action,
    at: datetime,
    was: State | None = None,
    to: State = State.ACCEPTED,
    *,
    words: str | None = None,
    before: dict[str, Any] | None = None,
    undone: bool = False,
) -> Step:
    return Step(1, 1, at, 1, action.value, was, to, words, before or {}, undone)


@pytest.mark.parametrize(
    ("state", "accepted", "by", "is_late"),
    [
        (State.REPORTED, None, NOON - HOUR, True),
        (State.REPORTED, None, NOON, False),  # the very moment is in time
        (State.REPORTED, None, None, False),
        (State.WITHDRAWN, None, NOON - HOUR, False),  # nobody has to take that in
        (State.CLOSED, NOON - HOUR, NOON - 2 * HOUR, True),
        (State.CLOSED, NOON - HOUR, NOON - HOUR, False),
    ],
)
def test_late_in_taking_in(
    state: State, accepted: datetime | None, by: datetime | None, *, is_late: bool
) -> None:
    one = case(state=state)
    one.accepted_at, one.accept_by = accepted, by
    assert [(found.case, found.clocks) for found in late([Story(one, ())], [], NOON)] == (
        [(one, ("accept",))] if is_late else []
    )


@pytest.mark.parametrize("state", State)
def test_late_in_resolving(state: State) -> None:
    works = state in (State.ACCEPTED, State.ASSIGNED, State.IN_PROGRESS)
    for by, is_late in ((NOON - HOUR, works), (NOON, False), (None, False)):
        one = case(state=state)
        one.resolve_by = by
        clocks = [found.clocks for found in late([Story(one, ())], [], NOON)]
        assert clocks == ([("resolve",)] if is_late else [])


def test_what_a_step_found_overdue_stays_so() -> None:
    due: dict[str, Any] = {"resolve_by": (NOON - HOUR).isoformat()}
    assert was_overdue([step(Action.RESOLVE, NOON, State.ACCEPTED, State.RESOLVED, before=due)])
    assert not was_overdue([step(Action.RESOLVE, NOON - HOUR, State.ACCEPTED, before=due)])
    assert not was_overdue([step(Action.REOPEN, NOON, State.RESOLVED, State.IN_PROGRESS, before=due)])
    assert not was_overdue([step(Action.RESOLVE, NOON, State.ACCEPTED, before=due, undone=True)])
    assert not was_overdue([step(Action.RESOLVE, NOON, State.ACCEPTED, before={"resolve_by": None})])
    assert not was_overdue([])


def test_the_clocks_of_a_case_are_told_together_and_in_their_order() -> None:
    other, one = (
        case(2),
        case(1, State.ACCEPTED, accepted_at=NOON, accept_by=NOON - HOUR, resolve_by=NOON - HOUR),
    )
    called = Called(one, Part(1, 1, 1, PartState.CALLED, NOON - 3 * HOUR, NOON - HOUR))
    in_time = Called(other, Part(2, 1, 1, PartState.CALLED, NOON - 3 * HOUR, NOON))
    late_too = Called(case(3), Part(3, 1, 1, PartState.CALLED, NOON - 3 * HOUR, NOON - HOUR))
    found = late([Story(other, ()), Story(one, ())], [late_too, called, in_time], NOON)
    assert [(one_late.case.number, one_late.clocks) for one_late in found] == [
        (1, ("accept", "check_in", "resolve")),
        (3, ("check_in",)),
    ]


def test_five_times() -> None:
    at = [NOON + n * HOUR for n in range(20)]
    report = step(Action.REPORT, at[0], None, State.REPORTED)
    assert five_times([report]) == FiveTimes(at[0])
    taken = step(Action.ASSIGN, at[1], State.REPORTED, State.ASSIGNED)
    done = step(Action.RESOLVE, at[2], State.ASSIGNED, State.RESOLVED)
    told = [step(Action.FEED_BACK, at[n], State.RESOLVED, State.RESOLVED) for n in (3, 4)]
    rated = [
        step(Action.RATE, at[n], State.RESOLVED, State.RESOLVED, words=w)
        for n, w in ((5, "4"), (6, "2"), (7, "1"))
    ]
    story = [report, taken, done, *told, *rated]
    assert five_times(story) == FiveTimes(at[0], at[1], at[2], at[3], at[6])
    again = step(Action.REOPEN, at[8], State.RESOLVED, State.IN_PROGRESS)
    assert five_times([*story, again]) == FiveTimes(at[0], at[1])
    undone = step(Action.REOPEN, at[8], State.RESOLVED, State.IN_PROGRESS, undone=True)
    assert five_times([*story, undone]).resolved == at[2]
    assert five_times([*story, step(Action.RESOLVE, at[9])]) == FiveTimes(at[0], at[1], at[9])
    assert five_times([report, step(Action.REJECT, at[1], State.REPORTED, State.REJECTED)]).accepted is None
    assert five_times([report, step(Action.RATE, at[5], words=None)]).confirmed is None


def test_the_three_rates_are_shares_of_who_answered() -> None:
    weights = RateWeights(0.2, 0.3, 0.5, 0.5)
    found = rates([1, 2, 4, 5], weights)
    assert (found.answers, found.contacted, found.solved, found.satisfied) == (4, 0.75, 0.5, 0.375)
    assert found.composite == pytest.approx(0.2 * 0.75 + 0.3 * 0.5 + 0.5 * 0.375)
    assert counted_rates({1: 3, 3: 1}, weights).satisfied == 0.75
    assert counted_rates({1: 0}, weights).contacted is None
    assert [ANSWERS[digit].content for digit in range(1, 6)] == [True, True, False, False, False]


def test_how_mediations_ended() -> None:
    good, bad, law = MediationOutcome
    assert successes([good, bad, good, law]) == Successes(4, 2)
    assert Successes(4, 2).rate == 0.5
    assert successes([]).rate is None


@pytest.mark.parametrize(
    ("given", "found"),
    [("89.5", 8950), (89.53, 8953), ("0.01", 1), (1_000_000, 100_000_000), (Decimal(12), 1200)],
)
def test_square_metres(given: object, found: int) -> None:
    assert hundredths(given) == found


@pytest.mark.parametrize("given", [0, -1, "0.001", "1000000.01", "NaN", "Infinity", "八十", None, ""])
def test_what_is_no_flat(given: object) -> None:
    with pytest.raises(ValueError, match="最多两位小数"):
        hundredths(given)


def test_quorum_four_discussions_heat() -> None:
    third = Quorum(share=Fraction(1, 3))
    assert [third.needed(of) for of in (0, 1, 3, 4, 6)] == [0, 1, 1, 2, 2]
    assert Quorum().needed(10) == 0
    assert Quorum(0, Fraction(1, 2)).needed(10) == 0
    taken = [FourTaken(n, 1, None, one, NOON, 1, "") for n, one in enumerate(ORDER)]
    assert [next_step(taken[:n]) for n in range(len(ORDER) + 1)] == [*ORDER, None]
    assert Heat(("a", "b"), ("1", "2"), ("x",), ((3,), (5,))).most == 5
    assert Heat((), (), (), ()).most == 0


def test_figures_are_told_apart_one_level_down() -> None:
    areas = {kind: Area(1, "c", kind.value, kind, None) for kind in AreaKind}
    assert [part_of_area(areas[kind]) for kind in AreaKind] == [
        By.COMMUNITY, By.COMMUNITY, By.GRID, By.BUILDING, By.BUILDING,
    ]  # fmt: skip
    grid = areas[AreaKind.GRID]
    assert Scope(grid).name == "grid"
    assert Scope(grid, Organisation(1, "物业", "property", 1)).name == "物业"
