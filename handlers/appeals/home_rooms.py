"""Which residents' room an appeal belongs to that was said in private: known from before, or asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.areas import AreaKind, RoomKind
from handlers.appeals import filing
from handlers.saying.say import answer

if TYPE_CHECKING:
    from data.domain.areas import Area, Room
    from data.domain.case import Appeal
    from handlers.context import Heard

QUESTION = "grid"
ASKED_FOR = timedelta(days=1)


def home_room(heard: Heard) -> Room | None:
    """Return the room itself; in private the residents' room the speaker last spoke in, or their duty's."""
    if heard.room is not None:
        return heard.room
    if heard.account.last_room_id is not None:
        return heard.uow.rooms.get(heard.account.last_room_id)
    grids = {
        grid.id for duty in heard.duties if (grid := heard.uow.areas.nearest(duty.area_id, AreaKind.GRID))
    }
    home = heard.uow.households.home(heard.person.id)
    if home is not None and (grid := heard.uow.areas.nearest(home.building_id, AreaKind.GRID)) is not None:
        grids.add(grid.id)
    rooms = [room for grid in sorted(grids) for room in heard.uow.rooms.of_area(grid, RoomKind.RESIDENTS)]
    if len(rooms) == 1:
        return rooms[0]
    everywhere = heard.uow.rooms.all_public(most=2)
    return everywhere[0] if len(everywhere) == 1 else None


def ask(heard: Heard, appeal: Appeal) -> None:
    """Keep an appeal said in private until its speaker says which neighbourhood it belongs to."""
    heard.uow.questions.ask(heard.account.id, QUESTION, {"appeal": appeal.id}, heard.now)
    answer(heard, "ask.grid")


def heard_as_answer(heard: Heard) -> bool:
    """Take the name of a neighbourhood for the answer to `ask`; return whether it was."""
    if heard.room is not None:
        return False
    asked = heard.uow.questions.open(heard.account.id, heard.now - ASKED_FOR)
    question = next((q for q in asked if q.kind == QUESTION), None)
    room = grid_called(heard, heard.address.text) if question else None
    if question is None or room is None:
        return False
    heard.keep_text = True
    heard.uow.questions.answered(question.id, heard.now)
    heard.uow.people.seen(heard.account, heard.account.name, room.id)
    appeal = heard.uow.appeals.get(question.details["appeal"])
    filing.settle(heard, room, heard.understand(appeal.words), appeal)
    return True


def grid_called(heard: Heard, text: str) -> Room | None:
    """Return the one residents' room that a text names: by its topic, its grid's or its community's name."""
    plain = text.strip()
    if not 2 <= len(plain) <= 40:
        return None
    found = [room for room in heard.uow.rooms.all_public(most=2000) if _names(heard, room, plain)]
    return found[0] if len(found) == 1 else None


def _names(heard: Heard, room: Room, text: str) -> bool:
    areas: list[Area] = [
        a for a in heard.uow.areas.up(room.area_id) if a.kind in (AreaKind.GRID, AreaKind.COMMUNITY)
    ]
    names = [room.topic, *(a.name for a in areas), *(a.short for a in areas)]
    return any(name in text or (len(text) >= 3 and text in name) for name in names)
