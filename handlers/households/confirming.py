"""确认住户, 不是住户, 是 quoting the question: the staff say whether somebody lives where they say."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.errors import RefusedError, UserError
from data.domain.events import ResidentConfirmed
from data.domain.people import STAFF
from data.domain.purpose import Purpose
from handlers.hearing.lookup import quoted_purpose
from handlers.households.registering import where_name
from handlers.saying.say import Saying, answer, say_to_person
from handlers.texts.punctuation import without_marks
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.household import Household, Registration
    from data.domain.people import Account
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

_YES = re.compile(
    r"(?:(?:是|是的|对|对的|没错|属实|确认|好的?|ok)[,，\s]*)+(?:就?是(?:[他她]们?家?|这一?[户家]|的)?|[他她]家|住这)?",
    re.IGNORECASE,
)
_NO = re.compile(r"(?:(?:不是|不对|不属实|否|没有这个?人|不认识)[,，\s]*)+(?:[他她]们?家?|这一?[户家])?")
ANSWERED_WITHIN = timedelta(hours=24)


def confirm(heard: Heard, command: Command) -> None:
    """Confirm, as one of the staff, where somebody says they live: 确认住户 王姐 3栋2单元501."""
    if not command.words and (quoted := _quoted(heard)) is not None:
        _confirm(heard, quoted)
        return
    name, _, place = command.words.partition(" ")
    found = [r for r in _waiting(heard) if _account(heard, r).name == name.lstrip("@＠")]
    if place.strip():
        said = heard.understand(place).place
        found = [r for r in found if _fits(heard, r, said.building, said.unit, said.door)]
    if not found:
        raise UserError("household.nobody_waits", name=name, waiting=_listed(heard))
    if len(found) > 1:
        names = "、".join(f"{name} {where_name(heard, r)}" for r in found)
        raise UserError("household.which", name=name, names=Said(names))
    _confirm(heard, found[0])


def deny(heard: Heard, command: Command) -> None:
    """Say, as one of the staff, that somebody does not live there, or no longer: 不是住户 王姐."""
    quoted = _quoted(heard)
    if not command.words and quoted is not None:
        _deny(heard, quoted)
        return
    name, _, place = command.words.partition(" ")
    name = name.lstrip("@＠")
    waiting = [r for r in _waiting(heard) if _account(heard, r).name == name]
    living = [] if waiting else _living(heard, name)
    if place.strip():
        said = heard.understand(place).place
        waiting = [r for r in waiting if _fits(heard, r, said.building, said.unit, said.door)]
        living = [(a, h) for a, h in living if _fits(heard, h, said.building, said.unit, said.door)]
    if not waiting and not living:
        raise UserError("household.nobody", name=name)
    if len(waiting) + len(living) > 1:
        homes: list[Registration | Household] = [*waiting, *(home for _, home in living)]
        names = "、".join(f"{name} {where_name(heard, home)}" for home in homes)
        raise UserError("household.which", name=name, names=Said(names))
    if waiting:
        _deny(heard, waiting[0])
    else:
        _move_out(heard, *living[0])


def heard_as_answer(heard: Heard) -> bool:
    """Take 是 (or 不是) that quotes the bot's question whether somebody lives where they say."""
    text = without_marks(heard.address.text)
    yes = _YES.fullmatch(text) is not None
    if not yes and _NO.fullmatch(text) is None:
        return False
    asked = _quoted(heard) or _only_asked(heard)
    if asked is None:
        return False
    heard.keep_text = True
    (_confirm if yes else _deny)(heard, asked)
    return True


def _only_asked(heard: Heard) -> Registration | None:
    """Return what an answer without a quotation is to, alone with the bot: the one question that waits."""
    if heard.room is not None or heard.inbound.quote is not None:
        return None
    waiting = _waiting(heard)
    fresh = [one for one in waiting if heard.now - one.asked_at <= ANSWERED_WITHIN]
    return fresh[0] if len(waiting) == len(fresh) == 1 else None


def _quoted(heard: Heard) -> Registration | None:
    number = quoted_purpose(heard, Purpose.REGISTRATION)
    found = heard.uow.households.registration(number) if number is not None else None
    if number is not None and (found is None or found.answered_at is not None):
        raise UserError("household.answered")
    return found


def _confirm(heard: Heard, asked: Registration) -> None:
    _require(heard, asked.building_id)
    households = heard.uow.households
    doors = households.at_door(asked.building_id, asked.unit, asked.door)
    home = doors[0] if len(doors) == 1 else households.make(asked.building_id, asked.unit, asked.door)
    households.settle(home.id, asked.person_id, heard.now, heard.person.id)
    households.answer(asked.id, heard.person.id, heard.now, confirmed=True)
    _tell(heard, asked, "confirmed")
    heard.happened(ResidentConfirmed(asked.person_id, home.id))


def _deny(heard: Heard, asked: Registration) -> None:
    _require(heard, asked.building_id)
    heard.uow.households.answer(asked.id, heard.person.id, heard.now, confirmed=False)
    _tell(heard, asked, "denied")


def _tell(heard: Heard, asked: Registration, outcome: str) -> None:
    """Tell the one who waits, and whoever answered; whoever else was asked need not answer any more."""
    where = where_name(heard, asked)
    heard.uow.outbox.silence_all(f"{Purpose.REGISTRATION.of(asked.id)}:")
    saying = Saying(f"household.{outcome}", f"household:{outcome}:{asked.id}", {"where": where})
    say_to_person(heard, asked.person_id, saying, channel=_account(heard, asked).channel)
    heard.private_answer = True
    name = Said(_account(heard, asked).name)
    answer(heard, f"household.{outcome}_by", name=name, where=where)


def _move_out(heard: Heard, account: Account, home: Household) -> None:
    heard.uow.households.leave(account.person_id, heard.now)
    where = where_name(heard, home)
    dedupe = f"household:left:{home.id}:{account.person_id}:{heard.now.isoformat()}"
    saying = Saying("household.left", dedupe, {"where": where})
    say_to_person(heard, account.person_id, saying, channel=account.channel)
    heard.private_answer = True
    answer(heard, "household.denied_by", name=Said(account.name), where=where)


def _waiting(heard: Heard) -> list[Registration]:
    """Return what waits for a confirmation in the speaker's charge."""
    return heard.uow.households.waiting_in(heard.areas_as(STAFF))


def _living(heard: Heard, name: str) -> list[tuple[Account, Household]]:
    """Return the confirmed residents of the speaker's areas who go by a name, each with their household."""
    found: dict[int, tuple[Account, Household]] = {}
    for account in heard.uow.people.accounts_named(name):
        home = heard.uow.households.of_person(account.person_id)
        if home is not None and heard.roles_at(home.building_id) & STAFF:
            found.setdefault(account.person_id, (account, home))
    return list(found.values())


def _require(heard: Heard, building_id: int) -> None:
    if not heard.roles_at(building_id) & STAFF:
        raise RefusedError("refused.household", verb="确认住户")


def _account(heard: Heard, asked: Registration) -> Account:
    return heard.uow.people.account(asked.account_id)


def _fits(
    heard: Heard, one: Registration | Household, building: str | None, unit: str | None, door: str | None
) -> bool:
    place = one.place(heard.uow.areas.get(one.building_id).name)
    pairs = ((building, place.building), (unit, place.unit), (door, place.door))
    return all(said is None or said == known for said, known in pairs)


def _listed(heard: Heard) -> str:
    names = [f"{_account(heard, r).name} {where_name(heard, r)}" for r in _waiting(heard)[:8]]
    return heard.house.texts("household.waiting", names=Said("、".join(names))) if names else ""
