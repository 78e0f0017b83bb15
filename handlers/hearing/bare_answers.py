"""Answers without a number to what the bot asked (我去, 到了, 来, 去不了,那天检修), where one thing waits.

A unit answers in its room, everybody else alone with the bot.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from data.domain.activity import UnitState
from data.domain.people import STAFF
from data.domain.references import Reference
from handlers.hearing.grammar import Command
from handlers.hearing.lookup import communities_meant
from handlers.hearing.things import NO_NUMBER
from handlers.hearing.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.duty_call import DutyCall
    from handlers.context import Heard


class Unanswered(Protocol):
    """What waits for an answer: a thing with a number in a community."""

    @property
    def number(self) -> int:
        """Its number within the community."""
        ...

    @property
    def community_id(self) -> int:
        """The community it counts in."""
        ...


_COMES = re.compile(
    r"(?:好的?|行|收到|没问题|[,，\s])*(?:我们|到时候?|一定|准时|会|能|可以|要|都)*(?:来|去|到|参加)(?:的|人)?"
)
_STAYS = re.compile(
    r"(?:我们|那天|到时候?)*(?:来不了|去不了|不来|不去|参加不了|来不成|去不成)了?(?:[,，\s]+(?P<words>\S.*))?",
    re.DOTALL,
)
_TAKES = re.compile(
    r"(?:好的?|行|可以|没问题|[,，\s])*(?:我|让我)(?:可以|能|来|去|接|有空)+(?:吧|做|办|帮|弄|一下|[,，]我去)*"
)
_ARRIVED = re.compile(
    r"(?:我|已经?|刚)*(?:到了|到过了|去过了|看过了|去看了|看了)(?:[,，\s]+(?P<words>\S.*))?", re.DOTALL
)
LONGEST = 60


def read_bare(heard: Heard, text: str) -> Command | None:
    """Return the command that a bare answer is, None unless exactly one thing waits for such an answer."""
    if heard.inbound.quote is not None or len(text) > LONGEST:
        return None
    if heard.room is not None:
        return _of_a_unit(heard, text) if heard.room.organisation_id is not None else None
    if _TAKES.fullmatch(text):
        asked = heard.uow.volunteers.waiting_for(heard.person.id)
        return _command(heard, Verb.TAKE_HELP, asked, "")
    if found := _ARRIVED.fullmatch(text):
        calls = [call for area in communities_meant(heard, NO_NUMBER) for call in _to_make(heard, area.id)]
        return _command(heard, Verb.ARRIVED, calls, found["words"] or "")
    return None


def _of_a_unit(heard: Heard, text: str) -> Command | None:
    """Return whether a unit comes to the one activity it is invited to and has not answered yet."""
    comes, stays = _COMES.fullmatch(text), _STAYS.fullmatch(text)
    organisation = heard.person.organisation_id
    if not (comes or stays) or organisation is None:
        return None
    ahead = [
        one
        for one in heard.uow.activities.inviting(organisation)
        if not one.cancelled and one.ends_at > heard.now and _is_asked(heard, one.id, organisation)
    ]
    verb = Verb.NOT_COMING if stays else Verb.COME
    return _command(heard, verb, ahead, (stays and stays["words"]) or "")


def _is_asked(heard: Heard, activity_id: int, organisation: int) -> bool:
    states = [u.state for u in heard.uow.activities.units(activity_id) if u.organisation_id == organisation]
    return states not in ([], [UnitState.CAME])


def _to_make(heard: Heard, community_id: int) -> list[DutyCall]:
    """Return the duty calls of a community that the speaker may say they have made."""
    return [
        call
        for call in heard.uow.duty_calls.open_in(community_id)
        if call.contact_id == heard.person.id or heard.roles_at(call.area_id) & STAFF
    ]


def _command(heard: Heard, verb: Verb, waiting: Sequence[Unanswered], words: str) -> Command | None:
    """Return the command about the one thing that waits."""
    if len(waiting) != 1:
        return None
    where = heard.uow.areas.get(waiting[0].community_id).short
    return Command(verb, Reference(waiting[0].number, where), words)
