"""Commands: recognised where they may be said, allowed or refused, handed to what does them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import (
    binding,
    casework,
    deciding,
    deferring,
    ending,
    endorsing,
    grammar,
    mediating,
    meetings,
    merging,
    my_data,
    notices,
    parts,
    patrols,
    queries,
    ratings,
    shifts,
    sign_ups,
    statistics,
    supervising,
    undoing,
    visits,
    whistles,
)
from handlers.announce import answer
from handlers.lookup import quoted_cases
from handlers.permissions import require
from handlers.plain import read_plain
from handlers.verbs import Verb
from nlp.understanding import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.context import Heard
    from handlers.grammar import Command

HANDLERS: dict[Verb, Callable[[Heard, Command], None]] = {
    Verb.HELP: queries.help_text,
    Verb.PROGRESS: queries.progress,
    Verb.MINE: queries.list_mine,
    Verb.WITHDRAW: casework.withdraw,
    Verb.SECOND: endorsing.second,
    Verb.RATE: ratings.rate,
    Verb.SIGN_UP: sign_ups.sign_up,
    Verb.SIGN_OFF: sign_ups.sign_off,
    Verb.MY_DATA: my_data.show,
    Verb.DELETE_MY_DATA: my_data.delete,
    Verb.ACCEPT: casework.accept,
    Verb.REJECT: casework.reject,
    Verb.ASSIGN: casework.assign,
    Verb.NOTE: casework.note_progress,
    Verb.RESOLVE: casework.resolve_case,
    Verb.HAND_BACK: casework.hand_back,
    Verb.RECLASSIFY: casework.reclassify,
    Verb.NOT_APPEAL: casework.not_an_appeal,
    Verb.REGRADE: casework.regrade,
    Verb.MERGE: merging.merge,
    Verb.REOPEN: casework.reopen,
    Verb.TODO: queries.todo,
    Verb.STATISTICS: statistics.statistics,
    Verb.CALL_MEETING: meetings.call,
    Verb.MOVE_MEETING: meetings.move,
    Verb.CANCEL_MEETING: meetings.cancel,
    Verb.PLAN_VISIT: visits.plan,
    Verb.RECORD_VISIT: visits.record,
    Verb.WHISTLE: whistles.blow,
    Verb.CHECK_IN: parts.check_in,
    Verb.RETURN_PART: parts.hand_back_part,
    Verb.END_WHISTLE: ending.end,
    Verb.PATROL: patrols.patrol,
    Verb.NOTICE: notices.give,
    Verb.NOTICE_STATUS: notices.status,
    Verb.WITHDRAW_NOTICE: notices.withdraw,
    Verb.MEDIATE: mediating.mediate,
    Verb.SHIFT: shifts.roster,
    Verb.CANCEL_SHIFT: shifts.cancel,
    Verb.SUPERVISE: supervising.supervise,
    Verb.DEFER: deferring.defer,
    Verb.RESUME: deferring.resume,
    Verb.AWAIT_MEETING: deciding.await_meeting,
    Verb.DECIDE: deciding.decide,
    Verb.UNDO: undoing.undo,
    Verb.BIND: binding.bind,
}


def heard_as_command(heard: Heard) -> bool:
    """Do what a message commands; return False if it is no command, or not said where commands are said."""
    command = _command(heard)
    if command is None:
        return False
    heard.keep_text = True
    heard.detail = command.verb.value
    heard.private_answer = command.form.to_oneself
    require(heard, command.form)
    grammar.require_words(command)
    HANDLERS[command.verb](heard, command)
    return True


def _command(heard: Heard) -> Command | None:
    """Read a command: after the bot's name or a slash; bare in private, and by staff in a few clear cases."""
    text = heard.address.text
    if heard.address.spoken_to:
        return grammar.read(heard.address.command, loose=True)
    quoting = heard.inbound.quote is not None and bool(quoted_cases(heard))
    if heard.room is None:
        return grammar.read(text, loose=quoting) or (
            read_plain(heard) if quoting and heard.has_duty else None
        )
    if (code := grammar.bare_binding(text)) is not None:
        return code
    if not heard.room.public:
        found = grammar.begins_like_command(text)
        if found is not None:
            return found
    if quoting and heard.has_duty:
        return grammar.read(text, loose=False) or read_plain(heard)
    return None


def not_understood(heard: Heard) -> bool:
    """Answer in one line somebody who spoke to the bot and was not understood, once an hour."""
    if not heard.address.spoken_to and heard.room is not None:
        return False
    if heard.understanding.kind in (Kind.THANKS, Kind.ENDORSEMENT):
        return False
    if heard.address.spoken_to and (form := grammar.nearest(heard.address.command)) is not None:
        answer(heard, "command.unknown", said=heard.address.command[:12], example=form.example)
        return True
    heard.private_answer = True
    answer(heard, "command.hint", once=f"hint:{heard.account.id}:{heard.now:%Y%m%d%H}")
    return True
