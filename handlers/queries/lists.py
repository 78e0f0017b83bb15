"""What is mine: 我的诉求, what one raised; 待办, what is in one's charge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cases.in_hand import in_hand_row, to_do
from handlers.saying.numbers import number_for
from handlers.saying.say import answer, answer_about, answers_in_private
from handlers.saying.showing import case_label

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

MOST = 10


def list_mine(heard: Heard, _command: Command) -> None:
    """Show what the speaker raised, the newest first: 我的诉求."""
    heard.private_answer = True
    mine = heard.uow.cases.of_person(heard.person.id, MOST)
    if not mine:
        answer(heard, "mine.none")
        return
    rows = "\n".join(_row(heard, case, _own_state(heard, case)) for case in mine)
    answer_about(heard, "mine.list", tuple(mine), rows=rows, count=len(mine))


def todo(heard: Heard, _command: Command) -> None:
    """Show the open cases in the speaker's charge or assigned to them, those due first at the top: 待办."""
    due = to_do(heard, heard.person, heard.duties)
    if not due:
        answer(heard, "todo.none")
        return
    rows = "\n".join(in_hand_row(heard, case, _number(heard, case)) for case in due[:MOST])
    more = heard.house.texts("todo.more", count=len(due) - MOST) if len(due) > MOST else ""
    answer_about(heard, "todo.list", tuple(due[:MOST]), rows=rows, count=len(due), more=more)


def _row(heard: Heard, case: Case, state: str) -> str:
    public = heard.room is not None and heard.room.public and not heard.private_answer
    return heard.house.texts(
        "row", case=_number(heard, case), label=case_label(heard.policy, case, public=public), state=state
    )


def _own_state(heard: Heard, case: Case) -> str:
    return heard.house.texts(f"state.{case.state.value}")


def _number(heard: Heard, case: Case) -> str:
    """Return a case's number as it is written where the answer goes."""
    alone = heard.room is None or answers_in_private(heard)
    return number_for(heard, heard.account if heard.room is None or alone else heard.room, case)
