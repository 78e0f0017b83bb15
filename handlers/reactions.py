"""From events to messages: a table, read from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain import events
from handlers import acknowledging, emergencies, meetings, news, ratings, sign_ups, topics

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from handlers.context import Context

REACTIONS: dict[type[events.Event], Callable[[Any, Any], None]] = {
    events.CaseReported: acknowledging.case_reported,
    events.AppealGrew: acknowledging.appeal_grew,
    events.AppealJoined: acknowledging.appeal_joined,
    events.CaseSeconded: acknowledging.case_seconded,
    events.EmergencyRaised: emergencies.raised,
    events.CaseStepped: news.case_stepped,
    events.CaseRated: ratings.thank,
    events.MeetingCalled: meetings.announce,
    events.MeetingMoved: meetings.announce_move,
    events.MeetingCancelled: meetings.announce_cancel,
    events.ListChanged: sign_ups.announce_list,
}


def react(ctx: Context) -> None:
    """Turn the events of a unit of work into messages; a reaction may raise further events."""
    while ctx.events:
        event = ctx.events.pop(0)
        REACTIONS[type(event)](ctx, event)
        topics.watch(ctx, event)
