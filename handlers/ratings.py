"""Ratings: heard where they are said as an answer to what was asked after 办结, and acted upon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import WORKABLE, State
from data.domain.errors import RefusedError, UserError
from data.domain.events import CaseRated
from data.domain.lifecycle import Action, target
from data.domain.rating import ANSWER_WITHIN, ANSWERS
from handlers.announce import answer_about
from handlers.context import Heard
from handlers.lookup import case_for, quoted_cases
from handlers.rating_questions import handles
from handlers.second_thoughts import take_back_discontent
from handlers.steps import record, require_reopenable, take_step
from nlp.sayings import rating_in

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.repositories.timeline import Asked
    from handlers.context import Context
    from handlers.grammar import Command
    from nlp.understanding import Understanding

UNSOLVED = 4
_FIRST = re.compile(r"[\s,，。.!！;；、:：]+")


class Rating(NamedTuple):
    """A digit (1-5) and the words that came with it; `loose` if a digit is all that makes it one."""

    digit: int
    words: str | None = None
    loose: bool = False


def heard_as_answer(heard: Heard) -> bool:
    """Take a bare digit, word or thumb for a rating, if it is said as one (design, §4)."""
    said = _said(heard.address.text)
    if said is None:
        return False
    asked = waiting(heard)
    quoted = {case.id for case in quoted_cases(heard)}
    if heard.room is not None and heard.inbound.quote is not None and not quoted:
        return False  # a word to somebody else
    meant = [a for a in asked if a.case_id in quoted] if quoted else asked
    pending = [a for a in meant if a.digit is None] or meant
    addressed = heard.room is None or bool(quoted) or heard.address.spoken_to
    if not pending or (not addressed and (said.loose or not _only_asked(heard, pending))):
        return False
    if len(pending) > 1:
        names = "、".join(f"#{heard.uow.cases.get(a.case_id).number}" for a in pending)
        raise UserError("rate.which", names=names, digit=said.digit)
    _give(heard, heard.uow.cases.get(pending[0].case_id), pending[0], said)
    return True


def heard_as_unsolved(heard: Heard, said: Understanding) -> bool:
    """Take “还在滴水” from an appellant who was asked how it went for the answer that it is not solved."""
    for asked in waiting(heard):
        case = heard.uow.cases.get(asked.case_id)
        elsewhere = said.place.building not in (None, case.place.building)
        if asked.digit is None and said.category == case.category and not elsewhere:
            _give(heard, case, asked, Rating(UNSOLVED, heard.address.text))
            return True
    return False


def waiting(heard: Heard) -> list[Asked]:
    """Return what the speaker was asked within seven days about cases that rest since, the latest first."""
    if heard.account.last_appeal_id is None:
        return []
    asked = heard.uow.ratings.asked_of(heard.person.id, heard.now - ANSWER_WITHIN)
    return [a for a in asked if _stands(heard, a)]


def _only_asked(heard: Heard, pending: list[Asked]) -> bool:
    """Whether one rating is all that is asked of the speaker."""
    asked_else = heard.uow.questions.open(heard.account.id, heard.now - ANSWER_WITHIN)
    return len(pending) == 1 and pending[0].digit is None and not asked_else


def _said(text: str) -> Rating | None:
    """Read a rating: all of a text, or its first word with more behind it (`满意 就该这么办`)."""
    digit = rating_in(text)
    if digit is not None:
        return Rating(digit)
    first, *rest = _FIRST.split(text.strip(), maxsplit=1)
    digit = rating_in(first) if rest and rest[0].strip() else None
    return Rating(digit, rest[0].strip(), loose=first.isdigit()) if digit is not None else None


def rate(heard: Heard, command: Command) -> None:
    """评价 #n 满意 [话]: a rating by command."""
    case = _case_to_rate(heard, command)
    if handles(heard, heard.person.id, case):
        raise RefusedError("refused.rate_own", verb=command.verb.value, number=case.number)
    said = _said(command.words)
    if said is None:
        raise UserError("rate.unclear", number=case.number)
    if case.state in WORKABLE and ANSWERS[said.digit].content:
        take_back_discontent(heard, case)
    mine = [a for a in heard.uow.ratings.of_round(case.id, case.reopened) if a.person_id == heard.person.id]
    if case.state not in (State.RESOLVED, State.CLOSED):
        target(case, Action.RATE)  # raises: there is nothing to rate yet
    if not mine:
        raise UserError("rate.not_asked", number=case.number)
    _give(heard, case, mine[0], said)


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


def _give(heard: Heard, case: Case, asked: Asked, said: Rating) -> None:
    heard.keep_text = True
    if not ANSWERS[said.digit].content:
        require_reopenable(heard, case)
    heard.uow.ratings.answer(asked.id, said.digit, said.words, heard.now)
    record(heard, case, Action.RATE, by=heard.person, words=str(said.digit))
    if not ANSWERS[said.digit].content:
        take_step(heard, case, Action.REOPEN, by=None)
        return
    answers = heard.uow.ratings.of_round(case.id, case.reopened)
    if case.state is State.RESOLVED and all(a.digit is not None for a in answers):
        take_step(heard, case, Action.CLOSE, by=None)
    else:
        heard.happened(CaseRated(case, heard.person, said.digit))
