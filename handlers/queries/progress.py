"""Answers to questions about cases: 进度, 我的诉求, 待办, 帮助."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from data.domain.case import State
from data.domain.people import STAFF
from handlers.cases.in_charge import holder_name
from handlers.cases.marks import marked_state
from handlers.cases.step_news import seconders
from handlers.hearing.lookup import case_for, quoted_cases
from handlers.hearing.permissions import allowed_somewhere
from handlers.hearing.verbs import FORMS
from handlers.queries.story import is_for_staff, timeline
from handlers.saying.numbers import number_for
from handlers.saying.say import answer, answer_about, answers_in_private
from handlers.saying.showing import case_label, when
from handlers.texts.wording import Said
from handlers.whistles.calls import standing

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

MOST = 10


def progress(heard: Heard, command: Command) -> None:
    """进度: where a case stands; without a number one's own that are open."""
    if command.ref is None and not quoted_cases(heard):
        mine = [case for case in heard.uow.cases.of_person(heard.person.id) if case.is_open]
        if len(mine) != 1:
            list_mine(heard, command)
            return
        case = mine[0]
    else:
        case = case_for(heard, command)
    heard.private_answer = heard.private_answer or case.discreet
    values = progress_values(heard, case)
    if is_for_staff(heard, case):
        answer_about(heard, "story.staff", (case,), **values, timeline=timeline(heard, case))
    else:
        answer_about(heard, "progress", (case,), **values)


def progress_values(heard: Heard, case: Case) -> dict[str, Any]:
    """Return what 进度 says: where it stands, with whom, by when, what was last said, who seconded."""
    texts = heard.house.texts
    public = heard.room is not None and heard.room.public
    by = case.accept_by if case.state is State.REPORTED else case.resolve_by
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
        "label": case_label(heard.policy, case, public=public and not heard.private_answer),
        "state": marked_state(texts, heard.policy, heard.uow, case, public=public),
        "now": f"\n{now}" if now else "",
        "last": texts("progress_parts.last", words=Said(last[-1].words or ""), public=public) if last else "",
        "seconds": texts("step.seconds", count=count) if count else "",
        "reported": when(heard, case.reported_at),
        "into": texts("progress_parts.into", into=into) if (into := _merged_into(heard, case)) else "",
    }


def list_mine(heard: Heard, _command: Command) -> None:
    """我的诉求: what one raised, the newest first."""
    heard.private_answer = True
    mine = heard.uow.cases.of_person(heard.person.id, MOST)
    if not mine:
        answer(heard, "mine.none")
        return
    rows = "\n".join(_row(heard, case, _own_state(heard, case)) for case in mine)
    answer_about(heard, "mine.list", tuple(mine), rows=rows, count=len(mine))


def todo(heard: Heard, _command: Command) -> None:
    """待办: the open cases in one's charge or assigned to one, those due first at the top."""
    areas = [
        area.id
        for duty in heard.duties
        if duty.role in STAFF
        for area in (heard.uow.areas.get(duty.area_id), *heard.uow.areas.below(duty.area_id))
    ]
    found = {case.id: case for case in heard.uow.cases.open_of(heard.person.id, heard.person.organisation_id)}
    found |= {case.id: case for case in heard.uow.cases.open_in(areas)}
    if not found:
        answer(heard, "todo.none")
        return
    due = sorted(found.values(), key=lambda c: (_due(c), c.id))
    rows = "\n".join(_row(heard, case, _todo_state(heard, case)) for case in due[:MOST])
    more = heard.house.texts("todo.more", count=len(due) - MOST) if len(due) > MOST else ""
    answer_about(heard, "todo.list", tuple(due[:MOST]), rows=rows, count=len(due), more=more)


def help_text(heard: Heard, _command: Command) -> None:
    """帮助: the commands that one's own duties allow."""
    texts = heard.house.texts
    rows = [
        texts("help.row", example=form.example, what=texts(f"help.{form.verb.name.lower()}"))
        for form in FORMS
        if allowed_somewhere(heard, form.who)
    ]
    heard.private_answer = heard.has_duty
    answer(heard, "help.all", rows="\n".join(rows))


def _in_hand(heard: Heard, case: Case) -> str:
    """Return who has a case in hand; nobody has before it is taken in."""
    return "" if case.state is State.REPORTED else holder_name(heard, case)


def _row(heard: Heard, case: Case, state: str) -> str:
    public = heard.room is not None and heard.room.public and not heard.private_answer
    return heard.house.texts(
        "row", case=_number(heard, case), label=case_label(heard.policy, case, public=public), state=state
    )


def _own_state(heard: Heard, case: Case) -> str:
    return heard.house.texts(f"state.{case.state.value}")


def _todo_state(heard: Heard, case: Case) -> str:
    by = _due(case)
    late = by < heard.now
    key = "todo.late" if late else "todo.due"
    state = marked_state(heard.house.texts, heard.policy, heard.uow, case)
    return heard.house.texts(key, state=state, by=when(heard, by)) if by.year < 9999 else state


def _due(case: Case) -> datetime:
    by = case.accept_by if case.state is State.REPORTED else case.resolve_by
    return by or datetime.max.replace(tzinfo=case.reported_at.tzinfo)


def _by_key(case: Case) -> str:
    return "accept_by" if case.state is State.REPORTED else "resolve_by"


def _merged_into(heard: Heard, case: Case) -> str:
    if case.merged_into_id is None:
        return ""
    return _number(heard, heard.uow.cases.get(case.merged_into_id))


def _number(heard: Heard, case: Case) -> str:
    """Return a case's number as it is written where the answer goes."""
    alone = heard.room is None or answers_in_private(heard)
    return number_for(heard, heard.account if heard.room is None or alone else heard.room, case)
