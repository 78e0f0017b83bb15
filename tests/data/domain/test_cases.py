"""A case by itself: its deadline, its names, whose affair it is; its place; its path; what undoing needs."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.domain.case import Case, Grade, Place, Source, State, Urgency
from data.domain.errors import InputError, UserError
from data.domain.lifecycle import TABLE, Action, target
from data.domain.paths import RESIDENT, STREET, Path
from data.domain.people import Role
from data.domain.policy import Policy, QuietHours
from data.domain.snapshot import RESTORED, plain, restore, snapshot
from data.domain.steps import NOTHING_ELSE, Step, StepNote
from data.domain.worktime import Span, WorkTime
from tests.data.domain.raised import raised

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def case(state: State = State.REPORTED, category: str = "城乡建设/电梯", grade: Grade = Grade.MINOR) -> Case:
    return Case(
        1, 1, 7, 1, None, state, category, grade, Urgency.NORMAL, Source.APPEAL, Place(), NOON, "电梯坏了"
    )


@pytest.mark.parametrize("state", State)
def test_the_deadline_that_runs(state: State) -> None:
    one = case(state)
    one.accept_by, one.resolve_by = NOON, NOON + timedelta(days=3)
    assert one.due == (one.accept_by if state is State.REPORTED else one.resolve_by)
    assert one.is_open is (state.value in ["reported", "accepted", "assigned", "in_progress", "deferred"])


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", TABLE)
def test_an_illegal_step_says_what_the_case_is_now(state: State, action: Action) -> None:
    error = raised(lambda: target(case(state), action))
    legal = state in TABLE[action].legal
    said = {"number": 7, "state": state, "action": action}
    assert error == (None if legal else ("step.illegal", said))


def test_where_steps_lead_that_go_nowhere_else() -> None:
    assert target(case(State.DEFERRED), Action.RESUME) is State.ACCEPTED
    assert target(case(), Action.ANSWER_ALARM) is State.ACCEPTED
    assert target(case(State.ASSIGNED), Action.ANSWER_ALARM) is State.ASSIGNED
    assert target(case(State.CLOSED), Action.RECLASSIFY) is State.CLOSED


@pytest.mark.parametrize(
    ("category", "name"),
    [("城乡建设/电梯", "电梯"), ("城乡建设/其他", "城乡建设"), ("城乡建设", "城乡建设"), ("a/b/c", "b/c")],
)
def test_a_kind_in_the_fewest_words(category: str, name: str) -> None:
    assert case(category=category).kind_name == name


@pytest.mark.parametrize("grade", Grade)
@pytest.mark.parametrize("dispute", [True, False])
def test_what_is_nobody_elses(grade: Grade, *, dispute: bool) -> None:
    one = case(grade=grade)
    one.dispute = dispute
    assert one.discreet is (dispute or grade is Grade.PRIVATE)


PLACES = st.builds(Place, *[st.none() | st.sampled_from("ab")] * len(fields(Place)))


@given(PLACES, PLACES)
def test_a_place_is_filled_part_by_part(one: Place, other: Place) -> None:
    found = one.filled_from(other)
    for part in fields(Place):
        mine, theirs = getattr(one, part.name), getattr(other, part.name)
        assert getattr(found, part.name) == (mine or theirs)
    assert bool(one) is any(getattr(one, part.name) for part in fields(Place))
    assert bool(found) is (bool(one) or bool(other))


@pytest.mark.parametrize("part", [part.name for part in fields(Place)])
def test_each_part_alone_is_a_place(part: str) -> None:
    assert Place(**{part: "3"})


@pytest.mark.parametrize(
    ("handler", "role", "organisation"),
    [
        ("officer", Role.OFFICER, None),
        (STREET, None, None),
        (RESIDENT, None, None),
        ("committee", None, "committee"),
    ],
)
def test_who_handles_a_path(handler: str, role: Role | None, organisation: str | None) -> None:
    path = Path(("小事",), handler, within=("城乡建设",))
    assert (path.role, path.organisation) == (role, organisation)
    assert path.takes("城乡建设/电梯")
    assert not path.takes("城乡/电梯")
    assert replace(path, within=()).takes("其他")


def test_what_a_place_calls_its_grades_and_how_soon_they_are_taken_in() -> None:
    work = WorkTime(ZoneInfo("Asia/Shanghai"), time(9), time(18), lambda _day: True)
    paths = {
        Grade.MINOR: Path(("小事", "自治小事"), "grid_leader", accept=Span(30, "m")),
        Grade.MAJOR: Path(("大事",), "officer"),
    }
    policy = Policy(work, QuietHours(NOON.time(), NOON.time()), paths=paths, accept=Span(4, "h"))
    assert policy.grade_name(Grade.MINOR) == "小事"
    assert [policy.grade_called(said) for said in ("自治小事", "大事", "难事")] == [
        Grade.MINOR,
        Grade.MAJOR,
        None,
    ]
    assert [policy.accept_within(grade).amount for grade in Grade] == [4, 30, 4, 4]


SPANS = [("30m", 30), ("2h", 120)]


def test_spans_in_minutes() -> None:
    assert [Span(int(said[:-1]), said[-1]).minutes for said, _ in SPANS] == [
        timedelta(minutes=minutes) for _, minutes in SPANS
    ]


def test_a_snapshot_holds_plain_values_and_gives_them_back() -> None:
    one = case(State.DEFERRED)
    later = {
        name: NOON + timedelta(hours=n) for n, name in enumerate(RESTORED) if name.endswith(("_by", "_at"))
    }
    for name, at in later.items():
        setattr(one, name, at)
    one.resolve_from, one.deferred_until, one.supervised_until = NOON, NOON, NOON
    one.handler_id, one.assignee_id, one.assignee_org_id, one.meeting_id, one.merged_into_id = 2, 3, 4, 5, 6
    one.time_left, one.resume_state, one.result, one.awaits_meeting = (
        timedelta(hours=3),
        State.ASSIGNED,
        "好",
        True,
    )
    kept = snapshot(one)
    assert kept["resolve_by"] == later["resolve_by"].isoformat()
    assert (kept["time_left"], kept["state"], kept["resume_state"]) == (10800, "deferred", "assigned")
    other = case(State.CLOSED, "环境保护/噪音", Grade.HARD)
    restore(other, kept)
    assert other == one
    assert type(other.state) is State
    assert type(other.grade) is Grade
    assert type(other.resume_state) is State
    assert plain(timedelta(minutes=1)) == 60


NOTES = [
    StepNote(whistle=1, called=(2, 3), here=(4,)),
    StepNote(part=(5, "called"), pictures=("a.jpg",)),
    StepNote(side=6, mediation=7, moved={"appeals": [8]}),
    NOTHING_ELSE,
]


@pytest.mark.parametrize("note", NOTES)
def test_what_a_step_keeps_is_read_again(note: StepNote) -> None:
    kept = note.kept()
    assert StepNote.of(kept) == note
    assert Step(1, 1, NOON, None, "accept", None, State.ACCEPTED, None, {"state": "x"} | kept).note == note
    assert all(value not in (None, [], ()) for value in kept.values())
    assert not any(isinstance(value, tuple) for value in kept.values())


def test_errors_say_their_key_and_values() -> None:
    error = UserError("case.unknown", ref="#1")
    assert (str(error), error.key, error.values) == (
        "case.unknown {'ref': '#1'}",
        "case.unknown",
        {"ref": "#1"},
    )
    wrong = InputError("roster.yaml", "people[3]", "input.absent", what="x")
    assert str(wrong) == "roster.yaml:people[3]: input.absent {'what': 'x'}"
    assert (wrong.source, wrong.where, wrong.key, wrong.values) == (
        "roster.yaml", "people[3]", "input.absent", {"what": "x"},
    )  # fmt: skip
