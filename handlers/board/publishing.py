"""公开: what of a case goes on the public board. It is shown first, and goes out when a person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.errors import UserError
from data.domain.publication import Publication
from handlers.board.public_words import public_words
from handlers.hearing.permissions import permitted_case
from handlers.saying.say import answer_about

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

YES, WITHOUT_PICTURES, AWAY = "确认", "无图", "撤下"
LONGEST = 400  # characters


def publish(heard: Heard, command: Command) -> None:
    """公开 12: show what would be public; 公开 12 确认 [无图]: make it so; 公开 12 撤下: take it back."""
    case = permitted_case(heard, command)
    heard.private_answer = True
    if AWAY in command.words:
        if not heard.uow.publications.drop(case.id):
            raise UserError("publish.not_public", number=case.number)
        answer_about(heard, "publish.taken_back", (case,))
        return
    if case.discreet:
        raise UserError("publish.never", number=case.number)
    shown = draft(heard, case, pictures=WITHOUT_PICTURES not in command.words)
    if YES in command.words:
        heard.uow.publications.keep(case.id, heard.person.id, heard.now, shown)
        answer_about(heard, "publish.done", (case,), number=case.number, pictures=len(shown.pictures))
    else:
        answer_about(
            heard,
            "publish.preview",
            (case,),
            number=case.number,
            words=shown.words or "–",
            result=shown.result or "–",
            pictures=len(shown.pictures),
        )


def draft(ctx: Context, case: Case, *, pictures: bool = True) -> Publication:
    """Return what of a case would be public: words with nobody in them, and pictures if a person agrees."""
    appeals = ctx.uow.appeals.of_case(case.id)
    said = "\n".join(appeal.words for appeal in appeals)
    result = case.result or ""
    names = ctx.uow.people.names_in(said + result)
    shown = [line.media for appeal in appeals for line in ctx.uow.appeals.lines(appeal.id) if line.media]
    shown += [p for s in ctx.uow.timeline.of_case(case.id) if not s.undone for p in s.note.pictures]
    return Publication(
        public_words(said, names)[:LONGEST],
        public_words(result, names)[:LONGEST],
        tuple(dict.fromkeys(shown)) if pictures else (),
    )
