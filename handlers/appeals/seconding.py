"""Seconding: a neighbour's “+1” counts for the case that was just spoken of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from data.domain.events import CaseSeconded
from data.domain.lifecycle import Action, target
from handlers.appeals import endorsements
from handlers.appeals.doubts import seconded_doubt
from handlers.cases.steps import record
from handlers.hearing.lookup import case_for, quoted_cases
from nlp.understanding import Kind

if TYPE_CHECKING:
    from data.domain.areas import Room
    from data.domain.case import Case
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

SPOKEN_OF = timedelta(minutes=10)
MOST_BETWEEN = 3  # lines of other talk since then
NAMED = timedelta(hours=2)  # an endorsement that names place or thing is understood for so long


def hear(heard: Heard) -> bool:
    """Count a “我家也是” for the case it seconds; return whether there is one.

    “物业也不管管” on what was just spoken of is no matter of its own, and counts for nothing.
    """
    if heard.room is None or not heard.room.public or heard.address.spoken_to:
        return False
    if endorsements.is_grumble(heard):
        return bool(_spoken_of(heard, heard.room, most=MOST_BETWEEN))
    if heard.understanding.kind is not Kind.ENDORSEMENT:
        return False
    case = _seconded(heard, heard.room) or _made_plain(heard, heard.room)
    if case is None:
        return False
    if _count(heard, case):
        heard.happened(CaseSeconded(case, heard.person, asked=False))
    return True


def second(heard: Heard, command: Command) -> None:
    """Count the speaker as one more whom a case concerns: 附议 #n."""
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


def _made_plain(heard: Heard, room: Room) -> Case | None:
    """Return the case of a neighbour's doubtful line, which opens with this endorsement."""
    if heard.inbound.quote is not None or not endorsements.is_plain(heard):
        return None
    case_id = seconded_doubt(heard, room)
    return heard.uow.cases.get(case_id) if case_id is not None else None


def _seconded(heard: Heard, room: Room) -> Case | None:
    """Return the open case that is quoted, named, or was just spoken of here, if it can be the matter."""
    if heard.inbound.quote is not None:
        return next((case for case in quoted_cases(heard) if _may_be_meant(heard, case)), None)
    building = heard.understanding.place.building
    named = [c for c in heard.uow.cases.raised_in(room.id, heard.now - NAMED) if endorsements.names(heard, c)]
    most = MOST_BETWEEN if endorsements.is_plain(heard) else 0 if endorsements.is_assent(heard) else None
    lately = _spoken_of(heard, room, most) if most is not None else []
    fitting = [c for c in (*named, *lately) if _may_be_meant(heard, c)]
    same_place = [c for c in fitting if building is not None and c.place.building == building]
    return next(iter(same_place or fitting), None)


def _spoken_of(heard: Heard, room: Room, most: int) -> list[Case]:
    """Return the cases this room just spoke of with at most so many lines since, the last one first."""
    heard.uow.inbox.write()
    times = heard.uow.spoken.of_cases(room.id, heard.now - SPOKEN_OF)
    found = [
        heard.uow.cases.get(i) for i, at in times.items() if heard.uow.spoken.other_talk(room.id, at) <= most
    ]
    return found[::-1]


def _may_be_meant(heard: Heard, case: Case) -> bool:
    own = _is_appellant(heard, case)
    return case.is_open and not case.discreet and not own and endorsements.fits(heard, case)


def _is_appellant(heard: Heard, case: Case) -> bool:
    return any(a.person_id == heard.person.id for a in heard.uow.appeals.of_case(case.id))
