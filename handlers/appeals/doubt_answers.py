"""Answers to “疑似诉求 A … B …”: a letter, several, `是 A`, or 0; each is learned from."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from data.domain.errors import RefusedError, UserError
from data.domain.hearing import NO, YES
from data.domain.purpose import Purpose, meant
from handlers.appeals.doubts import open_doubt
from handlers.saying.say import answer_about
from handlers.texts.masking import mask
from nlp.understanding import Kind

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.hearing import Doubt, Lettered
    from handlers.context import Heard

_GAP = r"[\s\u2005,、;和.:]*"
_NAMES = rf"[A-Z]{{1,8}}(?:{_GAP}[A-Z]{{1,8}})*"
_YES = re.compile(
    rf"(?:是的?|对的?|要|立案?|立件|记)?{_GAP}{_NAMES}{_GAP}(?:都?是的?|对的?|立案?|立件|属实)?"
)
_NO = re.compile(rf"(?:都?不是|不算){_GAP}(?:{_NAMES})?|{_NAMES}{_GAP}都?(?:不是|不算)|0")
_END = "。.!?~ \u2005"


def heard_as_answer(heard: Heard) -> bool:
    """Take a letter or 0 said in private for the answer about the lines one was asked about."""
    text = unicodedata.normalize("NFKC", heard.address.text).strip(_END).upper()
    if heard.room is not None or len(text) > 40:
        return False
    no = _NO.fullmatch(text) is not None
    if not no and _YES.fullmatch(text) is None:
        return False
    asked, letters = _asked(heard), re.findall("[A-Z]+", text)
    if not asked or (letters and not _known(asked, letters)):
        return False  # a letter may be a vote, too
    if not heard.house.reach(heard.inbound.channel).stable_ids:
        raise RefusedError("refused.unstable", verb=text)
    heard.keep_text = True
    if no:
        _refuse(heard, _meant(asked, letters) if letters else _last_open(asked))
    else:
        _open(heard, _meant(asked, letters))
    return True


def _known(asked: list[Lettered], letters: list[str]) -> bool:
    """Whether one of the letters stands for a line that was asked about."""
    known = {one.letter for one in asked}
    return any(run in known or set(run) & known for run in letters)


def _asked(heard: Heard) -> list[Lettered]:
    """Return what the speaker was asked about, the last first; of the message that is quoted, if one is."""
    asked = heard.uow.doubts.lettered(heard.person.id)
    if heard.inbound.quote is None:
        return asked
    rows = heard.uow.outbox.said(heard.inbound.channel, heard.inbound.quote)
    about = [meant(row.purpose) for row in rows]
    ids = {doubt_id for kind, ids in about if kind is Purpose.DOUBTS for doubt_id in ids}
    return [one for one in asked if one.doubt.id in ids]


def _meant(asked: list[Lettered], letters: list[str]) -> list[Lettered]:
    """Return the lines under some letters; of two days' lines under one letter the later."""
    by_letter = {one.letter: one for one in reversed(asked)}
    found: list[Lettered] = []
    for run in letters:
        for name in [run] if run in by_letter else list(run):
            if name not in by_letter:
                known = "、".join(sorted(one.letter or "" for one in asked if one.doubt.answer is None))
                raise UserError("doubt.unknown", letter=name, known=known)
            found.append(by_letter[name])
    return found


def _last_open(asked: list[Lettered]) -> list[Lettered]:
    """Return the lines of the last message that have no answer yet."""
    still = [one for one in asked if one.doubt.answer is None]
    return [one for one in still if one.sent_at == still[0].sent_at]


def _open(heard: Heard, meant: list[Lettered]) -> None:
    """Open what is an appeal; what opened before is only told."""
    rows: list[str] = []
    cases: list[Case] = []
    for one in meant:
        fresh = heard.uow.doubts.get(one.doubt.id)
        case_id = fresh.case_id
        if fresh.answer in (None, NO):
            case_id = open_doubt(heard, fresh, YES)
            if fresh.answer is None:
                _learn(heard, fresh, Kind.APPEAL)
        case = heard.uow.cases.get(case_id) if case_id is not None else None
        if case is not None:
            cases.append(case)
        key = "doubt.opened" if case is not None else "doubt.told"
        rows.append(heard.house.texts(key, letter=one.letter, number=case.number if case else ""))
    answer_about(heard, "doubt.answer", tuple(cases), rows="".join(rows))


def _refuse(heard: Heard, meant: list[Lettered]) -> None:
    for one in meant:
        if one.doubt.answer is None:
            _learn(heard, one.doubt, Kind.CHAT)
            heard.uow.doubts.answered(one.doubt.id, NO)
    answer_about(heard, "doubt.refused", ())


def _learn(heard: Heard, doubt: Doubt, now: Kind) -> None:
    """Keep an answer to learn from; what was no appeal without numbers and doors."""
    yes = now is Kind.APPEAL
    heard.uow.doubts.learn(doubt.room_id, doubt.probability, yes=yes)
    heard.uow.corrections.correct(
        at=heard.now,
        person_id=heard.person.id,
        speaker_id=doubt.person_id,
        text=doubt.words if yes else mask(doubt.words),
        was=None,
        now=now.value,
    )
