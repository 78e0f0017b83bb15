"""Where a message goes: an ordered table, the first that takes it wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.messages import MessageKind
from handlers import (
    alarms,
    appeals,
    commanding,
    confirming,
    doors,
    endorsing,
    greeting,
    grids,
    private,
    ratings,
    receipts,
    services,
    sign_ups,
    unheard,
)

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
    Route("joined", frozenset({MessageKind.JOIN}), greeting.joined),
    Route("left", frozenset({MessageKind.LEAVE}), greeting.left),
    Route("recalled", frozenset({MessageKind.RECALL}), appeals.recalled),
    Route("invitation", frozenset({MessageKind.INVITATION}), doors.invited),
    Route("topic", frozenset({MessageKind.TOPIC}), doors.renamed),
    Route("unheard", frozenset({MessageKind.VOICE, MessageKind.VIDEO}), unheard.hear),
    Route("alarm", _TEXT, alarms.heard_as_answer),
    Route("command", _SAID, commanding.heard_as_command),
    Route("answer", _TEXT, grids.heard_as_answer),
    Route("receipt", _TEXT, receipts.heard_as_receipt),
    Route("private_matter", _TEXT, private.heard_as_asking),
    Route("confirmation", _TEXT, confirming.heard_as_confirmation),
    Route("rating", _TEXT, ratings.heard_as_answer),
    Route("sign_up", _TEXT, sign_ups.heard_as_sign_up),
    Route("endorsement", _TEXT, endorsing.hear),
    Route("service", _TEXT, services.hear),
    Route("appeal", _SAID, appeals.hear),
    Route("private_question", _TEXT, private.hear_question),
    Route("not_understood", _TEXT, commanding.not_understood),
)


def route(heard: Heard) -> str:
    """Hand a message to the first route that takes it, and return what became of it."""
    for way in ROUTES:
        if heard.inbound.kind in way.kinds and way.take(heard):
            return f"{way.name}:{heard.detail}" if heard.detail else way.name
    return LEFT_ALONE
