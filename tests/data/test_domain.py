from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.domain.areas import building_label
from data.domain.case import Case, Grade, Place, Source, State, Urgency
from data.domain.clock import ManualClock, SystemClock
from data.domain.errors import UserError
from data.domain.lifecycle import TABLE, Action, target
from data.domain.messages import clean, clean_name
from data.domain.rating import RateWeights, rates
from data.domain.snapshot import restore, snapshot
from data.domain.visit import PeriodUnit, Recurrence, read_period

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def case(state: State) -> Case:
    return Case(
        1, 1, 1, 1, None, state, "城乡建设/电梯", Grade.MINOR, Urgency.NORMAL, Source.APPEAL, Place(), NOW, ""
    )


@pytest.mark.parametrize(
    ("action", "legal", "to"),
    [
        (Action.ACCEPT, "reported", "accepted"),
        (Action.REJECT, "reported", "rejected"),
        (Action.ASSIGN, "reported accepted assigned in_progress", "assigned"),
        (Action.HAND_BACK, "assigned", "accepted"),
        (Action.PROGRESS, "accepted assigned in_progress", "in_progress"),
        (Action.RESOLVE, "accepted assigned in_progress", "resolved"),
        (Action.DEFER, "accepted assigned in_progress", "deferred"),
        (Action.CLOSE, "resolved", "closed"),
        (Action.REOPEN, "resolved closed", "in_progress"),
        (Action.MERGE, "reported accepted assigned in_progress deferred", "merged"),
        (Action.WITHDRAW, "reported accepted assigned in_progress deferred", "withdrawn"),
    ],
)
def test_the_table_of_section_4(action: Action, legal: str, to: str) -> None:
    for state in State:
        if state.value in legal.split():
            assert target(case(state), action) == to
        else:
            with pytest.raises(UserError):
                target(case(state), action)


def test_what_was_put_off_returns_to_the_state_it_had() -> None:
    put_off = case(State.DEFERRED)
    put_off.resume_state = State.ASSIGNED
    assert target(put_off, Action.RESUME) is State.ASSIGNED


def test_every_action_but_the_book_keeping_has_a_rule() -> None:
    assert set(Action) - set(TABLE) == {Action.REPORT, Action.UNDO}


def test_a_snapshot_restores_a_case() -> None:
    changed = case(State.ACCEPTED)
    changed.resolve_by, changed.time_left, changed.resume_state = NOW, timedelta(hours=3), State.ASSIGNED
    before = snapshot(changed)
    other = case(State.RESOLVED)
    restore(other, before)
    assert snapshot(other) == before
    assert other == changed


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("3栋", "3"),
        ("三号楼", "3"),
        ("十二栋", "12"),
        ("3#", "3"),
        ("03幢", "3"),
        ("B座", "B"),
        ("b座", "B"),
        ("二期5幢", "5"),
        ("丁香苑", "丁香苑"),
        ("二十", "20"),
        ("栋", ""),
    ],
)
def test_what_tells_a_building_from_its_neighbours(name: str, label: str) -> None:
    assert building_label(name) == label


def test_rates_by_the_book() -> None:
    assert rates([], RateWeights()).composite is None
    found = rates([1, 2, 3, 4, 5], RateWeights())
    assert (found.answers, found.contacted, found.solved) == (5, 0.8, 0.6)
    assert found.satisfied == pytest.approx(1.9 / 5)
    assert found.composite == pytest.approx(0.1 * 0.8 + 0.5 * 0.6 + 0.4 * 1.9 / 5)


