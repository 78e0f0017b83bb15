"""Ballots are counted exactly, as the law's words say (民法典 articles 278 and 1259).

The reference below is written from those words, one sentence after the other, and in fractions.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.domain.ballot import USUAL, Ballot, BallotRule, BallotVerdict, Weight, count, decide, still_needed
from data.domain.deliberation import Quorum

FOR, AGAINST, ABSTAIN = range(3)


def law(rule: BallotRule, areas: list[int | None], chose: list[int | None]) -> bool:
    """“应当由专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决。决定前款第六项至第八项规定的事项,

    应当经参与表决专有部分面积四分之三以上的业主且参与表决人数四分之三以上的业主同意。决定前款其他事项,应当经参与表决
    专有部分面积过半数的业主且参与表决人数过半数的业主同意。” “以上”包括本数,“超过”(过半数)不包括本数。
    """
    measures = [[Fraction(1)] * len(areas)]
    if None not in areas:
        measures.append([Fraction(area or 0, 100) for area in areas])
    for measure in measures:
        taking_part = sum((m for m, c in zip(measure, chose, strict=True) if c is not None), Fraction(0))
        if not taking_part / sum(measure) >= Fraction(2, 3):
            return False
        consenting = sum((m for m, c in zip(measure, chose, strict=True) if c == FOR), Fraction(0))
        share = consenting / taking_part
        if not (share >= Fraction(3, 4) if rule is BallotRule.MAJOR else share > Fraction(1, 2)):
            return False
    return True


def decided(rule: BallotRule, areas: list[int | None], chose: list[int | None]) -> BallotVerdict:
    roll = dict(enumerate(areas))
    choices = {household: choice for household, choice in enumerate(chose) if choice is not None}
    return decide(rule, USUAL, *count(USUAL, roll, choices)).verdict


households = st.lists(
    st.tuples(
        st.integers(1, 30_000) | st.just(10_000), st.none() | st.sampled_from((FOR, FOR, AGAINST, ABSTAIN))
    ),
    min_size=1,
    max_size=24,
)


@settings(deadline=None, max_examples=400)
@given(households, st.sampled_from((BallotRule.GENERAL, BallotRule.MAJOR)), st.booleans())
@example([(1, FOR), (1, FOR), (1, None)], BallotRule.GENERAL, True)  # exactly two thirds take part
@example([(1, FOR), (1, AGAINST)], BallotRule.GENERAL, True)  # exactly half
@example([(1, FOR), (1, FOR), (1, FOR), (1, ABSTAIN)], BallotRule.MAJOR, True)  # exactly three quarters
@example([(3, FOR), (1, FOR), (1, FOR), (1, AGAINST)], BallotRule.MAJOR, True)
def test_the_two_rules_are_the_law(rows: list[tuple[int, int | None]], rule: BallotRule, known: bool) -> None:
    areas: list[int | None] = [area for area, _ in rows]
    if not known:
        areas[0] = None
    chose = [choice for _, choice in rows]
    assert (decided(rule, areas, chose) is BallotVerdict.PASSED) is law(rule, areas, chose)


def shares(all_of: int, taking_part: int, consenting: int) -> list[int | None]:
    against: list[int | None] = [AGAINST] * (taking_part - consenting)
    return [*[FOR] * consenting, *against, *[None] * (all_of - taking_part)]


@pytest.mark.parametrize(
    ("rule", "all_of", "taking_part", "consenting", "verdict"),
    [
        (BallotRule.GENERAL, 300, 200, 101, BallotVerdict.PASSED),
        (BallotRule.GENERAL, 300, 199, 199, BallotVerdict.TURNOUT),
        (BallotRule.GENERAL, 300, 200, 100, BallotVerdict.REJECTED),  # half is not more than half
        (BallotRule.MAJOR, 300, 200, 150, BallotVerdict.PASSED),  # three quarters are three quarters or more
        (BallotRule.MAJOR, 300, 200, 149, BallotVerdict.REJECTED),
        (BallotRule.MAJOR, 300, 199, 199, BallotVerdict.TURNOUT),
        (BallotRule.MAJOR, 1, 1, 1, BallotVerdict.PASSED),
        (BallotRule.GENERAL, 3, 0, 0, BallotVerdict.TURNOUT),
    ],
)
def test_boundaries(
    rule: BallotRule, all_of: int, taking_part: int, consenting: int, verdict: BallotVerdict
) -> None:
    chose = shares(all_of, taking_part, consenting)
    assert decided(rule, [8_953] * all_of, chose) is verdict


def test_a_hundredth_of_a_square_metre_decides() -> None:
    """Two of three households with exactly two thirds of the area, and with 0.01 m² less."""
    assert decided(BallotRule.GENERAL, [10_000, 10_000, 10_000], [FOR, FOR, None]) is BallotVerdict.PASSED
    assert decided(BallotRule.GENERAL, [10_000, 9_999, 10_000], [FOR, FOR, None]) is BallotVerdict.TURNOUT
    assert (
        decided(BallotRule.GENERAL, [10_001, 10_000], [FOR, AGAINST]) is BallotVerdict.REJECTED
    )  # half of the heads


def test_large_numbers_do_not_round() -> None:
    thirds = [3_333_333_333_333_333, 3_333_333_333_333_333, 3_333_333_333_333_334]
    assert decided(BallotRule.MAJOR, list(thirds), [FOR, FOR, None]) is BallotVerdict.TURNOUT


@settings(deadline=None, max_examples=200)
@given(st.lists(st.none() | st.sampled_from((FOR, AGAINST, ABSTAIN)), min_size=1, max_size=30))
def test_the_most_votes_win_but_never_an_abstention(chose: list[int | None]) -> None:
    verdict = decided(BallotRule.SIMPLE, [None] * len(chose), chose)
    yes, no = chose.count(FOR), chose.count(AGAINST)
    expected = {
        (True, False): BallotVerdict.PASSED if yes else BallotVerdict.NOBODY,
        (False, True): BallotVerdict.REJECTED,
        (False, False): BallotVerdict.TIED,
    }
    assert verdict is (BallotVerdict.NOBODY if yes == no == 0 else expected[yes > no, no > yes])


@settings(deadline=None, max_examples=200)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=8))
def test_options_of_ones_own(heads: list[int]) -> None:
    options = [f"方案{i}" for i in range(len(heads))]
    whole, totals = Weight(sum(heads) + 1, None), [Weight(n, None) for n in heads]
    verdict, leading, took_part = decide(BallotRule.SIMPLE, options, whole, totals)
    assert took_part.heads == sum(heads)
    best = [i for i, n in enumerate(heads) if n == max(heads) and n]
    assert list(leading) == best
    assert verdict is (
        BallotVerdict.NOBODY if not best else BallotVerdict.CHOSEN if len(best) == 1 else BallotVerdict.TIED
    )


@settings(deadline=None, max_examples=200)
@given(st.integers(1, 10_000), st.integers(0, 10_000), st.integers(1, 10**9), st.integers(0, 10**9))
def test_what_is_still_needed_is_enough_and_no_more(heads: int, came: int, area: int, part: int) -> None:
    came, part = min(came, heads), min(part, area)
    missing = still_needed(BallotRule.GENERAL, Weight(heads, area), Weight(came, part))
    assert missing is not None
    assert missing.area is not None
    for all_of, have, more in ((heads, came, missing.heads), (area, part, missing.area)):
        assert Fraction(have + more) >= Fraction(2, 3) * all_of
        assert more == 0 or Fraction(have + more - 1) < Fraction(2, 3) * all_of


def test_a_share_includes_the_number_itself() -> None:
    assert Quorum(share=Fraction(1, 2)).needed(9) == 5
    assert Quorum(share=Fraction(1, 2)).needed(10) == 5
    assert Quorum(households=3).needed(100) == 3


def test_options_by_words_and_letters() -> None:
    ballot = Ballot.__new__(Ballot)
    object.__setattr__(ballot, "options", ("B", "同意", "C"))
    assert [ballot.option(said) for said in ("b", "Ｂ", "A", "c", "同意。", "Z", "")] == [
        0,
        0,
        0,
        2,
        1,
        None,
        None,
    ]
