"""Ratings: asked of every appellant after 办结, heard where they are said as an answer, acted upon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import State
from data.domain.errors import UserError
from data.domain.events import CaseRated
from data.domain.lifecycle import Action, target
from data.domain.rating import ANSWER_WITHIN, ANSWERS
from handlers.announce import answer_about
from handlers.context import Heard
from handlers.lookup import case_for, quoted_cases
from handlers.steps import note, take_step
from nlp.sayings import rating_in

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.events import CaseStepped
    from data.repositories.timeline import Asked
    from handlers.context import Context
    from handlers.grammar import Command


def ask_appellants(ctx: Context, case: Case, event: CaseStepped) -> None:
    """Note that every appellant of a case is asked now; the question itself goes with the news."""
    for appeal in event.audience:
        ctx.uow.ratings.ask(
            {
                "case_id": case.id,
                "person_id": appeal.person_id,
                "account_id": appeal.account_id,
                "room_id": appeal.room_id,
                "round": case.reopened,
                "asked_at": ctx.now,
            }
        )


def heard_as_answer(heard: Heard) -> bool:
    """Take a bare digit, word or thumb for a rating, if it is said as one (design, §4)."""
    digit = rating_in(heard.address.text)
    if digit is None:
        return False
    asked = [
        a for a in heard.uow.ratings.asked_of(heard.person.id, heard.now - ANSWER_WITHIN) if _stands(heard, a)
    ]
    if not asked:
        return False
    quoted = {case.id for case in quoted_cases(heard)}
    meant = [a for a in asked if a.case_id in quoted] if quoted else asked
    if not meant or (heard.room is not None and heard.inbound.quote is not None and not quoted):
        return False
    pending = [a for a in meant if a.digit is None] or meant
    addressed = heard.room is None or bool(quoted) or heard.address.spoken_to
    if len(pending) > 1:
        if not addressed:
            return False
        names = "、".join(f"#{heard.uow.cases.get(a.case_id).number}" for a in pending)
        raise UserError("rate.which", names=names, digit=digit)
    if not addressed and (pending[0].digit is not None or _asked_else(heard)):
        return False
    _give(heard, heard.uow.cases.get(pending[0].case_id), pending[0], digit, None)
    return True


def rate(heard: Heard, command: Command) -> None:
    """评价 #n 满意 [话]: a rating by command."""
    case = _case_to_rate(heard, command)
    said, _, rest = command.words.partition(" ")
    digit, words = rating_in(command.words), None
    if digit is None:
        digit, words = rating_in(said), rest.strip() or None
    if digit is None:
        raise UserError("rate.unclear", number=case.number)
    mine = [a for a in heard.uow.ratings.of_round(case.id, case.reopened) if a.person_id == heard.person.id]
    if case.state not in (State.RESOLVED, State.CLOSED):
        target(case, Action.RATE)  # raises: there is nothing to rate yet
    if not mine:
        raise UserError("rate.not_asked", number=case.number)
    _give(heard, case, mine[0], digit, words)


def thank(ctx: Context, event: CaseRated) -> None:
    """Say alone to the one who rated that it was heard, unless a step tells them."""
    if isinstance(ctx, Heard):
        ctx.private_answer = True
        answer_about(ctx, "rate.thanks", (event.case,), digit=ctx.house.texts(f"rating.{event.digit}"))


def _case_to_rate(heard: Heard, command: Command) -> Case:
    """Return the case that is rated; without a number the only one that was asked about."""
    if command.ref is None and not quoted_cases(heard):
        asked = heard.uow.ratings.asked_of(heard.person.id, heard.now - ANSWER_WITHIN)
        pending = [a for a in asked if a.digit is None] or asked[:1]
        if len(pending) == 1:
            return heard.uow.cases.get(pending[0].case_id)
    return case_for(heard, command)


def _stands(heard: Heard, asked: Asked) -> bool:
    """Whether a question still waits: of the last 办结 of a case that rests."""
    case = heard.uow.cases.get(asked.case_id)
    return case.state in (State.RESOLVED, State.CLOSED) and asked.round == case.reopened


def _asked_else(heard: Heard) -> bool:
    """Whether the bot waits to hear something else from the one who speaks."""
    return bool(heard.uow.questions.open(heard.account.id, heard.now - ANSWER_WITHIN))


def _give(heard: Heard, case: Case, asked: Asked, digit: int, words: str | None) -> None:
    heard.keep_text = True
    heard.uow.ratings.answer(asked.id, digit, words, heard.now)
    note(heard, case, Action.RATE, by=heard.person, words=str(digit))
    if not ANSWERS[digit].content:
        if case.closed_at is None or heard.now - case.closed_at <= heard.policy.reopen_within:
            take_step(heard, case, Action.REOPEN, by=None)
        return
    answers = heard.uow.ratings.of_round(case.id, case.reopened)
    if case.state is State.RESOLVED and all(a.digit is not None for a in answers):
        take_step(heard, case, Action.CLOSE, by=None)
    else:
        heard.happened(CaseRated(case, heard.person, digit))
