"""表决: opened by an officer or grid leader, shown, extended once, called off."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.ballot import Ballot, BallotState
from data.domain.errors import RefusedError, UserError
from data.domain.people import OFFICERS, STAFF, Role
from data.domain.reminder import ReminderKind
from handlers.context import said_in
from handlers.deliberation import voting
from handlers.deliberation.ballot_form import read_end, read_form
from handlers.deliberation.ballot_words import choices_of, of_ballot, result_values, turnout_values
from handlers.deliberation.secrecy import in_secret
from handlers.deliberation.telling import OPENING, say_in_rooms, tell_the_roll
from handlers.deliberation.which import ballot_for, latest_ballot
from handlers.hearing.called_for import called_for
from handlers.saying.say import Saying, answer_about
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.references import Reference
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

OPENERS = OFFICERS | {Role.GRID_LEADER}
SHOWN = "shown"
SOON = timedelta(hours=24)
_MOTION = re.compile(r"议题\s*[#＃]?(\d{1,9})")
_CASE = re.compile(r"[#＃](\d{1,9})")


def ballot(heard: Heard, command: Command) -> None:
    """Show a ballot, or open one (表决 题目 …); a choice after the number is a vote: 表决 2."""
    if command.ref is not None and not command.words:
        show(heard, command.ref)
    elif command.ref is None and not command.words:
        show(heard, None)
    elif command.ref is not None and (ref := command.ref) and _chooses(heard, ref, command.words):
        in_secret(heard, lambda: voting.cast(heard, ballot_for(heard, ref), command.words))
    else:
        number = f"{command.ref.number} " if command.ref is not None else ""
        open_ballot(heard, command, f"{number}{command.words}")


def _chooses(heard: Heard, ref: Reference, words: str) -> bool:
    """Whether words after a ballot's number are one of its options."""
    try:
        found = ballot_for(heard, ref)
    except UserError:  # no such ballot: a title that begins with a number
        return False
    return found.option(words) is not None


def open_ballot(heard: Heard, command: Command, said: str) -> None:
    """Open a ballot among the households of an area, as they are now."""
    heard.keep_text, heard.private_answer = True, False  # the rooms hear of it, this one too
    areas, words = called_for(heard, command.verb, said, OPENERS)
    form = read_form(heard, words, command.form.example)
    households = heard.uow.households.within(area.id for area in areas)
    if not households:
        raise UserError("ballot.no_households", names="、".join(area.name for area in areas))
    community = heard.uow.areas.community_of(areas[0].id) or areas[0]
    opened = heard.uow.ballots.open(
        {
            "community_id": community.id,
            "areas": tuple(area.id for area in areas),
            "title": form.title,
            "options": form.options,
            "rule": form.rule,
            "named": form.named,
            "by_id": heard.person.id,
            "opened_at": heard.now,
            "ends_at": form.ends_at,
            "case_id": _case_named(heard, community.id, form.title),
            "motion_id": _motion_named(heard, community.id, form.title),
            "said_in": said_in(heard),
        },
        households,
    )
    schedule(heard, opened)
    say_in_rooms(heard, "ballot", opened, "ballot.opened", of_ballot(heard, opened))


def show(heard: Heard, ref: Reference | None) -> None:
    """Show a ballot: before its end the turnout only, after it the whole result."""
    heard.detail = SHOWN  # nothing that 撤销 takes back
    asked_which = ref is not None or heard.inbound.quote is not None
    one = (None if asked_which else latest_ballot(heard)) or ballot_for(heard, ref)
    this = (about(heard, "ballot", one),)
    if one.state is BallotState.OPEN:
        values = of_ballot(heard, one) | turnout_values(heard, one)
        answer_about(heard, "ballot.turnout", (), about=this, **values)
    elif one.state is BallotState.CANCELLED:
        answer_about(heard, "ballot.was_cancelled", (), about=this, **of_ballot(heard, one))
    else:
        answer_about(heard, "ballot.result", (), about=this, **result_values(heard, one), resent="")
        _show_choices(heard, one)


