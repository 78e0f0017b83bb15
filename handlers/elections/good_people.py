"""好人: neighbours thank somebody; the officer puts it on the list of the month."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from data.domain.errors import UserError
from data.domain.people import OFFICERS, Role
from handlers.cases.in_charge import holders
from handlers.hearing.homes import own_community, shown_name
from handlers.hearing.things import meant
from handlers.saying.say import Saying, answer, answer_about, say_to_person
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.good_person import GoodPerson
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

LONGEST, LONGEST_NAME = 200, 12


def praise(heard: Heard, command: Command) -> None:
    """Note whom somebody thanks, or show the list of the month: 好人 谁 做了什么."""
    community = own_community(heard)
    name, _, words = command.words.strip().partition(" ")
    if not name:
        work = heard.policy.work
        first = work.at(work.local(heard.now).date().replace(day=1), time.min)
        found = heard.uow.good_people.published(community.id, first, heard.now)
        rows = "".join(f"\n{heard.house.texts('good.row', name=one.name, words=one.words)}" for one in found)
        answer(heard, "good.list" if found else "good.none", rows=Said(rows))
        return
    if not words.strip() or len(name) > LONGEST_NAME or len(words) > LONGEST:
        raise UserError("good.form", example=command.form.example)
    made = heard.uow.good_people.praise(
        community_id=community.id, name=name, words=words.strip(), by_id=heard.person.id, at=heard.now
    )
    heard.private_answer = True
    mark = (about(heard, "good_person", made),)
    values: dict[str, Any] = {"number": made.number, "name": Said(name), "words": Said(made.words)}
    answer_about(heard, "good.noted", (), about=mark, **values)
    for _, officer in holders(heard, community.id, (Role.OFFICER, Role.OPERATOR)):
        if officer.id != heard.person.id:
            by = {"by": Said(shown_name(heard, heard.person.id))}
            key = f"good:{made.id}:{officer.id}"
            say_to_person(heard, officer.id, Saying("good.offered", key, values | by, about=mark))


def publish(heard: Heard, command: Command) -> None:
    """Put a good person on the list of the month: 好人 发布 4."""
    heard.private_answer = True
    one = meant(
        heard,
        command,
        "good_person",
        numbered=heard.uow.good_people.numbered,
        open_in=heard.uow.good_people.unpublished,
    )
    if not heard.uow.good_people.publish(one.id, heard.now):
        raise UserError("good.published", number=one.number)
    mark = (about(heard, "good_person", one),)
    name, words = Said(one.name), Said(one.words)
    answer_about(heard, "good.out", (), about=mark, number=one.number, name=name, words=words)
    values = {"number": one.number, "name": name, "words": words}
    for person_id in _called(heard, one):
        key = f"good:{one.id}:yours:{person_id}"
        say_to_person(heard, person_id, Saying("good.yours", key, values, about=mark))


def hide_name(heard: Heard, command: Command) -> None:
    """好人 打码 4, by the person meant or an officer: the list names them by the first character alone."""
    month = timedelta(days=31)
    one = meant(
        heard,
        command,
        "good_person",
        numbered=heard.uow.good_people.numbered,
        open_in=lambda area: heard.uow.good_people.published(area, heard.now - month, heard.now),
    )
    officer = bool(heard.roles_at(one.community_id) & OFFICERS)
    if not officer and heard.person.id not in _called(heard, one):
        raise UserError("good.not_yours", number=one.number)
    name = f"{one.name[:1]}某"
    heard.uow.good_people.rename(one.id, name)
    heard.private_answer = True
    mark = (about(heard, "good_person", one),)
    answer_about(heard, "good.hidden", (), about=mark, number=one.number, name=name)


def _called(heard: Heard, one: GoodPerson) -> list[int]:
    """Return whom a good person's name is the name of, in their community."""
    accounts = heard.uow.people.accounts_named(one.name)
    here = {room.id for room in heard.uow.rooms.public_in(one.community_id)}
    return list(dict.fromkeys(a.person_id for a in accounts if a.last_room_id in here))
