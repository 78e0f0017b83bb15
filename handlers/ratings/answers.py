"""Ratings: heard where they are said as an answer to what was asked after 办结, and acted upon."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from data.domain import references
from data.domain.case import WORKABLE, State
from data.domain.errors import RefusedError, UserError
from data.domain.events import CaseRated
from data.domain.lifecycle import Action, target
from data.domain.rating import ANSWER_WITHIN, ANSWERS
from handlers.cases.steps import Telling, record, require_reopenable, take_step
from handlers.context import Heard
from handlers.hearing.lookup import case_for, quoted_cases
from handlers.hearing.outcome import is_unclear
from handlers.ratings.questions import handles, last_asked
from handlers.ratings.second_thoughts import take_back_discontent
from handlers.saying.say import answer_about
from nlp.reading.ratings import outcome_in, rating_in, ratings_among

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.order import KeptOrder
    from data.domain.rating import Asked
    from handlers.context import Context
    from handlers.hearing.grammar import Command
    from nlp.understanding import Understanding


UNSOLVED = 4
_FOR = re.compile(r"\s*[代替帮](?P<name>\S{1,40})\s*$")  # a name, or the number of an order
TOGETHER = timedelta(hours=1)  # what was asked within it is read at one time


class Rating(NamedTuple):
    """A digit (1-5) and the words that came with it; no digit if they may be read as content or not.

    `of_the_thing` is whether the words tell how it is (还是坏的), not what somebody thinks of who did it.
    """

    digit: int | None
    words: str | None = None
    of_the_thing: bool = False


def heard_as_answer(heard: Heard) -> bool:
    """Take a digit, a word, a thumb for a rating, with more words or without, of one who was asked."""
    asked = waiting(heard)
    if not asked:
        return False
    about, text = _numbered(heard, asked)
    said = _said(text) or _outcome(text)
    if said is None:
        return False
    quoted = {case.id for case in quoted_cases(heard)}
    if heard.room is not None and heard.inbound.quote is not None and not quoted:
        return False  # a word to somebody else
    about = [a for a in about if a.case_id in quoted] if quoted else about
    fresh = [a for a in about if a.digit is None]
    addressed = heard.room is None or bool(quoted) or heard.address.spoken_to
    pending = [a for a in fresh or (about if addressed else []) if _may_be_about(heard, a, said)]
    if not pending:
        return False
    one = _meant(heard, pending, text)
    _give(heard, heard.uow.cases.get(one.case_id), one, said)
    return True


def _numbered(heard: Heard, asked: list[Asked]) -> tuple[list[Asked], str]:
    """Return the questions about the case that a rating names (`#12 满意`, else all), and the rating."""
    text = heard.address.text
    ref, rest = references.read(text)
    if ref is None or _said(rest) is None:
        return asked, text
    named = [a for a in asked if heard.uow.cases.get(a.case_id).number == ref.number]
    marked = ref.where is not None or text[0] in "#＃"
    return (named, rest) if marked or (named and len(asked) > 1) else (asked, text)


def _may_be_about(heard: Heard, asked: Asked, said: Rating) -> bool:
    """Whether a rating may answer a question; one with words that raise another matter is none."""
    if said.words is None or not heard.understanding.is_appeal:
        return True
    unplaced = not heard.understanding.place
    if said.digit == UNSOLVED and unplaced and is_unclear(heard, heard.understanding):
        return True  # 没人来收啊: whatever kind of appeal that would be by itself
    return _same_matter(heard.understanding, heard.uow.cases.get(asked.case_id))


def _meant(heard: Heard, pending: list[Asked], text: str) -> Asked:
    """Return the question asked last, unless others were asked with it: then ask back which is meant."""
    at = {asked.id: last_asked(heard, asked.case_id, asked.round, asked.asked_at) for asked in pending}
    last = max(at.values())
    together = [asked for asked in pending if last - at[asked.id] <= TOGETHER]
    if len(together) > 1:
        numbers = [f"#{heard.uow.cases.get(asked.case_id).number}" for asked in together]
        raise UserError("rate.which", said=text[:8], names="、".join(numbers), first=numbers[0])
    return together[0]


def _same_matter(said: Understanding, case: Case) -> bool:
    """Whether an appeal is about what a case is about."""
    return said.category == case.category and said.place.building in (None, case.place.building)


def heard_as_unsolved(heard: Heard, said: Understanding) -> bool:
    """Take “还在滴水” from an appellant who was asked how it went for the answer that it is not solved."""
    for asked in waiting(heard):
        case = heard.uow.cases.get(asked.case_id)
        if asked.digit is None and _same_matter(said, case):
            _give(heard, case, asked, Rating(UNSOLVED, heard.address.text, of_the_thing=True))
            return True
    return False


def waiting(heard: Heard) -> list[Asked]:
    """Return what the speaker was asked within seven days about cases that rest since, the latest first."""
    if heard.account.last_appeal_id is None:
        return []
    asked = heard.uow.ratings.asked_of(heard.person.id, heard.now - ANSWER_WITHIN)
    return [a for a in asked if _stands(heard, a)]


def _digit_said(words: str, case: Case) -> tuple[int, Rating]:
    """Return the digit that words say of a case, and all of the rating; raise if they leave it open."""
    said = _said(words)
    if said is None or said.digit is None:
        raise UserError("rate.unclear", number=case.number)
    return said.digit, said


def _said(text: str) -> Rating | None:
    """Read a rating: all of a text, or a part of one with more words (`满意 就该这么办`)."""
    digit = rating_in(text)
    if digit is not None:
        return Rating(digit)
    found = ratings_among(text)
    if not found:
        return None
    if len({ANSWERS[digit].content for digit in found}) > 1:
        return Rating(None, text)
    first, _, rest = text.partition(" ")
    return Rating(max(found), rest.strip() if rating_in(first) else text)


def _outcome(text: str) -> Rating | None:
    """Read what is said of the thing itself for a rating: 还是坏的, 谢谢,修好了."""
    digit = outcome_in(text)
    return Rating(digit, text, of_the_thing=True) if digit is not None else None


def rate(heard: Heard, command: Command) -> None:
    """Take a rating by command: 评价 #n 满意 [话]."""
    case = _case_to_rate(heard, command)
    words, name = rated_for(command.words)
    if name is not None and (appeal_id := heard.uow.appeals.on_behalf(case.id, heard.person.id, name)):
        _rate_for(heard, case, words, appeal_id)
        return
    if name is not None and heard.is_staff_for(case) and (order := _called_back(heard, case, name)):
        _rate_for_caller(heard, case, order, words)
        return
    if handles(heard, heard.person.id, case):
        raise RefusedError("refused.rate_own", verb=command.verb.value, number=case.number)
    digit, said = _digit_said(command.words, case)
    if case.state in WORKABLE and ANSWERS[digit].content:
        take_back_discontent(heard, case)
    mine = [a for a in heard.uow.ratings.of_round(case.id, case.reopened) if a.person_id == heard.person.id]
    if case.state not in (State.RESOLVED, State.CLOSED):
        target(case, Action.RATE)  # raises: there is nothing to rate yet
    if not mine:
        raise UserError("rate.not_asked", number=case.number)
    _give(heard, case, mine[0], said)


