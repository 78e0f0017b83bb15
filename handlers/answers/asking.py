"""问 …, a question to the bot, a question overheard: answered when that is sure, else by the grid leader."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.community import LifePart
from data.domain.errors import UserError
from data.domain.people import Role
from data.domain.purpose import Purpose
from data.domain.reminder import Reminder, ReminderKind
from data.recurring import next_monday
from handlers.answers import built_in
from handlers.answers.table import look_up
from handlers.cases.in_charge import holders
from handlers.hearing.homes import own_area
from handlers.hearing.lookup import quoted_purpose
from handlers.saying.say import Saying, answer, answer_about, say, say_to_person
from handlers.saying.things import about
from handlers.texts.wording import Said
from nlp.answering import is_question
from nlp.understanding import Kind

if TYPE_CHECKING:
    from data.domain.areas import Area
    from handlers.answers.table import Known
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

AGAIN_AFTER = timedelta(hours=2)  # so long a group that did not ask hears an answer once only
LONGEST = 200
ASKED = (Role.GRID_LEADER, Role.GRID_WORKER, Role.OFFICER, Role.OPERATOR)


def ask(heard: Heard, command: Command) -> None:
    """Answer a question to the bot from the table, else ask the grid leader: 问 停车费怎么交."""
    area = own_area(heard)
    found = _known(heard, area, command.words)
    if found is not None:
        _say(heard, found)
    else:
        _pass_on(heard, area, command.words)


def heard_as_question(heard: Heard) -> bool:
    """Answer a question: to the bot always, among neighbours when that is sure and was not just said."""
    text = heard.address.command if heard.address.spoken_to else heard.address.text
    asks = heard.understanding.kind is Kind.QUESTION or is_question(text)
    return asks and not heard.understanding.is_appeal and _questioned(heard, text)


def _questioned(heard: Heard, text: str) -> bool:
    room = heard.room
    spoken_to = heard.address.spoken_to or room is None
    if LifePart.ANSWERS in heard.policy.life.off or (not spoken_to and not (room and room.public)):
        return False
    return _asked(heard, text) if spoken_to else _overheard(heard, text)


def heard_as_known(heard: Heard) -> bool:
    """Answer what asks for what is known anyway (社区上班时间), however much of an appeal it looks like."""
    text = heard.address.command if heard.address.spoken_to else heard.address.text
    return built_in.asks(text) and _questioned(heard, text)


def _asked(heard: Heard, text: str) -> bool:
    """Answer what the bot is asked; what it does not know of a resident's the grid leader gets."""
    area = _area(heard)
    found = _known(heard, area, text) if area is not None else None
    if found is not None:
        heard.keep_text = True
        _say(heard, found)
        return True
    if area is None or heard.has_duty or heard.understanding.kind is not Kind.QUESTION:
        return False
    heard.keep_text = True
    _pass_on(heard, area, text)
    return True


def heard_as_reply(heard: Heard) -> bool:
    """Take what quotes a question the bot has passed on for its answer; it goes back to who asked."""
    number = quoted_purpose(heard, Purpose.QUESTION)
    text = heard.address.text.strip()
    if number is None or not text or text[0] == "存" or not heard.has_duty:
        return False
    asked = heard.uow.answers.asked(number)
    if asked is None:
        return False
    heard.keep_text = True
    heard.uow.answers.answered(asked.id, text, heard.now)
    account = heard.uow.people.account(asked.account_id)
    saying = Saying(
        "answers.from_leader",
        f"question:{asked.id}:answer:{heard.inbound.message_id}",
        {"who": heard.person.name, "answer": text, "question": Said(asked.words)},
        mentions=(account,) if asked.room_id is not None else (),
        reply_to=asked.message_id,
    )
    say(heard, heard.uow.rooms.get(asked.room_id) if asked.room_id is not None else account, saying)
    heard.private_answer = True
    answer_about(heard, "answers.passed_back", (), purpose=Purpose.QUESTION.of(asked.id), name=account.name)
    return True


def _overheard(heard: Heard, text: str) -> bool:
    """Answer a question among neighbours, at most once in two hours the same."""
    room = heard.room
    if room is None or room.area_id is None or heard.has_duty or heard.inbound.quote is not None:
        return False
    found = _known(heard, heard.uow.areas.get(room.area_id), text)
    if found is None or not found.sure:
        return False
    prefix = f"answer:{found.key}:r{room.id}:"
    if heard.uow.outbox.put_since(prefix, heard.now - AGAIN_AFTER, room_id=room.id):
        return False
    _say(heard, found, once=f"{prefix}{heard.inbound.message_id}")
    return True


def _area(heard: Heard) -> Area | None:
    try:
        return own_area(heard)
    except UserError:
        return None


def _known(heard: Heard, area: Area, text: str) -> Known | None:
    community = heard.uow.areas.community_of(area.id) or area
    return look_up(heard, community, text) or built_in.known(heard, area, text)


def _say(heard: Heard, found: Known, once: str | None = None) -> None:
    mark = (about(heard, "answer", found.stored),) if found.stored is not None else ()
    answer_about(heard, "answers.said", (), once=once, about=mark, answer=found.text)


def _pass_on(heard: Heard, area: Area, text: str) -> None:
    """Let the grid leader have a question; who asked hears that they have it."""
    community = heard.uow.areas.community_of(area.id) or area
    leaders = [p for _, p in holders(heard, area.id, ASKED) if p.id != heard.person.id]
    asked = heard.uow.answers.ask(
        community_id=community.id,
        person_id=heard.person.id,
        account_id=heard.account.id,
        room_id=heard.room.id if heard.room is not None else None,
        message_id=heard.inbound.message_id,
        words=text[:LONGEST],
        asked_at=heard.now,
    )
    due = next_monday(heard.policy.work, heard.now)
    key = ReminderKind.ASKED.key(community.id)
    heard.uow.reminders.arm(Reminder(0, ReminderKind.ASKED, community.id, due, key=key))
    told = False
    for leader in leaders:
        saying = Saying(
            "answers.ask_leader",
            f"question:{asked.id}:{leader.id}",
            {"name": Said(heard.account.name), "question": Said(asked.words)},
            purpose=Purpose.QUESTION.of(asked.id),
            quiet=True,
        )
        told = say_to_person(heard, leader.id, saying) or told
    answer(heard, "answers.not_known" if told else "answers.nobody_knows")
