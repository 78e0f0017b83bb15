"""The table that answers come from: the place's config, with what was added and imported; ready to search."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.answering import open_at
from nlp.answering import AnswerBook

if TYPE_CHECKING:
    from data.domain.answering import StoredAnswer
    from data.domain.areas import Area
    from handlers.context import Context


class Known(NamedTuple):
    """An answer with the words to say, and whether it may be given to who did not ask the bot."""

    key: str  # names it, so that a room hears it once in a while only
    text: str
    sure: bool
    stored: StoredAnswer | None = None


def look_up(ctx: Context, community: Area, question: str) -> Known | None:
    """Return the answer of the table, None where there is none or one cannot be sure."""
    known = ctx.policy.life.answers
    version = ctx.uow.answers.version(community.id)
    book = ctx.house.answer_books.get((community.id, version))
    if book is None:
        entries = [(-1 - i, one.words) for i, one in enumerate(known)]
        entries += [(one.id, one.words) for one in ctx.uow.answers.all_of(community.id)]
        book = AnswerBook(entries)
        for old in [key for key in ctx.house.answer_books if key[0] == community.id]:
            del ctx.house.answer_books[old]
        ctx.house.answer_books[community.id, version] = book
    match = book.find(question)
    if match is None:
        return None
    if match.key < 0:
        one = known[-1 - match.key]
        return Known(f"c{-match.key}", shown(ctx, one.answer, one.phone, one.hours), match.sure)
    stored = ctx.uow.answers.get(match.key)
    return Known(f"t{stored.id}", shown(ctx, stored.answer, stored.phone, stored.hours), match.sure, stored)


def shown(ctx: Context, answer: str, phone: str, hours: str) -> str:
    """Return an answer with whom to call, and whether anybody is there now."""
    texts = ctx.house.texts
    number = texts("answers.phone", phone=phone) if phone else ""
    if not hours:
        return f"{answer}{number}"
    here = ctx.policy.work.local(ctx.now)
    now = open_at(hours, here, ctx.policy.work.works)
    state = "" if now is None else texts("answers.open" if now else "answers.shut")
    return f"{answer}{number}{texts('answers.hours', hours=hours, state=state)}"
