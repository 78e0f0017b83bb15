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
    UNDO = "undo"


class Rule(NamedTuple):
    """From which states an action is legal, and the state after it (None: the same)."""

    legal: frozenset[State]
    to: State | None


_REPORTED = frozenset({State.REPORTED})
_DONE = frozenset({State.RESOLVED, State.CLOSED})

TABLE: dict[Action, Rule] = {
    Action.ACCEPT: Rule(_REPORTED, State.ACCEPTED),
    Action.REJECT: Rule(_REPORTED, State.REJECTED),
    Action.ASSIGN: Rule(_REPORTED | WORKABLE, State.ASSIGNED),
    Action.HAND_BACK: Rule(frozenset({State.ASSIGNED}), State.ACCEPTED),
    Action.PROGRESS: Rule(WORKABLE, State.IN_PROGRESS),
    Action.RESOLVE: Rule(WORKABLE, State.RESOLVED),
    Action.DEFER: Rule(WORKABLE, State.DEFERRED),
    Action.RESUME: Rule(frozenset({State.DEFERRED}), None),  # to the state it had
    Action.CLOSE: Rule(frozenset({State.RESOLVED}), State.CLOSED),
    Action.REOPEN: Rule(_DONE, State.IN_PROGRESS),
    Action.MERGE: Rule(OPEN, State.MERGED),
    Action.WITHDRAW: Rule(OPEN, State.WITHDRAWN),
    Action.RECLASSIFY: Rule(OPEN | _DONE, None),
    Action.REGRADE: Rule(OPEN, None),
    Action.JOIN: Rule(OPEN, None),
    Action.SECOND: Rule(OPEN, None),
    Action.RATE: Rule(_DONE, None),
    Action.FEED_BACK: Rule(frozenset(State), None),
    Action.WHISTLE: Rule(WORKABLE, None),
    Action.CHECK_IN: Rule(WORKABLE, State.IN_PROGRESS),
    Action.PART_NOTE: Rule(WORKABLE, State.IN_PROGRESS),
    Action.PART_DONE: Rule(WORKABLE, State.IN_PROGRESS),
    Action.PART_RETURNED: Rule(WORKABLE, None),
    Action.EXCUSE: Rule(WORKABLE, None),
    Action.END_WHISTLE: Rule(WORKABLE, None),
    Action.SUPERVISE: Rule(OPEN, None),
    Action.AWAIT_MEETING: Rule(OPEN, None),
    Action.DECIDE: Rule(OPEN, None),
    Action.PROCEED: Rule(OPEN, None),  # without the meeting it waited for
    Action.MEDIATE: Rule(OPEN, None),
    Action.ANSWER_ALARM: Rule(OPEN, None),  # a reported one is accepted thereby
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
