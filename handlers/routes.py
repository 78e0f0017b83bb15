"""Where a message goes: an ordered table, the first that takes it wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.messages import MessageKind
from handlers import commands
from handlers.activities import check_ins, sign_ups
from handlers.answers import asking
from handlers.appeals import (
    despair,
    doubt_answers,
    home_rooms,
    listening,
    private_matters,
    reporting,
    seconding,
    voice_and_video,
)
from handlers.deliberation import motions, voting
from handlers.elections import thanks
from handlers.emergencies import alarm_answers, all_clear
from handlers.households import confirming
from handlers.mediation import confirmations
from handlers.necessary import duty_calls
from handlers.notices import receipts
from handlers.pairs import party
from handlers.people import my_data, rooms, services, welcome
from handlers.queries import misunderstood
from handlers.ratings import answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.context import Heard

LEFT_ALONE = "left_alone"
_TEXT = frozenset({MessageKind.TEXT})
_SAID = frozenset({MessageKind.TEXT, MessageKind.IMAGE, MessageKind.FILE})


class Route(NamedTuple):
    """A way for messages of some kinds; `take` says whether it took one."""

    name: str
    kinds: frozenset[MessageKind]
    take: Callable[[Heard], bool]


ROUTES: tuple[Route, ...] = (
    Route("joined", frozenset({MessageKind.JOIN}), welcome.joined),
    Route("left", frozenset({MessageKind.LEAVE}), welcome.left),
    Route("recalled", frozenset({MessageKind.RECALL}), listening.recalled),
    Route("invitation", frozenset({MessageKind.INVITATION}), rooms.invited),
    Route("topic", frozenset({MessageKind.TOPIC}), rooms.renamed),
    Route("unheard", frozenset({MessageKind.VOICE, MessageKind.VIDEO}), voice_and_video.hear),
    Route("report", _TEXT, reporting.hear),
    Route("alarm", _TEXT, alarm_answers.heard_as_answer),
    Route("doubt", _TEXT, doubt_answers.heard_as_answer),
    Route("reply", _TEXT, asking.heard_as_reply),
    Route("command", _SAID, commands.heard_as_command),
    Route("all_clear", _TEXT, all_clear.heard_as_all_clear),
    Route("deletion", _TEXT, my_data.heard_as_answer),
    Route("despair", _TEXT, despair.hear),
    Route("party_member", _TEXT, party.heard_as_answer),
    Route("necessary", _TEXT, duty_calls.hear),
    Route("thanks", _TEXT, thanks.overhear),
    Route("household", _TEXT, confirming.heard_as_answer),
    Route("support", _TEXT, motions.heard_as_support),
    Route("vote", _TEXT, voting.heard_as_vote),
    Route("answer", _TEXT, home_rooms.heard_as_answer),
    Route("receipt", _TEXT, receipts.heard_as_receipt),
    Route("private_matter", _TEXT, private_matters.heard_as_asking),
    Route("confirmation", _TEXT, confirmations.heard_as_confirmation),
    Route("rating", _TEXT, answers.heard_as_answer),
    Route("vote_meant", _TEXT, voting.misspoken),
    Route("mistake", _TEXT, misunderstood.heard_as_mistake),
    Route("sign_up", _TEXT, sign_ups.heard_as_sign_up),
    Route("check_in", _TEXT, check_ins.heard_as_check_in),
    Route("endorsement", _TEXT, seconding.hear),
    Route("service", _TEXT, services.hear),
    Route("asked_for", _TEXT, commands.heard_as_asked_for),
    Route("known", _TEXT, asking.heard_as_known),
    Route("appeal", _SAID, listening.hear),
    Route("private_question", _TEXT, private_matters.hear_question),
    Route("question", _TEXT, asking.heard_as_question),
    Route("not_understood", _SAID, misunderstood.not_understood),
)


def route(heard: Heard) -> str:
    """Hand a message to the first route that takes it, and return what became of it."""
    for way in ROUTES:
        if heard.inbound.kind in way.kinds and way.take(heard):
            return f"{way.name}:{heard.detail}" if heard.detail else way.name
    return LEFT_ALONE
