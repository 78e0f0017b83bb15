"""Whether a numbered list says who comes: price lists, notices, minutes and complaints are numbered, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.hearing import Outcome
from handlers.hearing.outcome import outcome
from nlp.reading.jielong import jielong_in
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from handlers.context import Heard
    from nlp.reading.jielong import Jielong


def list_in(heard: Heard) -> Jielong | None:
    """Return the list of names in a message; an emergency, or an appeal, is heard before any list."""
    found = jielong_in(heard.address.text)
    if found is None or heard.understanding.urgency is Urgency.EMERGENCY:
        return None
    return found if found.says_so or outcome(heard, heard.understanding) is not Outcome.SURE else None


def is_for(heard: Heard, activity: Activity, said: Jielong) -> bool:
    """Whether a list is of those who come: by its word, what it names, or the names before."""
    if said.says_so or (activity.topic and activity.topic in said.topic):
        return True
    known = [sign_up.name for sign_up in heard.uow.activities.names(activity.id)]
    return bool(known) and list(said.names[: len(known)]) == known