def _show_choices(heard: Heard, one: Ballot) -> None:
    """Say who chose what in a named ballot, in private, to who had a vote in it and to the staff."""
    rows = choices_of(heard, one, public=False)
    voted = heard.home is not None and heard.uow.ballots.enrols(one.id, heard.home.id)
    if rows and heard.room is None and (voted or any(heard.roles_at(area) & STAFF for area in one.areas)):
        answer_about(heard, "ballot.choices", (), number=one.number, rows=Said("\n".join(rows)))


def extend(heard: Heard, command: Command) -> None:
    """Give a ballot a later end, once: 表决 延期 2 3月12日 原因.

    It stands for the message of the day before. Where a group has heard that one, the households hear alone.
    """
    one = _own(heard, command)
    ends_at, reason = read_end(heard, command.words, command.form.example)
    if not reason:
        raise UserError("ballot.no_reason", example=command.form.example)
    if one.extended:
        raise UserError("ballot.extended_before", number=one.number)
    if ends_at <= one.ends_at:
        raise UserError("ballot.not_later", number=one.number)
    heard.uow.ballots.extend(one.id, ends_at)
    later = heard.uow.ballots.get(one.id)
    schedule(heard, later)
    values = of_ballot(heard, later) | turnout_values(heard, later) | {"reason": reason}
    if not say_in_rooms(heard, "ballot", later, "ballot.extended", values, after_at_most=OPENING):
        tell_the_roll(heard, later, Saying("ballot.extended", f"ballot:extended:{later.id}", values))


def cancel(heard: Heard, command: Command) -> None:
    """Call a ballot off, with the reason: 表决 取消 2 原因."""
    one = _own(heard, command)
    if not command.words:
        raise UserError("ballot.no_reason", example=command.form.example)
    call_off(heard, one, command.words)


def call_off(heard: Heard, one: Ballot, reason: str) -> None:
    """Call a ballot off: what was chosen is erased, and the rooms hear why."""
    heard.uow.ballots.cancel(one.id)
    heard.uow.reminders.drop(one.id, ReminderKind.BALLOT_SOON, ReminderKind.BALLOT_END)
    say_in_rooms(heard, "ballot", one, "ballot.cancelled", of_ballot(heard, one) | {"reason": reason})


def undo(heard: Heard, said: str) -> bool:
    """Call off what a message opened a moment ago; return whether it opened any."""
    opened = heard.uow.ballots.said_in(said)
    if opened is None or not opened.takes_votes(heard.now):
        return False
    call_off(heard, opened, heard.house.texts("undo.reason"))
    return True


def schedule(ctx: Context, one: Ballot) -> None:
    """Set when a ballot ends, and when the day before is: anew where the end was moved."""
    ctx.uow.reminders.drop(one.id, ReminderKind.BALLOT_SOON, ReminderKind.BALLOT_END)
    ends = int(one.ends_at.timestamp())
    soon = one.ends_at - SOON
    if soon > ctx.now:
        kind = ReminderKind.BALLOT_SOON
        ctx.uow.reminders.put(kind.key(one.id, ends), kind, one.id, soon, {"ends": ends})
    kind = ReminderKind.BALLOT_END
    ctx.uow.reminders.put(kind.key(one.id, ends), kind, one.id, one.ends_at, {"ends": ends})


def _own(heard: Heard, command: Command) -> Ballot:
    """Return the open ballot a command names: of who opened it, or of an officer over its areas."""
    one = ballot_for(heard, command.ref)
    officer = all(heard.roles_at(area_id) & OFFICERS for area_id in one.areas)
    if one.by_id != heard.person.id and not officer:
        raise RefusedError("refused.ballot", verb=command.verb.value, number=one.number)
    if not one.takes_votes(heard.now):
        raise UserError("ballot.over", number=one.number)
    return one


def _case_named(heard: Heard, community_id: int, title: str) -> int | None:
    """Return the case that a title names: 加装电梯 #12."""
    named = _CASE.search(title)
    case = heard.uow.cases.numbered(community_id, int(named[1])) if named else None
    return case.id if case is not None else None


def _motion_named(heard: Heard, community_id: int, title: str) -> int | None:
    """Return the motion that a title names: 议题3 加装电梯."""
    named = _MOTION.search(title)
    motion = heard.uow.motions.numbered(community_id, int(named[1])) if named else None
    return motion.id if motion is not None else None
