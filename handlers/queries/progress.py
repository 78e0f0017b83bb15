"""Answers to questions about cases: 进度, 我的诉求, 待办, 帮助."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.case import State
from handlers.cases.in_charge import holder_name
from handlers.cases.marks import marked_state
from handlers.cases.step_news import seconders
from handlers.hearing.lookup import case_for, concerns, quoted_cases, was_said_alone
from handlers.queries.by_order import case_of_order, orders_of
from handlers.queries.lists import _number, list_mine, todo
from handlers.queries.story import is_for_staff, timeline
from handlers.saying.chain import chain
from handlers.saying.days import when
from handlers.saying.say import answer_about
from handlers.saying.showing import case_label
from handlers.texts.wording import Said
from handlers.whistles.calls import standing

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


def progress(heard: Heard, command: Command) -> None:
    """Show where a case stands; without a number one's own that are open: 进度."""
    if (ordered := case_of_order(heard)) is not None:
        case = ordered
    elif command.ref is None and not quoted_cases(heard):
        mine = [case for case in heard.uow.cases.of_person(heard.person.id) if case.is_open]
        if len(mine) != 1:
            (list_mine if mine or not heard.has_duty else todo)(heard, command)
            return
        case = mine[0]
    else:
        case = case_for(heard, command)
    heard.private_answer = heard.private_answer or case.discreet or was_said_alone(heard, case)
    values = progress_values(heard, case)
    if is_for_staff(heard, case):
        told = orders_of(heard, case) + timeline(heard, case)
        answer_about(heard, "story.staff", (case,), **values, timeline=told)
    else:
        answer_about(heard, "progress", (case,), **values)


def progress_values(heard: Heard, case: Case) -> dict[str, Any]:
    """Return what 进度 says: where it stands, with whom, by when, what was last said, who seconded."""
    texts = heard.house.texts
    public = heard.room is not None and heard.room.public
    theirs = is_for_staff(heard, case) or heard.is_assigned(case) or concerns(heard, case)
    by = case.due
    count = seconders(heard, case)
    last = [
        s for s in heard.uow.timeline.of_case(case.id) if s.action in ("progress", "resolve") and not s.undone
    ]
    standing_now = [
        texts("progress_parts.with", who=who) if (who := _in_hand(heard, case)) else "",
        texts(f"progress_parts.{_by_key(case)}", by=when(heard, by)) if by and case.is_open else "",
        standing(heard, case),
    ]
    now = ";".join(part for part in standing_now if part)
    return {
        "label": case_label(heard.policy, case, public=not theirs or (public and not heard.private_answer)),
        "state": marked_state(texts, heard.policy, heard.uow, case, public=public),
        "now": f"\n{now}" if now else "",
        "last": texts("progress_parts.last", words=Said(last[-1].words or ""), public=public) if last else "",
        "seconds": texts("step.seconds", count=count) if count else "",
        "reported": when(heard, case.reported_at),
        "chain": chain(heard, case),
        "into": texts("progress_parts.into", into=into) if (into := _merged_into(heard, case)) else "",
    }


def _in_hand(heard: Heard, case: Case) -> str:
    """Return who has a case in hand; nobody has before it is taken in."""
    return "" if case.state is State.REPORTED else holder_name(heard, case)


def _by_key(case: Case) -> str:
    return "accept_by" if case.state is State.REPORTED else "resolve_by"


def _merged_into(heard: Heard, case: Case) -> str:
    if case.merged_into_id is None:
        return ""
    return _number(heard, heard.uow.cases.get(case.merged_into_id))
