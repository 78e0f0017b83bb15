"""How sure the bot must be, what a room has taught, and when what is doubtful is asked about."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.domain.case import Line
from data.domain.hearing import Costs, Doubt, Experience, Hearing, ask_at, dropped_at, letter, shifted
from data.domain.worktime import WorkTime

ZONE = ZoneInfo("Asia/Shanghai")
WORK = WorkTime(ZONE, time(9), time(18), lambda day: day.weekday() < 5)
chances = st.floats(0.001, 0.999)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=ZONE)


def test_the_thresholds_cost_the_same_on_either_side() -> None:
    found = Costs().thresholds()
    assert found == Hearing() == Hearing(0.95, 0.125, 0.005)
    assert Costs(10, 2, 4, 100).thresholds() == Hearing(0.8, 0.5, 0.02)
    assert Costs(1, 3, 2, 1).thresholds() == Hearing(0.0, 1.0, 1.0)  # asking is never worth it


@given(chances, st.floats(-3, 3), st.floats(-3, 3))
def test_log_odds_add_up(chance: float, one: float, other: float) -> None:
    assert shifted(chance, 0) == pytest.approx(chance)
    assert shifted(shifted(chance, one), other) == pytest.approx(shifted(chance, one + other), rel=1e-3)
    assert (shifted(chance, one) > chance) is (one > 0) or one == pytest.approx(0, abs=1e-9)
    assert 0 < shifted(0.0, one) < shifted(1.0, one) < 1


@pytest.mark.parametrize(
    ("yes", "no", "expected", "shift"),
    [
        (0, 0, 0.0, 0.0),  # nobody was asked
        (2, 2, 2.0, 0.0),  # as was thought
        (4, 0, 2.0, 0.6931),  # (4 + 8 × 0.5) / 12 = 2/3
        (0, 4, 2.0, -0.6931),
        (200, 0, 20.0, 1.5),  # no more than that
        (0, 200, 180.0, -1.5),
        (1, 3, 0.4, 0.4626),
    ],
)
def test_what_a_room_has_taught(yes: int, no: int, expected: float, shift: float) -> None:
    experience = Experience(yes, no, expected)
    assert experience.shift == pytest.approx(shift, abs=1e-3)
    assert experience.applied(0.3) == pytest.approx(shifted(0.3, shift), abs=1e-3)


def test_where_nothing_was_learned_nothing_changes() -> None:
    assert Experience().applied(0.0) == 0.0
    assert Experience().applied(0.3) == 0.3
    assert Experience(1, 1, 0.2).applied(0.3) > 0.3


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("02 07:00", "02 11:30"),
        ("02 08:59", "02 11:30"),  # before nine: not an hour later
        ("02 09:00", "02 10:00"),
        ("02 09:30", "02 10:30"),  # an hour before half past eleven
        ("02 09:31", "02 11:30"),
        ("02 11:29", "02 11:30"),
        ("02 11:30", "02 12:30"),
        ("02 15:00", "02 16:00"),
        ("02 15:01", "02 17:00"),
        ("02 16:59", "02 17:00"),
        ("02 17:00", "03 11:30"),
        ("02 23:00", "03 11:30"),
    ],
)
def test_when_what_is_doubtful_is_asked_about(said: str, asked: str) -> None:
    assert ask_at(at(said), WORK) == at(asked)


def test_it_is_dropped_at_eight_in_the_evening_of_the_day_after() -> None:
    assert dropped_at(at("02 11:30"), WORK) == at("03 20:00")
    assert dropped_at(at("02 23:59"), WORK) == at("03 20:00")


def test_letters_go_on_after_z() -> None:
    shown = [letter(n) for n in (0, 1, 25, 26, 27, 51, 52, 701, 702)]
    assert shown == ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]


def test_the_words_of_a_doubt_are_its_lines() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    lines = tuple(Line("web", f"m{n}", now, text) for n, text in enumerate(("5栋", "", "灯坏了")))
    doubt = Doubt(1, 1, 1, 1, now, lines, 0.3, False, now + timedelta(hours=1))
    assert doubt.words == "5栋\n灯坏了"
