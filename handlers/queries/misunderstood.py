"""What is said to the bot and is no command, no appeal and no answer: everybody hears what they could say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.case import TOLD_ALONE
from data.domain.messages import MessageKind
from handlers.hearing import heeding, likely, own_words
from handlers.hearing.permissions import allowed_somewhere
from handlers.saying.say import answer
from nlp.understanding import Kind

if TYPE_CHECKING:
    from handlers.context import Heard

SELDOM = timedelta(minutes=10)  # at most once in it somebody is told in a group that they were not understood


def heard_as_mistake(heard: Heard) -> bool:
    """Say what staff may have meant with what is no command; nothing is opened from it."""
    mistake = heeding.mistake_in(heard)
    if mistake is None:
        return False
    heard.keep_text = True
    heard.private_answer = True
    if not heeding.listened_to(heard):
        answer(heard, "error.case.unknown", ref=mistake.said)
    elif mistake.form is None:
        answer(heard, "command.number_only", said=mistake.said)
    elif mistake.example:
        answer(heard, "command.meant", example=mistake.example)
    else:
        answer(heard, "command.unknown", said=mistake.said, example=mistake.form.example)
    return True


def not_understood(heard: Heard) -> bool:
    """Answer in one line whoever spoke to the bot and was not understood: each time.

    Staff hear it in private; in a group everybody does, but for the first time in ten minutes.
    """
    if not heeding.says_something(heard):
        return False
    if heard.inbound.kind is not MessageKind.TEXT:
        answer_seldom(heard, "command.picture")
        return True
    if heard.understanding.kind is Kind.THANKS:
        answer_seldom(heard, "command.thanks")
        return True
    if (said := own_words.small_talk(heard.address.command)) is not None:
        answer_seldom(heard, f"command.{said}")
        return True
    if heard.room is None and any(case.hazard in TOLD_ALONE for case in own_words.own_open(heard)):
        answer(heard, "command.with_you")
        return True
    near = likely.likely(heard.address.command, lambda form: allowed_somewhere(heard, form.who))
    if near is not None and (near.numbered or heard.address.spoken_to):
        answer_seldom(heard, "command.unknown", said=near.said, example=near.form.example)
    elif not heard.has_duty and len(mine := own_words.own_open(heard)) == 1:
        answer_seldom(heard, "command.hint_own", number=mine[0].number)
    else:
        answer_seldom(heard, "command.hint")
    return True


def answer_seldom(heard: Heard, key: str, **values: str | int) -> None:
    """Answer in the group at most once in ten minutes a person; else, and staff, in private."""
    once = None
    if heard.room is not None and heard.room.public:
        prefix = f"hint:{heard.account.id}:"
        lately = heard.uow.outbox.put_since(prefix, heard.now - SELDOM, account_id=0, room_id=heard.room.id)
        heard.private_answer = heard.has_duty or lately
        once = None if heard.private_answer else f"{prefix}{heard.inbound.channel}:{heard.inbound.message_id}"
    elif heard.has_duty:
        heard.private_answer = True
    answer(heard, key, once=once, **values)
