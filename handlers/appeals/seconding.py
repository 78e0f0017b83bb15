"""Seconding: a neighbour's “+1” counts for the case that was just spoken of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from data.domain.events import CaseSeconded
from data.domain.lifecycle import Action, target
from handlers.cases.steps import record
from handlers.hearing.lookup import case_for, quoted_cases
from nlp.understanding import Kind

if TYPE_CHECKING:
    from data.domain.areas import Room
    from data.domain.case import Case
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

SPOKEN_OF = timedelta(hours=2)


def hear(heard: Heard) -> bool:
    """Count a “我家也是” for the case it seconds; return whether there is one."""
    if heard.room is None or not heard.room.public or heard.understanding.kind is not Kind.ENDORSEMENT:
        return False
    case = _seconded(heard, heard.room)
    if case is None:
        return False
    if _count(heard, case):
        heard.happened(CaseSeconded(case, heard.person, asked=False))
    return True


def second(heard: Heard, command: Command) -> None:
    """附议 #n."""
    case = case_for(heard, command)
    target(case, Action.SECOND)
    if _is_appellant(heard, case):
        raise UserError("second.own", number=case.number)
    if not _count(heard, case):
        raise UserError("second.again", number=case.number)
    heard.happened(CaseSeconded(case, heard.person, asked=True))


def _count(heard: Heard, case: Case) -> bool:
    room_id = heard.room.id if heard.room else None
    new = heard.uow.appeals.second(case.id, heard.person.id, heard.account.id, room_id, heard.now)
    if new:
        record(heard, case, Action.SECOND, by=heard.person)
    return new


def _seconded(heard: Heard, room: Room) -> Case | None:
    """Return the open case that is quoted, else the last one raised in this room (in the place said)."""
    building = heard.understanding.place.building
    quoted = quoted_cases(heard)
    if heard.inbound.quote is not None:
        candidates = quoted
    else:
        candidates = heard.uow.cases.raised_in(room.id, heard.now - SPOKEN_OF)
    open_ones = [c for c in candidates if c.is_open and not c.discreet and not _is_appellant(heard, c)]
    same_place = [c for c in open_ones if building is not None and c.place.building == building]
    return next(iter(same_place or open_ones), None)


def _is_appellant(heard: Heard, case: Case) -> bool:
    return any(a.person_id == heard.person.id for a in heard.uow.appeals.of_case(case.id))
