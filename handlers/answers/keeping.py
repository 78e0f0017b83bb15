"""问答 加|删, 存: what the table holds; and every week to the officer what was asked and not known."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain import references
from data.domain.errors import UserError
from data.domain.people import Role
from data.domain.purpose import Purpose
from handlers.cases.in_charge import holders
from handlers.context import said_in
from handlers.hearing.homes import own_community
from handlers.hearing.lookup import quoted_purpose
from handlers.saying.say import Saying, answer, answer_about, say_to_person
from handlers.saying.showing import resent
from handlers.saying.things import about
from handlers.texts.wording import Said
from nlp.answering import essence, matches_everything

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.areas import Area
    from data.domain.reminder import Reminder
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

MOST, LISTED, LONGEST, LONGEST_WORD = 5_000, 15, 500, 30
WEEK = timedelta(days=7)
_ADD = re.compile(r"[加+]\s*(?P<words>[^|｜]+?)\s*[|｜]\s*(?P<answer>\S.*)", re.DOTALL)
_REMOVE = re.compile(r"(?:删除?|去掉)\s*(?P<ref>[#＃]?\d{1,9})")


def table(heard: Heard, command: Command) -> None:
    """Show the table of answers, add to it or take from it: 问答, 问答 加 停车费,月租 | …, 问答 删 3."""
    community = own_community(heard)
    words = command.words.strip()
    heard.private_answer = True
    added, removed = _ADD.fullmatch(words), _REMOVE.fullmatch(words)
    if added is not None:
        _keep(heard, community, re.split(r"[,，、;；]+", added["words"]), added["answer"].strip())
    elif removed is not None:
        ref, _ = references.read(removed["ref"])
        found = heard.uow.answers.numbered(community.id, ref.number) if ref is not None else None
        if found is None:
            raise UserError("answers.unknown", number=ref.number if ref else "")
        heard.uow.answers.remove(found.id)
        mark = (about(heard, "answer", found),)
        answer_about(
            heard, "answers.removed", (), about=mark, number=found.number, words="、".join(found.words)
        )
    elif words:
        raise UserError("answers.form", example=command.form.example)
    else:
        _list(heard, community)


def save(heard: Heard, command: Command) -> None:
    """Keep the answer that was just given, for the next who asks: 存, quoting it."""
    number = quoted_purpose(heard, Purpose.QUESTION)
    asked = heard.uow.answers.asked(number) if number is not None else None
    if asked is None or asked.answer is None:
        raise UserError("answers.nothing_to_save")
    community = heard.uow.areas.get(asked.community_id)
    words = re.split(r"[,，、;；]+", command.words) if command.words else [essence(asked.words)]
    heard.private_answer = True
    _keep(heard, community, words, asked.answer)


def undo(heard: Heard, said: str) -> bool:
    """Take back the answer that a message put into the table; False if it put none."""
    found = heard.uow.answers.said_in(said)
    if found is None:
        return False
    heard.uow.answers.remove(found.id)
    heard.private_answer = True
    answer(heard, "answers.removed", number=found.number, words="、".join(found.words))
    return True


def fire(ctx: Context, reminder: Reminder) -> None:
    """Tell the officers what was asked last week and not known, most asked first."""
    asked = ctx.uow.answers.not_known(reminder.subject, ctx.now - WEEK)
    counts = Counter(essence(one.words) or one.words for one in asked)
    first: dict[str, str] = {}
    for one in asked:
        first.setdefault(essence(one.words) or one.words, one.words)
    rows = "".join(
        "\n" + ctx.house.texts("answers.asked_row", words=Said(first[key]), count=count)
        for key, count in counts.most_common(LISTED)
    )
    if not rows:
        return
    for _, officer in holders(ctx, reminder.subject, (Role.OFFICER, Role.OPERATOR)):
        dedupe = f"rem:{reminder.id}:{reminder.due.isoformat()}:{officer.id}"
        values = {"rows": Said(rows), "resent": resent(ctx, reminder)}
        say_to_person(ctx, officer.id, Saying("answers.asked", dedupe, values))


def check_words(words: Sequence[str]) -> list[str]:
    """Return the words of an entry, or raise: none, too long, or such as are in every question."""
    found = [word.strip() for word in words if word.strip()]
    if not found:
        raise UserError("answers.no_words")
    for word in found:
        if matches_everything(word):
            raise UserError("answers.everything", word=word[:LONGEST_WORD])
        if len(word) > LONGEST_WORD:
            raise UserError("answers.long", most=LONGEST_WORD)
    return found


def _keep(heard: Heard, community: Area, said: Sequence[str], text: str) -> None:
    words = check_words(said)
    if len(text) > LONGEST:
        raise UserError("answers.long", most=LONGEST)
    if len(heard.uow.answers.all_of(community.id)) >= MOST:
        raise UserError("answers.full", most=MOST)
    kept = heard.uow.answers.keep(community.id, words, text, said_in=said_in(heard))
    mark = (about(heard, "answer", kept),)
    answer_about(heard, "answers.kept", (), about=mark, number=kept.number, words="、".join(words))


def _list(heard: Heard, community: Area) -> None:
    known = heard.uow.answers.all_of(community.id)
    rows = "".join(
        "\n"
        + heard.house.texts(
            "answers.row", number=one.number, words="、".join(one.words), answer=one.answer[:40]
        )
        for one in known[-LISTED:]
    )
    more = heard.house.texts("answers.more", count=len(known)) if len(known) > LISTED else ""
    answer(heard, "answers.list" if known else "answers.none", rows=rows + more)
