"""Whether a numbered list says who comes: price lists, notices, minutes and complaints are numbered, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.hearing import Outcome
from handlers.hearing.outcome import outcome
from nlp.reading.jielong import jielong_in, who
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from data.domain.activity import Activity, SignUp
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
    entries = {who(name) for name in said.names} | set(said.not_coming)
    return any(who(sign_up.name) in entries for sign_up in heard.uow.activities.names(activity.id))


def is_gone(heard: Heard, one: SignUp, known: list[SignUp], said: Jielong, listed: dict[str, str]) -> bool:
    """Whether somebody on the list is off it with the next one, or stands there with another count.

    Who signed up by 报名 stays but by their own word. Whom the last list added, and this one has others in
    their place, wrote at the same moment: nobody took them off.
    """
    name = who(one.name)
    if name in said.not_coming:
        return True
    if name in listed:
        return one.person_id is None and listed[name] != one.name
    if one.person_id not in (None, heard.person.id):
        return False
    new = [n for n in listed if n not in {who(s.name) for s in known}]
    last = [s for s in known if s.person_id is None and who(s.name) not in listed][-len(new) :] if new else []
    tail = {who(s.name) for s in known[-len(last) :]} if last else set()
    return not (one in last and name in tail)
