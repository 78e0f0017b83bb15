"""From events to messages: a table, read from top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from data.domain import events
from handlers.activities import announcing, results, sign_ups
from handlers.appeals import acknowledgements
from handlers.cases import step_news, step_pictures
from handlers.casework import supervising
from handlers.deliberation import check_in_codes, minutes, owed, voting
from handlers.emergencies import alarm
from handlers.meetings import decisions, repeat_matters
from handlers.ratings import answers, questions
from handlers.volunteers import ledger

if TYPE_CHECKING:
    from handlers.context import Context

Reaction = Callable[[Any, Any], None]

REACTIONS: dict[type[events.Event], tuple[Reaction, ...]] = {
    events.CaseReported: (acknowledgements.case_reported, repeat_matters.watch),
    events.AppealGrew: (acknowledgements.appeal_grew,),
    events.AppealJoined: (acknowledgements.appeal_joined, repeat_matters.watch),
    events.CaseSeconded: (acknowledgements.case_seconded,),
    events.EmergencyRaised: (alarm.raised, repeat_matters.watch),
    events.CaseStepped: (
        questions.ask_appellants,
        step_news.case_stepped,
        step_pictures.pass_on,
        supervising.tell_leader,
        owed.note,
        repeat_matters.watch,
    ),
    events.CaseRated: (answers.thank,),
    events.ResidentConfirmed: (voting.resident_confirmed,),
    events.ActivityCalled: (announcing.announce, minutes.watch, check_in_codes.give),
    events.ActivityMoved: (announcing.announce_move, minutes.watch),
    events.ActivityCancelled: (announcing.announce_cancel, decisions.proceed_without, minutes.unwatch),
    events.ActivityEnded: (results.announce_result, ledger.for_attendance),
    events.ListChanged: (sign_ups.announce_list,),
}


def react(ctx: Context) -> None:
    """Turn the events of a unit of work into messages; a reaction may raise further events."""
    while ctx.events:
        event = ctx.events.pop(0)
        for reaction in REACTIONS[type(event)]:
            reaction(ctx, event)
