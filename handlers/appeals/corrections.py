"""What somebody puts right of their appeal in plain words (说错了,是5栋): the case moves, its handler hears.

Within three minutes it is a line like others; later it is taken for the speaker's last appeal here, if it
says where the matter lies. Who was acknowledged with the wrong place is told the right one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.case import State
from data.domain.lifecycle import Action
from handlers.appeals.acknowledgements import hold_and_say
from handlers.cases.new_case_news import Addressed, to_appellant
from handlers.cases.opening import moved
from handlers.cases.steps import record
from handlers.cases.telling import tell_handler
from handlers.hearing.outcome import is_spoken_to
from handlers.saying.say import Saying
from handlers.saying.showing import case_label
from handlers.texts.wording import Said
from nlp.putting_right import puts_right

if TYPE_CHECKING:
    from data.domain.case import Appeal, Case, Place
    from handlers.context import Heard

STILL_MEANT = timedelta(hours=24)  # said to the bot
STILL_TALKED_OF = timedelta(hours=2)  # said in the group to nobody
LONGEST = 40  # characters: longer talk has a matter of its own


def meant(heard: Heard) -> tuple[Appeal, Case] | None:
    """Return the speaker's last appeal where a line puts it right, hours later too; None for other talk."""
    said = heard.understanding
    if heard.account.last_appeal_id is None or len(said.text) > LONGEST or not puts_right(said.text):
        return None
    appeal = heard.uow.appeals.get(heard.account.last_appeal_id)
    if appeal.withdrawn or appeal.case_id is None:
        return None
    if heard.room is not None and heard.room.id != appeal.room_id:
        return None
    within = STILL_MEANT if is_spoken_to(heard) else STILL_TALKED_OF
    case = heard.uow.cases.get(appeal.case_id)
    if not case.is_open or heard.now - appeal.last_line_at > within:
        return None
    same = said.category in (None, case.category) or not said.is_appeal
    return (appeal, case) if said.place and same else None


def put_right(heard: Heard, appeal: Appeal, case: Case, was: Place) -> None:
    """Tell who has a case what its appellant put right, and say where it lies now if that is elsewhere."""
    if not appeal.joined and case.state is not State.REPORTED:
        moved(heard, case, appeal, heard.understand(appeal.words))
    record(heard, case, Action.CORRECT, by=heard.person, words=heard.address.text)
    values = {
        "name": heard.account.name,
        "words": Said(heard.address.text),
        "label": case_label(heard.policy, case, public=False),
    }
    saying = Saying("my_data.corrected_for", f"corrected:{heard.inbound.message_id}", values, (case,))
    tell_handler(heard, case, saying)
    if case.place == was and not is_spoken_to(heard):
        return
    key = "ack.added" if case.place == was else "ack.put_right"
    told = to_appellant(
        heard, appeal, key, case, {"label": case_label(heard.policy, case, public=appeal.room_id is not None)}
    )
    dedupe = f"ack:{appeal.id}:right:{heard.inbound.message_id}"
    if heard.room is None:
        told = Addressed(heard.account, replace(told.saying, mentions=()))
    hold_and_say(heard, appeal, [Addressed(told.to, replace(told.saying, dedupe=dedupe))])
