"""A case as a row of a list, in words: nothing in it needs the store any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.web.desk.actions import Act, allowed
from data.domain.case import State, Urgency
from handlers.cases.in_charge import holder_name
from handlers.cases.marks import marked_state
from handlers.saying.days import when
from handlers.saying.numbers import number_to
from handlers.saying.showing import case_label, full_number
from handlers.texts.masking import mask

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from handlers.context import Heard

SHOWN = 60  # characters of what it is about


class CaseRow(NamedTuple):
    """One case in a list."""

    case_id: int
    version: int
    path: str
    number: str
    label: str
    about: str
    state: str
    standing: str  # the state's code, for its colour
    due: str
    late: bool
    soon: bool
    holder: str
    urgency: str
    reported: str
    acts: list[Act]


def row_of(heard: Heard, case: Case, tonight: datetime) -> CaseRow:
    """Return a case as a row; its words are masked: a list lies open on a desk."""
    by = due_by(case)
    words = " ".join(mask(case.summary).split())
    return CaseRow(
        case.id,
        case.version,
        path_of(heard, case),
        number_to(heard, heard.person.id, case),
        case_label(heard.policy, case),
        words[:SHOWN] + ("…" if len(words) > SHOWN else ""),
        marked_state(heard.house.texts, heard.policy, heard.uow, case),
        case.state.value,
        when(heard, by) if by else "",
        late=by is not None and by < heard.now,
        soon=by is not None and heard.now <= by < tonight,
        holder=holder_name(heard, case),
        urgency="" if case.urgency is Urgency.NORMAL else case.urgency.value,
        reported=when(heard, case.reported_at),
        acts=[act for act in allowed(heard, case) if act.quick],
    )


def due_by(case: Case) -> datetime | None:
    """Return the deadline that runs now, if one does."""
    if not case.is_open or case.state is State.DEFERRED:
        return None
    return case.due


def path_of(heard: Heard, case: Case) -> str:
    """Return the address of a case's page."""
    return f"/desk/cases/{heard.uow.areas.get(case.community_id).code}/{case.number}"


def command_number(heard: Heard, case: Case) -> str:
    """Return a case's number as a command names it beyond doubt."""
    return full_number(heard, case)