@pytest.mark.parametrize(
    ("word", "period"),
    [
        ("每周", Recurrence(1, PeriodUnit.WEEK)),
        ("每两周", Recurrence(2, PeriodUnit.WEEK)),
        ("每月", Recurrence(1, PeriodUnit.MONTH)),
        ("每个月", Recurrence(1, PeriodUnit.MONTH)),
        ("每季度", Recurrence(3, PeriodUnit.MONTH)),
        ("每半年", Recurrence(6, PeriodUnit.MONTH)),
        ("每年一次", Recurrence(1, PeriodUnit.YEAR)),
        ("每10天", Recurrence(10, PeriodUnit.DAY)),
        ("每周五", Recurrence(1, PeriodUnit.WEEK, 4, said=True)),
        ("每两周的周五", Recurrence(2, PeriodUnit.WEEK, 4, said=True)),
        ("每礼拜天", Recurrence(1, PeriodUnit.WEEK, 6, said=True)),
        ("每月5号", Recurrence(1, PeriodUnit.MONTH, 5, said=True)),
        ("每月十五日", Recurrence(1, PeriodUnit.MONTH, 15, said=True)),
        ("每月31号", Recurrence(1, PeriodUnit.MONTH, 31, said=True)),
        ("每月底", Recurrence(1, PeriodUnit.MONTH, 31, said=True)),
        ("每个月最后一天", Recurrence(1, PeriodUnit.MONTH, 31, said=True)),
        ("每年2月29日", Recurrence(1, PeriodUnit.YEAR, 229, said=True)),
        ("每半月", Recurrence(15, PeriodUnit.DAY)),
        ("半个月一次", Recurrence(15, PeriodUnit.DAY)),
        ("每十二周", Recurrence(12, PeriodUnit.WEEK)),
        ("每月32号", None),
        ("每年2月30日", None),
        ("一月一次", Recurrence(1, PeriodUnit.MONTH)),
        ("每0天", None),
        ("常常", None),
        ("每", None),
    ],
)
def test_how_often(word: str, period: Recurrence | None) -> None:
    assert read_period(word) == period


def test_a_month_after_the_last_of_january() -> None:
    assert Recurrence(1, PeriodUnit.MONTH).after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert Recurrence(1, PeriodUnit.MONTH).after(date(2028, 1, 31)) == date(2028, 2, 29)
    assert Recurrence(1, PeriodUnit.MONTH).after(date(2026, 3, 31)) == date(2026, 4, 30)
    assert Recurrence(1, PeriodUnit.YEAR).after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert Recurrence(2, PeriodUnit.WEEK).after(date(2026, 3, 2)) == date(2026, 3, 16)
    assert Recurrence(10, PeriodUnit.DAY).after(date(2026, 3, 2)) == date(2026, 3, 12)


@given(st.text())
def test_cleaned_texts_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned
    assert clean_name(text)
    assert "@" not in clean_name(text)


def test_clocks() -> None:
    clock = ManualClock(NOW)
    clock.set(NOW - timedelta(hours=1))  # it never runs backwards
    assert clock.now() == NOW
    assert SystemClock().now().tzinfo is UTC


@pytest.mark.parametrize(
    ("word", "begun", "due"),
    [
        ("每月", "2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        ("每月", "2026-01-30", ["2026-02-28", "2026-03-30", "2026-04-30"]),
        ("每年", "2028-02-29", ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
        ("每季度", "2026-08-31", ["2026-11-30", "2027-02-28", "2027-05-31"]),
        ("每月31号", "2026-02-10", ["2026-02-28", "2026-03-31", "2026-04-30"]),
        ("每周五", "2026-03-04", ["2026-03-06", "2026-03-13"]),
        ("每两周的周五", "2026-03-06", ["2026-03-13", "2026-03-27"]),
        ("每月5号", "2026-03-04", ["2026-03-05", "2026-04-05"]),
        ("每月5号", "2026-03-05", ["2026-04-05", "2026-05-05"]),
        ("每年2月29日", "2026-03-01", ["2027-02-28", "2028-02-29"]),
        ("每半月", "2026-03-01", ["2026-03-16", "2026-03-31"]),
    ],
)
def test_d7_days_that_come_round(word: str, begun: str, due: list[str]) -> None:
    said = read_period(word)
    assert said is not None
    period = said.from_day(date.fromisoformat(begun))
    found = [period.first(date.fromisoformat(begun))]
    while len(found) < len(due):
        found.append(period.after(found[-1]))
    assert [day.isoformat() for day in found] == due
