"""Private matters (私事): answered alone with where to turn; a case only if the one it concerns asks."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.appeals import filing, home_rooms
from handlers.cases.grading import concerns_others, private_matter
from handlers.saying.say import answer
from handlers.texts.punctuation import without_marks

if TYPE_CHECKING:
    from data.domain.case import Appeal, Line
    from handlers.context import Heard
    from nlp.understanding import Understanding

MAY_ASK = timedelta(days=1)
_ASKS = re.compile(r"(?:请|帮我|我要|我想|还是|那就|要|麻烦)*(?:立案|要办|帮我办|办吧)(?:吧|一下|了)?")


def hear(heard: Heard, said: Understanding, lines: list[Line]) -> bool:
    """Answer a private matter where only its speaker reads it; return whether it was one.

    What was said is kept, so that it need not be said again if they ask for a case.
    """
    matter = private_matter(heard.policy, said)
    if matter is None:
        return False
    filing.write_appeal(heard, lines)
    heard.private_answer = True
    once = f"private:{heard.account.id}:{min(matter.categories)}:{heard.now:%Y%m%d}"
    answer(heard, "private_matter.answer", once=once, answer=matter.answer)
    return True


def hear_question(heard: Heard) -> bool:
    """Answer who asks the bot itself about a private matter by its word; return whether they did."""
    if heard.room is not None and not (heard.address.spoken_to and heard.room.public):
        return False
    said = heard.understanding
    if said.is_appeal or concerns_others(said):
        return False
    matter = next((m for m in heard.policy.private_matters if any(w in said.text for w in m.words)), None)
    if matter is None:
        return False
    heard.private_answer = True
    answer(heard, "private_matter.where", answer=matter.answer)
    return True


def heard_as_asking(heard: Heard) -> bool:
    """Take “立案” within a day of that answer for the wish that a case be opened; return whether it was."""
    if heard.room is not None and not heard.room.public:
        return False
    if not _ASKS.fullmatch(without_marks(heard.address.text)):
        return False
    appeal = _answered_last(heard)
    if appeal is None:
        return False
    heard.keep_text = True
    room = heard.uow.rooms.get(appeal.room_id) if appeal.room_id is not None else home_rooms.home_room(heard)
    if room is None:
        home_rooms.ask(heard, appeal)
    else:
        filing.settle(heard, room, heard.understand(appeal.words), appeal)
    return True


def _answered_last(heard: Heard) -> Appeal | None:
    """Return the speaker's last private matter of the day that is no case yet."""
    fresh = [
        appeal
        for appeal in heard.uow.appeals.of_person(heard.person.id)
        if appeal.case_id is None and not appeal.withdrawn and heard.now - appeal.said_at <= MAY_ASK
    ]
    understand = heard.understand
    mine = [a for a in fresh if private_matter(heard.policy, understand(a.words)) is not None]
    return mine[-1] if mine else None
