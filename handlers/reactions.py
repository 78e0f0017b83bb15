"""From events to messages: a table, read from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain import events
from handlers.appeals import acknowledgements
from handlers.cases import step_news
from handlers.emergencies import alarm
from handlers.meetings import calendar, sign_ups, topics
from handlers.ratings import answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from handlers.context import Context

REACTIONS: dict[type[events.Event], Callable[[Any, Any], None]] = {
    events.CaseReported: acknowledgements.case_reported,
    events.AppealGrew: acknowledgements.appeal_grew,
    events.AppealJoined: acknowledgements.appeal_joined,
    events.CaseSeconded: acknowledgements.case_seconded,
    events.EmergencyRaised: alarm.raised,
    events.CaseStepped: step_news.case_stepped,
    events.CaseRated: answers.thank,
    events.MeetingCalled: calendar.announce,
    events.MeetingMoved: calendar.announce_move,
    events.MeetingCancelled: calendar.announce_cancel,
    events.ListChanged: sign_ups.announce_list,
}


def react(ctx: Context) -> None:
    """Turn the events of a unit of work into messages; a reaction may raise further events."""
    while ctx.events:
        event = ctx.events.pop(0)
        REACTIONS[type(event)](ctx, event)
        topics.watch(ctx, event)