def _rate_for(heard: Heard, case: Case, words: str, appeal_id: int) -> None:
    """Take a rating that staff tell on behalf of whose appeal they reported; it is counted apart."""
    _, said = _digit_said(words, case)
    target(case, Action.RATE)
    appeal = heard.uow.appeals.get(appeal_id)
    asked = {
        "case_id": case.id,
        "person_id": heard.person.id,
        "account_id": appeal.account_id,
        "room_id": None,
        "round": case.reopened,
        "asked_at": heard.now,
        "told_by_staff": True,
    }
    heard.uow.ratings.ask(asked)
    mine = [a for a in heard.uow.ratings.of_round(case.id, case.reopened) if a.person_id == heard.person.id]
    _give(heard, case, mine[0], said)


def _called_back(heard: Heard, case: Case, name: str) -> KeptOrder | None:
    """Return the order of a case whose caller goes by a name, or 来电人 where there is one; None if none."""
    orders = heard.uow.orders.of_case(case.id)
    named = [order for order in orders if name in (order.name, order.number)]
    return next(iter(named or (orders if name == "来电人" and len(orders) == 1 else ())), None)


def _rate_for_caller(heard: Heard, case: Case, order: KeptOrder, words: str) -> None:
    """Take what the caller of a hotline's order says when staff call back; it is counted apart."""
    digit, _ = _digit_said(words, case)
    target(case, Action.RATE)
    content = ANSWERS[digit].content
    if not content:
        require_reopenable(heard, case)
    heard.uow.orders.answer(order.number, digit, heard.now)
    record(heard, case, Action.RATE, by=heard.person, words=str(digit))
    if not content:
        take_step(heard, case, Action.REOPEN, by=None)
    shown = heard.house.texts(f"rating.{digit}")
    answer_about(heard, "orders.rated", (case,), order=order.number, digit=shown)


def rated_for(words: str) -> tuple[str, str | None]:
    """Return the words of a rating without whom it is for, and that name: `满意 代王奶奶`."""
    found = _FOR.search(words)
    return (words[: found.start()].strip(), found["name"]) if found else (words, None)


def thank(ctx: Context, event: CaseRated) -> None:
    """Say to the one who rated that it was heard: alone, or not at all."""
    if isinstance(ctx, Heard) and (ctx.room is None or ctx.house.reach(ctx.account.channel).private):
        ctx.private_answer = True
        key = "step.close" if event.case.state is State.CLOSED else "rate.thanks"
        digit = ctx.house.texts(f"rating.{event.digit}")
        answer_about(ctx, key, (event.case,), digit=digit, at="")


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
    if said.digit is None:
        raise UserError("rate.mixed", said=(said.words or "")[:20])
    if not ANSWERS[said.digit].content:
        require_reopenable(heard, case)
    heard.uow.ratings.answer(asked.id, said.digit, said.words, heard.now)
    record(heard, case, Action.RATE, by=heard.person, words=str(said.digit))
    if not ANSWERS[said.digit].content:
        openly = heard.room is not None and said.of_the_thing  # what the group has read, they may, too
        take_step(heard, case, Action.REOPEN, by=None, told=Telling(note=said.words if openly else None))
        return
    answers = heard.uow.ratings.of_round(case.id, case.reopened)
    if case.state is State.RESOLVED and all(a.digit is not None for a in answers):
        take_step(heard, case, Action.CLOSE, by=None)
    heard.happened(CaseRated(case, heard.person, said.digit))
