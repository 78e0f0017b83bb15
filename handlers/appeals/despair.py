"""Words of somebody in despair, or beaten at home: an emergency heard alone, in the group not a word of it.

Who said them is told in private whom to call; the ladder's first two persons are told, each in private. Who
beats may be in the group, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import BEATEN, DESPAIR, Grade, Source
from data.domain.events import EmergencyRaised
from handlers.appeals import filing, home_rooms
from handlers.appeals.beginning import spot_of
from handlers.appeals.listening import line_of
from handlers.cases.opening import open_case, place_said, where
from handlers.saying.say import answer
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from data.domain.areas import Room
    from data.domain.case import Appeal
    from handlers.context import Heard

CATEGORY = "政法/社会治安"


def hear(heard: Heard) -> bool:
    """Take such words for what they are, wherever a resident says them; return whether they were."""
    if heard.room is not None and not heard.room.public:
        return False
    if not heard.understanding.is_told_alone:
        return False
    heard.keep_text = True
    heard.house.conversations.forget(spot_of(heard), heard.uow)
    room = home_rooms.home_room(heard)
    if room is None:  # nobody knows whom to tell: at least the numbers
        answer(heard, f"emergency.{_hazard(heard)}_alone")
        return True
    raise_alone(heard, room)
    return True


def raise_alone(heard: Heard, room: Room) -> Appeal:
    """Open a case for such words that belong to a room's area, and call whom it is told to."""
    said = heard.understanding._replace(
        urgency=Urgency.EMERGENCY, hazard=_hazard(heard), category=CATEGORY, dispute=False
    )
    place = place_said(heard, room, said)
    area, building = where(heard, room, place)
    case = open_case(heard, area, said, building=building, place=place, source=Source.APPEAL)
    case.grade = Grade.PRIVATE
    heard.uow.cases.save(case)
    appeal = filing.write_appeal(heard, [line_of(heard)], case.id, alone=True)
    heard.happened(EmergencyRaised(case, appeal))
    return appeal


def _hazard(heard: Heard) -> str:
    return DESPAIR if heard.understanding.despair else BEATEN
