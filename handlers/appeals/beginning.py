"""How an appeal begins: a case for each of its matters, a private answer, or a question where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.appeals import filing, home_rooms, matters, private_matters
from handlers.conversation import Spot

if TYPE_CHECKING:
    from data.domain.case import Line
    from handlers.context import Heard
    from nlp.understanding import Understanding


def begin(heard: Heard, said: Understanding, lines: list[Line]) -> None:
    """Open a case for each matter of an appeal, or join the one that is open for it."""
    heard.keep_text = True
    heard.house.conversations.forget(spot_of(heard), heard.uow)
    if private_matters.hear(heard, said, lines):
        return
    room = home_rooms.home_room(heard)
    if room is None:
        home_rooms.ask(heard, filing.write_appeal(heard, lines))
    else:
        for matter in matters.raised(heard, said, lines):
            filing.begin(heard, room, matter.said, matter.lines)


def spot_of(heard: Heard) -> Spot:
    """Return where and by whom a message was said."""
    return Spot(heard.room.id if heard.room else None, heard.account.id)


def words_of(lines: list[Line]) -> str:
    """Return the words of an appeal's lines in one line."""
    return "\n".join(line.text for line in lines if line.text)
