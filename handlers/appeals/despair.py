"""Words of somebody in despair: an emergency of its own, heard alone; in the group not a word is said of it.

Who said them is told in private whom to call; the ladder's first two persons are told, each in private.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import DESPAIR, Grade, Source
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
    """Take words of despair for what they are, wherever a resident says them; return whether they were."""
    if heard.room is not None and not heard.room.public:
        return False
    if not heard.understanding.despair:
        return False
    heard.keep_text = True
    heard.house.conversations.forget(spot_of(heard), heard.uow)
    room = home_rooms.home_room(heard)
    if room is None:  # nobody knows whom to tell: at least the numbers
        answer(heard, "emergency.despair_alone")
        return True
    raise_alone(heard, room)
    return True


def raise_alone(heard: Heard, room: Room) -> Appeal:
    """Open a case for words of despair that belong to a room's area, and call whom it is told to."""
    said = heard.understanding._replace(
        urgency=Urgency.EMERGENCY, hazard=DESPAIR, category=CATEGORY, dispute=False
    )
    place = place_said(heard, room, said)
    area, building = where(heard, room, place)
    case = open_case(heard, area, said, building=building, place=place, source=Source.APPEAL)
    case.grade = Grade.PRIVATE
    heard.uow.cases.save(case)
    appeal = filing.write_appeal(heard, [line_of(heard)], case.id, alone=True)
    heard.happened(EmergencyRaised(case, appeal))
    return appeal
