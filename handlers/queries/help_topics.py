"""The topics of 帮助: each command stands under one, in the order in which one needs them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from handlers.hearing.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable

TOPICS: dict[str, tuple[Verb, ...]] = {
    "mine": (
        Verb.PROGRESS,
        Verb.MINE,
        Verb.WITHDRAW,
        Verb.SECOND,
        Verb.RATE,
        Verb.CORRECT,
        Verb.MY_DATA,
        Verb.DELETE_MY_DATA,
        Verb.BIND,
        Verb.CALENDAR,
    ),
    "handle": (
        Verb.TODO,
        Verb.ACCEPT,
        Verb.REJECT,
        Verb.ASSIGN,
        Verb.NOTE,
        Verb.RESOLVE,
        Verb.HAND_BACK,
        Verb.URGE,
        Verb.REOPEN,
        Verb.ON_BEHALF,
        Verb.UNDO,
    ),
    "correct": (Verb.RECLASSIFY, Verb.REGRADE, Verb.MERGE, Verb.NOT_APPEAL, Verb.MEDIATE, Verb.PUBLISH),
    "supervise": (
        Verb.WHISTLE,
        Verb.CHECK_IN,
        Verb.RETURN_PART,
        Verb.END_WHISTLE,
        Verb.SUPERVISE,
        Verb.DEFER,
        Verb.RESUME,
        Verb.AWAIT_MEETING,
        Verb.STATISTICS,
        Verb.AUDIT,
    ),
    "meet": (
        Verb.CALL_MEETING,
        Verb.MOVE_MEETING,
        Verb.CANCEL_MEETING,
        Verb.AGENDA,
        Verb.DECIDE,
        Verb.MINUTES,
        Verb.SIGN_UP,
        Verb.SIGN_OFF,
        Verb.SIGN_IN,
        Verb.MOTION,
        Verb.SUPPORT,
        Verb.LIST_MOTION,
    ),
    "decide": (
        Verb.BALLOT,
        Verb.EXTEND_BALLOT,
        Verb.CANCEL_BALLOT,
        Verb.VOTE,
        Verb.ENTRUST,
        Verb.AGREE_PROXY,
        Verb.PUBLICITY,
        Verb.OBJECT,
        Verb.ANSWER_OBJECTION,
        Verb.FOUR,
    ),
    "visit": (
        Verb.PLAN_VISIT,
        Verb.RECORD_VISIT,
        Verb.LIST_VISITS,
        Verb.LOOK_UP_VISITS,
        Verb.VISIT_COVERAGE,
        Verb.CANCEL_VISIT,
        Verb.PATROL,
        Verb.NECESSARY,
        Verb.ARRIVED,
        Verb.SHIFT,
        Verb.CANCEL_SHIFT,
        Verb.PAIR,
        Verb.MY_PAIRS,
        Verb.REGISTER,
        Verb.CONFIRM_RESIDENT,
        Verb.NOT_RESIDENT,
    ),
    "life": (
        Verb.ACTIVITIES,
        Verb.ACTIVITY,
        Verb.MOVE_ACTIVITY,
        Verb.CANCEL_ACTIVITY,
        Verb.NOTE_ACTIVITY,
        Verb.END_ACTIVITY,
        Verb.BUILDING_DAY,
        Verb.SERVICE_DAY,
        Verb.COME,
        Verb.NOT_COMING,
        Verb.ASK,
        Verb.ANSWERS,
        Verb.SAVE_ANSWER,
    ),
    "help": (
        Verb.VOLUNTEER,
        Verb.HELP_DONE,
        Verb.LOOK_FOR_HELP,
        Verb.TAKE_HELP,
        Verb.POINTS,
        Verb.ADD_POINTS,
        Verb.DEDUCT_POINTS,
        Verb.EXCHANGE,
        Verb.HAND_OUT,
        Verb.CANCEL_EXCHANGE,
        Verb.WISH,
        Verb.PUBLISH_WISH,
        Verb.WISH_DONE,
        Verb.CLAIM,
        Verb.CLAIMABLE,
        Verb.PARTY_MEMBER,
        Verb.ELECTION,
        Verb.ELECTION_LIST,
        Verb.ELECTION_VOTE,
        Verb.NOMINATE,
        Verb.GOOD_PERSON,
        Verb.PUBLISH_GOOD,
        Verb.MASK_GOOD,
    ),
    "tell": (
        Verb.NOTICE,
        Verb.NOTICE_STATUS,
        Verb.WITHDRAW_NOTICE,
        Verb.INVITE,
        Verb.CANCEL_INVITATION,
        Verb.PUT_OUT,
        Verb.BAN,
        Verb.LIFT_BAN,
        Verb.CHANGE_RULES,
        Verb.CHANGE_WORDINGS,
    ),
}


def folded(verbs: Iterable[Verb]) -> str:
    """Show commands in one line; those of one stem once: 议事(改期、取消) 报名."""
    shown = []
    for stem, group in groupby(verbs, key=lambda verb: verb.value[:2]):
        words = [verb.value for verb in group]
        parts = "、".join(word[2:] for word in words if word != stem)
        shown.append(words[0] if len(words) == 1 else f"{stem}({parts})")
    return " ".join(shown)
