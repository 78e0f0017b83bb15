"""Whatever holds until an instant, or from one on: tried a second before it, at it, and a second after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from data.domain.activity import Activity, ActivityKind
from data.domain.ballot import Ballot, BallotRule, BallotState
from data.domain.publicity import Publicity, PublicityKind
from data.domain.reminder import Reminder, ReminderKind
from data.domain.retention import KINDS, Retention
from data.domain.room_link import RoomLink
from data.domain.token import Token
from data.domain.whistle import Part, PartState, require_all_came, require_move
from tests.data.domain.raised import raised

if TYPE_CHECKING:
    from collections.abc import Callable

END = datetime(2026, 3, 2, 12, tzinfo=UTC)
BEFORE, LATE = END - timedelta(seconds=1), END + timedelta(seconds=1)
HALF = timedelta(milliseconds=500)


def link(*, used: int = 0, places: int = 5, ended: datetime | None = None) -> RoomLink:
    return RoomLink(1, 1, 1, 1, "CODE", places, used, 1, END, ended)


def token(*, expires: datetime | None = END, revoked: datetime | None = None) -> Token:
    return Token(1, "t", frozenset(), None, 1, 1, BEFORE, expires, revoked)


def ballot(state: BallotState = BallotState.OPEN) -> Ballot:
    return Ballot(1, 1, 1, (1,), "t", (), BallotRule.SIMPLE, True, 1, BEFORE, END, state=state)


def publicity(ends: datetime | None = END, *, withdrawn: bool = False, closed: bool = False) -> Publicity:
    return Publicity(1, 1, 1, (1,), PublicityKind.NOTICE, "t", "", (), 1, BEFORE, ends, withdrawn, closed)


def activity(kind: ActivityKind = ActivityKind.MEETING, *, cancelled: bool = False) -> Activity:
    return Activity(1, 1, "m", 1, kind, 1, 1, END, END + timedelta(hours=2), "p", "t", cancelled)


def part(state: PartState, came: datetime | None = None) -> Part:
    return Part(1, 1, 7, state, BEFORE, END, came)


HOLDS: dict[str, tuple[Callable[[datetime], bool], tuple[bool, bool, bool]]] = {
    "a link opens until it expires": (link().opens, (True, False, False)),
    "a link that was ended": (link(ended=BEFORE).opens, (False, False, False)),
    "a link with a place left": (link(used=4).opens, (True, False, False)),
    "a link whose places are taken": (link(used=5).opens, (False, False, False)),
    "a token until it expires": (token().stands, (True, False, False)),
    "a token for good": (token(expires=None).stands, (True, True, True)),
    "a token that was taken back": (token(expires=None, revoked=BEFORE).stands, (False, False, False)),
    "a ballot takes votes until its end": (ballot().takes_votes, (True, False, False)),
    "a ballot that is counted": (ballot(BallotState.CLOSED).takes_votes, (False, False, False)),
    "a publicity is objected to until its end": (publicity().in_force, (True, False, False)),
    "a publicity has run from its end on": (publicity().has_run, (False, True, True)),
    "a publicity that was closed has run as well": (publicity(closed=True).has_run, (False, True, True)),
    "a publicity that was closed is not objected to": (publicity(closed=True).in_force, (False,) * 3),
    "a publicity withdrawn is not objected to": (publicity(withdrawn=True).in_force, (False,) * 3),
    "a publicity withdrawn never runs": (publicity(withdrawn=True).has_run, (False,) * 3),
    "a ledger is not objected to": (publicity(None).in_force, (False,) * 3),
    "a ledger never runs out": (publicity(None).has_run, (False,) * 3),
    "one signs up until it begins": (activity().takes_names, (True, False, False)),
    "nobody signs up for what is called off": (activity(cancelled=True).takes_names, (False,) * 3),
    "who is called is late after the time": (part(PartState.CALLED).is_late, (False, False, True)),
    "who says it is not theirs is not late": (part(PartState.RETURNED).is_late, (False,) * 3),
    "who came in time never is": (part(PartState.CALLED, END).is_late, (False,) * 3),
    "who came late always was": (part(PartState.DONE, LATE).is_late, (True,) * 3),
    "a reminder is missed after two minutes": (
        Reminder(1, "close", 1, END - timedelta(minutes=2)).missed,
        (False, False, True),
    ),
    "a reminder that was missed before": (
        Reminder(1, "close", 1, LATE, {"missed": True}).missed,
        (True, True, True),
    ),
}


@pytest.mark.parametrize("name", HOLDS)
def test_until_when(name: str) -> None:
    holds, wanted = HOLDS[name]
    assert tuple(holds(at) for at in (BEFORE, END, LATE)) == wanted


@pytest.mark.parametrize("holds", [ballot().takes_votes, publicity().in_force])
def test_what_ends_by_the_second_looks_at_whole_seconds(holds: Callable[[datetime], bool]) -> None:
    assert holds(BEFORE + HALF)
    assert not holds(END + HALF)


def test_an_activity_reminds_a_day_and_an_hour_before_and_opens_half_an_hour_before() -> None:
    day, hour = timedelta(days=1), timedelta(hours=1)
    one = activity()
    assert one.reminders(END - 2 * day) == [(day, END - day), (hour, END - hour)]
    assert one.reminders(END - day) == [(hour, END - hour)]
    assert one.reminders(END - hour) == []
    assert one.doors_open_at == END - timedelta(minutes=30)
    assert [activity(kind).is_meeting for kind in ActivityKind] == [
        kind is ActivityKind.MEETING for kind in ActivityKind
    ]


def test_what_is_kept_for_a_while_and_what_for_good() -> None:
    kept = Retention()
    days = {kind: (END - before).days for kind in KINDS if (before := kept.before(kind, END)) is not None}
    years = {
        "closed_cases": 1095,
        "pictures": 365,
        "audit": 1095,
        "visits": 730,
        "sent": 365,
        "reminders": 365,
    }
    assert days == years | {"snapshots": 90}
    for_good = Retention(None, None, None, None, None)
    assert [kind for kind in KINDS if for_good.before(kind, END) is not None] == ["snapshots"]


def test_a_reminder_comes_round_under_each_kind_in_turn() -> None:
    dues = {"resolve.late": LATE, "resolve.soon": BEFORE, "resolve.officer": LATE + HALF}
    one: Reminder | None = Reminder.in_turn("resolve:7", 7, dues, {"clock": True})
    seen = []
    while one is not None:
        assert (one.id, one.key, one.subject, one.what, one.details["clock"]) == (
            0,
            "resolve:7",
            7,
            ReminderKind.RESOLVE,
            True,
        )
        seen.append((one.stage, one.due))
        one.details["missed"] = True  # of this time, not of the next
        one = one.following()
        assert one is None or "missed" not in one.details
    assert seen == [("soon", BEFORE), ("late", LATE), ("officer", LATE + HALF)]
    assert Reminder(1, "close", 1, END).stage == ""
    assert Reminder(1, "close", 1, END).following() is None
    assert ReminderKind.RATE.key(1, 2) == "rate:1:2"
    assert ReminderKind.RESOLVE.at_stage("soon") == "resolve.soon"


OPEN_PARTS = "called checked_in returned"
GOES = {"checked_in": "called returned", "done": "called checked_in", "returned": "called checked_in"}
GOES["excused"] = OPEN_PARTS


@pytest.mark.parametrize("to", GOES)
def test_where_a_part_goes_from_where(to: str) -> None:
    for state in PartState:
        error = raised(partial(require_move, part(state), PartState(to), "物业"))
        wanted = (
            None if state in GOES[to].split() else ("whistle.part_state", {"name": "物业", "part": state})
        )
        assert error == wanted
        assert part(state).is_open is (state in OPEN_PARTS.split())


def test_a_whistle_ends_when_nobody_is_missing() -> None:
    for state in PartState:
        error = raised(partial(require_all_came, [part(state), part(PartState.DONE)], {7: "物业"}, 3))
        missing = state in (PartState.CALLED, PartState.RETURNED)
        assert error == (("whistle.never_came", {"names": "物业", "number": 3}) if missing else None)
    error = raised(lambda: require_all_came([part(PartState.CALLED)] * 2, {7: "物业"}, 3))
    assert error is not None
    assert error[1]["names"] == "物业、物业"
