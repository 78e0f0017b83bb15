"""Commands: recognised where they may be said, allowed or refused, handed to what does them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import undoing
from handlers.appeals import seconding
from handlers.casework import correcting, deferring, life, merging, supervising
from handlers.deliberation import ballots, proxies, voting
from handlers.emergencies import shifts
from handlers.hearing import grammar
from handlers.hearing.lookup import quoted_cases
from handlers.hearing.permissions import require
from handlers.hearing.plain_words import read_plain
from handlers.hearing.verbs import Verb
from handlers.households import confirming, registering
from handlers.mediation import records
from handlers.meetings import calendar, decisions, sign_ups
from handlers.notices import giving
from handlers.people import binding, my_data
from handlers.queries import help_text, lists, progress
from handlers.ratings import answers
from handlers.reports import statistics
from handlers.saying.say import answer
from handlers.visits import home_visits, patrols
from handlers.whistles import blowing, ending, parts
from nlp.understanding import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.context import Heard
    from handlers.hearing.grammar import Command

HANDLERS: dict[Verb, Callable[[Heard, Command], None]] = {
    Verb.HELP: help_text.help_text,
    Verb.PROGRESS: progress.progress,
    Verb.MINE: lists.list_mine,
    Verb.WITHDRAW: life.withdraw,
    Verb.SECOND: seconding.second,
    Verb.RATE: answers.rate,
    Verb.SIGN_UP: sign_ups.sign_up,
    Verb.SIGN_OFF: sign_ups.sign_off,
    Verb.MY_DATA: my_data.show,
    Verb.DELETE_MY_DATA: my_data.delete,
    Verb.ACCEPT: life.accept,
    Verb.REJECT: life.reject,
    Verb.ASSIGN: life.assign,
    Verb.NOTE: life.note_progress,
    Verb.RESOLVE: life.resolve_case,
    Verb.HAND_BACK: life.hand_back,
    Verb.RECLASSIFY: correcting.reclassify,
    Verb.NOT_APPEAL: correcting.not_an_appeal,
    Verb.REGRADE: correcting.regrade,
    Verb.MERGE: merging.merge,
    Verb.REOPEN: life.reopen,
    Verb.TODO: lists.todo,
    Verb.STATISTICS: statistics.statistics,
    Verb.CALL_MEETING: calendar.call,
    Verb.MOVE_MEETING: calendar.move,
    Verb.CANCEL_MEETING: calendar.cancel,
    Verb.PLAN_VISIT: home_visits.plan,
    Verb.RECORD_VISIT: home_visits.record,
    Verb.WHISTLE: blowing.blow,
    Verb.CHECK_IN: parts.check_in,
    Verb.RETURN_PART: parts.hand_back_part,
    Verb.END_WHISTLE: ending.end,
    Verb.PATROL: patrols.patrol,
    Verb.NOTICE: giving.give,
    Verb.NOTICE_STATUS: giving.status,
    Verb.WITHDRAW_NOTICE: giving.withdraw,
    Verb.MEDIATE: records.mediate,
    Verb.SHIFT: shifts.roster,
    Verb.CANCEL_SHIFT: shifts.cancel,
    Verb.SUPERVISE: supervising.supervise,
    Verb.DEFER: deferring.defer,
    Verb.RESUME: deferring.resume,
    Verb.AWAIT_MEETING: decisions.await_meeting,
    Verb.DECIDE: decisions.decide,
    Verb.REGISTER: registering.register,
    Verb.CONFIRM_RESIDENT: confirming.confirm,
    Verb.NOT_RESIDENT: confirming.deny,
    Verb.BALLOT: ballots.ballot,
    Verb.EXTEND_BALLOT: ballots.extend,
    Verb.CANCEL_BALLOT: ballots.cancel,
    Verb.VOTE: voting.vote,
    Verb.ENTRUST: proxies.entrust,
    Verb.AGREE_PROXY: proxies.agree,
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
    if not command.form.secret:
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
    if voting.misspoken(heard):
        return True
    if heard.address.spoken_to and (form := grammar.nearest(heard.address.command)) is not None:
        answer(heard, "command.unknown", said=heard.address.command[:12], example=form.example)
        return True
    heard.private_answer = True
    answer(heard, "command.hint", once=f"hint:{heard.account.id}:{heard.now:%Y%m%d%H}")
    return True
