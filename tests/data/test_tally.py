"""A tally tells cases apart after one reading: parts add up, medians are of all who are together."""

from __future__ import annotations

from datetime import timedelta

from data.domain.figures import By, Totals
from data.domain.tally import Alike, Rated, Tally


def alike(grid: int, unit: int | None, *seconds: int, late: int = 0, called: int = 0) -> Alike:
    keys = {By.NOTHING: 0, By.GRID: grid, By.ORGANISATION: unit}
    return Alike(keys, Totals(reported=len(seconds), resolved=1), late, called, (seconds, (), (), ()))


TALLY = Tally(
    [alike(1, None, 10, 20, 90, late=1, called=1), alike(1, 7, 40, late=0, called=1), alike(2, 7, 30, 50)],
    [
        Rated({By.NOTHING: 0, By.GRID: 1, By.ORGANISATION: None}, 1, 2),
        Rated({By.NOTHING: 0, By.GRID: 2, By.ORGANISATION: 7}, 1, 3),
        Rated({By.NOTHING: 0, By.GRID: 2, By.ORGANISATION: 7}, 3, 1),
    ],
)


def test_parts_add_up_to_the_whole() -> None:
    assert TALLY.whole == Totals(reported=6, resolved=3)
    assert TALLY.totals(By.GRID) == {1: Totals(reported=4, resolved=2), 2: Totals(reported=2, resolved=1)}
    assert TALLY.answers()[0] == {1: 5, 3: 1}
    assert TALLY.answers(By.GRID) == {1: {1: 2}, 2: {1: 3, 3: 1}}


def test_who_handles_a_case_does_not_answer_for_those_who_were_called() -> None:
    assert TALLY.late() == {0: 2}
    assert TALLY.late(By.GRID) == {1: 2, 2: 0}
    assert TALLY.late(By.ORGANISATION) == {None: 1, 7: 0}


def test_a_median_is_the_middle_one_or_the_mean_of_the_two_there() -> None:
    assert TALLY.medians()[0]["accepted"] == timedelta(seconds=35)
    assert TALLY.medians(By.GRID)[1]["accepted"] == timedelta(seconds=30)
    assert TALLY.medians(By.ORGANISATION)[7]["accepted"] == timedelta(seconds=40)
    assert TALLY.medians()[0]["resolved"] is None


def test_nothing_comes_to_nothing() -> None:
    assert Tally((), ()).whole == Totals()
    assert Tally((), ()).medians()[0]["confirmed"] is None


def test_totals_are_summed_each_with_its_own_kind() -> None:
    assert Totals(1, 2, 3, 4, 5, 6, 7).plus(Totals(10, 20, 30, 40, 50, 60, 70)) == Totals(
        11, 22, 33, 44, 55, 66, 77
    )
