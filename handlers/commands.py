"""Commands: recognised where they may be said, allowed or refused, handed to what does them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.errors import UserError
from handlers import undoing
from handlers.activities import ahead, calling, check_ins, results, sign_ups, units
from handlers.answers import asking, keeping
from handlers.appeals import listening, on_behalf, seconding
from handlers.board import publishing
from handlers.casework import correcting, deferring, life, merging, supervising, urging
from handlers.deliberation import (
    agenda,
    ballots,
    four_discussions,
    links,
    minutes,
    motions,
    proxies,
    publicity,
    resolutions,
    voting,
)
from handlers.elections import calling as elections
from handlers.elections import good_people
from handlers.elections import voting as election_votes
from handlers.emergencies import shifts
from handlers.hearing import grammar, heeding
from handlers.hearing.asked_for import asked_for
from handlers.hearing.forms import FORM_OF
from handlers.hearing.grammar import Command
from handlers.hearing.permissions import require
from handlers.hearing.several import read_each
from handlers.hearing.verbs import Verb
from handlers.households import confirming, registering
from handlers.mediation import records
from handlers.meetings import calendar, decisions
from handlers.necessary import duty_calls
from handlers.notices import giving
from handlers.own import changing
from handlers.pairs import paired_households, party
from handlers.people import auditing, binding, my_data, own_calendar, putting_out, room_links
from handlers.queries import help_text, lists
from handlers.queries.misunderstood import answer_seldom
from handlers.ratings import answers
from handlers.reports import statistics
from handlers.saying.refusals import worded
from handlers.saying.say import answer
from handlers.visits import home_visits, patrols, readable
from handlers.volunteers import goods, helping, ledger, skills, wishes
from handlers.whistles import blowing, ending, parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.domain.messages import Inbound
    from handlers.context import Heard


def _make_public(heard: Heard, command: Command) -> None:
    """公开 本月资金 with a file is a ledger, 公开 12 a case."""
    if command.ref is None and command.words:
        publicity.ledger(heard, command)
    else:
        publishing.publish(heard, command)


HANDLERS: dict[Verb, Callable[[Heard, Command], None]] = {
    Verb.HELP: help_text.help_text,
    Verb.PROGRESS: links.progress,
    Verb.MINE: lists.list_mine,
    Verb.WITHDRAW: life.withdraw,
    Verb.SECOND: seconding.second,
    Verb.RATE: answers.rate,
    Verb.SIGN_UP: sign_ups.sign_up,
    Verb.SIGN_OFF: sign_ups.sign_off,
    Verb.MY_DATA: my_data.show,
    Verb.DELETE_MY_DATA: my_data.delete,
    Verb.CORRECT: my_data.correct,
    Verb.PUT_OUT: putting_out.put_out,
    Verb.BAN: putting_out.ban,
    Verb.LIFT_BAN: putting_out.lift,
    Verb.AUDIT: auditing.read,
    Verb.INVITE: room_links.invite,
    Verb.CANCEL_INVITATION: room_links.cancel,
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
    Verb.URGE: urging.urge,
    Verb.DEFER: deferring.defer,
    Verb.RESUME: deferring.resume,
    Verb.AWAIT_MEETING: decisions.await_meeting,
    Verb.DECIDE: resolutions.decide,
    Verb.SIGN_IN: check_ins.check_in,
    Verb.BUILDING_DAY: calling.building_day,
    Verb.SERVICE_DAY: calling.service_day,
    Verb.ACTIVITY: calling.activity,
    Verb.ACTIVITIES: ahead.activities,
    Verb.MOVE_ACTIVITY: calling.move,
    Verb.CANCEL_ACTIVITY: calling.cancel,
    Verb.NOTE_ACTIVITY: results.note,
    Verb.END_ACTIVITY: results.end,
    Verb.COME: units.come,
    Verb.NOT_COMING: units.not_coming,
    Verb.VOLUNTEER: skills.volunteer,
    Verb.LOOK_FOR_HELP: helping.look_for,
    Verb.TAKE_HELP: helping.take,
    Verb.HELP_DONE: helping.done,
    Verb.POINTS: ledger.points,
    Verb.ADD_POINTS: ledger.add,
    Verb.DEDUCT_POINTS: ledger.deduct,
    Verb.EXCHANGE: goods.exchange,
    Verb.HAND_OUT: goods.hand_out,
    Verb.CANCEL_EXCHANGE: goods.cancel,
    Verb.WISH: wishes.wish,
    Verb.PUBLISH_WISH: wishes.publish,
    Verb.CLAIM: party.claim,
    Verb.WISH_DONE: wishes.done,
    Verb.LIST_VISITS: readable.listed,
    Verb.CANCEL_VISIT: readable.cancel,
    Verb.LOOK_UP_VISITS: readable.look_up,
    Verb.VISIT_COVERAGE: readable.coverage,
    Verb.PAIR: paired_households.pair,
    Verb.MY_PAIRS: paired_households.mine,
    Verb.PARTY_MEMBER: party.report,
    Verb.CLAIMABLE: party.make_claimable,
    Verb.NECESSARY: duty_calls.enter,
    Verb.ARRIVED: duty_calls.arrived,
    Verb.ON_BEHALF: on_behalf.report,
    Verb.ELECTION: elections.election,
    Verb.ELECTION_LIST: elections.confirm_list,
    Verb.ELECTION_VOTE: election_votes.vote,
    Verb.NOMINATE: elections.nominate,
    Verb.GOOD_PERSON: good_people.praise,
    Verb.PUBLISH_GOOD: good_people.publish,
    Verb.MASK_GOOD: good_people.hide_name,
    Verb.ASK: asking.ask,
    Verb.ANSWERS: keeping.table,
    Verb.SAVE_ANSWER: keeping.save,
    Verb.REGISTER: registering.register,
    Verb.CONFIRM_RESIDENT: confirming.confirm,
    Verb.NOT_RESIDENT: confirming.deny,
    Verb.MOTION: motions.motion,
    Verb.SUPPORT: motions.support,
    Verb.LIST_MOTION: agenda.put_on_agenda,
    Verb.AGENDA: agenda.show,
    Verb.MINUTES: minutes.write,
    Verb.PUBLICITY: publicity.publicity,
    Verb.OBJECT: publicity.object_to,
    Verb.ANSWER_OBJECTION: publicity.answer_objection,
    Verb.FOUR: four_discussions.four,
    Verb.BALLOT: ballots.ballot,
    Verb.EXTEND_BALLOT: ballots.extend,
    Verb.CANCEL_BALLOT: ballots.cancel,
    Verb.VOTE: voting.vote,
    Verb.ENTRUST: proxies.entrust,
    Verb.AGREE_PROXY: proxies.agree,
    Verb.UNDO: undoing.undo,
    Verb.BIND: binding.bind,
    Verb.CALENDAR: own_calendar.calendar,
    Verb.PUBLISH: _make_public,
    Verb.CHANGE_RULES: changing.change_rules,
    Verb.CHANGE_WORDINGS: changing.change_wordings,
}


ALONE = {Verb.TODO, Verb.UNDO}  # answered to the speaker alone in staff rooms, too


def heard_as_command(heard: Heard) -> bool:
    """Do what a message commands; return False if it is no command, or not said where commands are said."""
    command = heeding.command_in(heard)
    if command is None:
        return False
    _give(heard, command, read_each(heard.address.command))
    return True


def heard_as_asked_for(heard: Heard) -> bool:
    """Do what the bot is asked for without the word of the command, or say which words do it."""
    asked = asked_for(heard.address.command) if heard.address.spoken_to or heard.room is None else None
    if asked is None:
        return False
    if asked.at_once:
        _give(heard, Command(asked.verb, None, heard.address.command if asked.with_words else ""))
        return True
    if asked.verb is Verb.CORRECT and listening.hear_more(heard):
        return True
    if asked.verb is Verb.REGISTER and listening.says_where_just_raised(heard):
        return listening.hear_more(heard)
    form = FORM_OF[asked.verb]
    if asked.told:
        answer_seldom(heard, f"command.{asked.told}")
        return True
    require(heard, form)
    heard.private_answer = heard.private_answer or form.to_oneself
    what = heard.house.texts(f"help.{asked.verb.name.lower()}")
    answer_seldom(heard, "command.how", example=form.example, what=what)
    return True


SEARCHING: dict[Verb, Callable[[Heard, Command], Any]] = {Verb.STATISTICS: statistics.look_up}


def may_search(inbound: Inbound) -> bool:
    """Whether a message may be a command that goes through many cases: that is looked up beforehand."""
    return inbound.quote is None and any(verb in inbound.text for verb in SEARCHING)


def look_ahead(heard: Heard) -> Any:
    """Look up what a message's answer is made of, where nobody waits for the writer; None if nothing is.

    What is wrong with the command is found, and said, by who does it.
    """
    command = heeding.command_in(heard)
    searching = SEARCHING.get(command.verb) if command is not None else None
    if command is None or searching is None or read_each(heard.address.command):
        return None
    try:
        _make_ready(heard, command)
        _check(heard, command)
        return searching(heard, command)
    except UserError:
        return None


def _make_ready(heard: Heard, command: Command) -> None:
    heard.keep_text = True
    heard.detail = command.verb.value  # which the handler may change
    heard.private_answer = command.form.to_oneself
    heard.to_oneself = command.verb in ALONE


def _give(heard: Heard, command: Command, each: tuple[Command, ...] = ()) -> None:
    """Do a command, or `each` of several; what is wrong is said where the answer would be."""
    _make_ready(heard, command)
    try:
        if each:
            _do_each(heard, [part for one in each for part in _parts(one)])
        else:
            _do(heard, command)
    except UserError as error:
        error.private, error.to_oneself = command.form.secret, heard.to_oneself
        raise


def _do(heard: Heard, command: Command) -> None:
    _check(heard, command)
    if command.others:
        _do_each(heard, _parts(command))
    else:
        HANDLERS[command.verb](heard, command)


def _check(heard: Heard, command: Command) -> None:
    require(heard, command.form)
    if not command.form.secret:
        grammar.require_words(command)


def _parts(command: Command) -> list[Command]:
    """Return a command with several numbers as one for each."""
    return [command._replace(ref=ref, others=()) for ref in (command.ref, *command.others)]


def _do_each(heard: Heard, commands: list[Command]) -> None:
    """Do several commands, each for itself; what comes of them is said in one message a place."""
    heard.bundle = f"several:{heard.inbound.channel}:{heard.inbound.message_id}"
    private, refused = heard.private_answer, []
    for command in commands:
        heard.private_answer = private
        happened = len(heard.events)
        try:
            with heard.uow.savepoint():
                _check(heard, command)
                HANDLERS[command.verb](heard, command)
        except UserError as error:
            del heard.events[happened:]
            refused.append(error)
    heard.private_answer = private
    if refused:
        refusals = dict.fromkeys(worded(heard, error) for error in refused)  # what fits all is said once
        answer(heard, "command.refused", refusals="\n".join(refusals))
