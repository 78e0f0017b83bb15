"""The life of a case as a table: which action is legal in which state, and where it leads (design, §4)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import OPEN, WORKABLE, State
from data.domain.errors import UserError

if TYPE_CHECKING:
    from data.domain.case import Case


class Action(StrEnum):
    """What can be done to a case."""

    REPORT = "report"
    ACCEPT = "accept"
    REJECT = "reject"
    ASSIGN = "assign"
    HAND_BACK = "hand_back"
    PROGRESS = "progress"
    RESOLVE = "resolve"
    DEFER = "defer"
    RESUME = "resume"
    CLOSE = "close"
    REOPEN = "reopen"
    MERGE = "merge"
    WITHDRAW = "withdraw"
    RECLASSIFY = "reclassify"
    REGRADE = "regrade"
    JOIN = "join"
    SECOND = "second"
    RATE = "rate"
    FEED_BACK = "feed_back"
    WHISTLE = "whistle"
    CHECK_IN = "check_in"
    PART_NOTE = "part_note"
    PART_DONE = "part_done"
    PART_RETURNED = "part_returned"
    EXCUSE = "excuse"
    END_WHISTLE = "end_whistle"
    SUPERVISE = "supervise"
    AWAIT_MEETING = "await_meeting"
    DECIDE = "decide"
    PROCEED = "proceed"
    MEDIATE = "mediate"
    ANSWER_ALARM = "answer_alarm"
    DISCUSS = "discuss"  # a step of 四议两公开
    CORRECT = "correct"
    UNDO = "undo"


class Transition(NamedTuple):
    """From which states an action is legal, and the state after it (None: the same)."""

    legal: frozenset[State]
    to: State | None


_REPORTED = frozenset({State.REPORTED})
_DONE = frozenset({State.RESOLVED, State.CLOSED})

TABLE: dict[Action, Transition] = {
    Action.ACCEPT: Transition(_REPORTED, State.ACCEPTED),
    Action.REJECT: Transition(_REPORTED, State.REJECTED),
    Action.ASSIGN: Transition(_REPORTED | WORKABLE, State.ASSIGNED),
    Action.HAND_BACK: Transition(frozenset({State.ASSIGNED}), State.ACCEPTED),
    Action.PROGRESS: Transition(WORKABLE, State.IN_PROGRESS),
    Action.RESOLVE: Transition(WORKABLE, State.RESOLVED),
    Action.DEFER: Transition(WORKABLE, State.DEFERRED),
    Action.RESUME: Transition(frozenset({State.DEFERRED}), None),  # to the state it had
    Action.CLOSE: Transition(frozenset({State.RESOLVED}), State.CLOSED),
    Action.REOPEN: Transition(_DONE, State.IN_PROGRESS),
    Action.MERGE: Transition(OPEN, State.MERGED),
    Action.WITHDRAW: Transition(OPEN, State.WITHDRAWN),
    Action.RECLASSIFY: Transition(OPEN | _DONE, None),
    Action.REGRADE: Transition(OPEN, None),
    Action.JOIN: Transition(OPEN, None),
    Action.SECOND: Transition(OPEN, None),
    Action.RATE: Transition(_DONE, None),
    Action.FEED_BACK: Transition(frozenset(State), None),
    Action.WHISTLE: Transition(WORKABLE, None),
    Action.CHECK_IN: Transition(WORKABLE, State.IN_PROGRESS),
    Action.PART_NOTE: Transition(WORKABLE, State.IN_PROGRESS),
    Action.PART_DONE: Transition(WORKABLE, State.IN_PROGRESS),
    Action.PART_RETURNED: Transition(WORKABLE, None),
    Action.EXCUSE: Transition(WORKABLE, None),
    Action.END_WHISTLE: Transition(WORKABLE, None),
    Action.SUPERVISE: Transition(OPEN, None),
    Action.AWAIT_MEETING: Transition(OPEN, None),
    Action.DECIDE: Transition(OPEN, None),
    Action.PROCEED: Transition(OPEN, None),  # without the meeting it waited for
    Action.DISCUSS: Transition(frozenset(State), None),
    Action.MEDIATE: Transition(OPEN, None),
    Action.CORRECT: Transition(frozenset(State), None),  # an appellant's own words
    Action.ANSWER_ALARM: Transition(OPEN, None),  # a reported one is accepted thereby
}


def target(case: Case, action: Action) -> State:
    """Return the state that `action` leads to, or raise the keyed error of an illegal step."""
    rule = TABLE[action]
    if case.state not in rule.legal:
        raise UserError("step.illegal", number=case.number, state=case.state, action=action)
    if action is Action.RESUME:
        return case.resume_state or State.ACCEPTED
    if action is Action.ANSWER_ALARM and case.state is State.REPORTED:
        return State.ACCEPTED
    return rule.to or case.state
