"""党员报到, 认领, 可认领: party members of a building, and the small cases they take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.areas import building_label
from data.domain.case import Grade, State
from data.domain.errors import RefusedError, UserError
from data.domain.lifecycle import Action, target
from data.domain.people import Role
from data.domain.purpose import Purpose
from handlers.cases.in_charge import holders
from handlers.cases.steps import take_step
from handlers.hearing.homes import own_community, shown_name
from handlers.hearing.lookup import case_for, quoted_purpose
from handlers.hearing.permissions import permitted_case
from handlers.saying.gently import say_gently
from handlers.saying.rooms_for import rooms_serving
from handlers.saying.say import Saying, answer, answer_about, say_to_person
from handlers.texts.wording import Said
from handlers.volunteers import wishes

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

_SAID = re.compile(r"(?P<where>\S+?)(?:\s+(?:特长)?[\s::]*(?P<skills>\S.*))?")
_YES = re.compile(r"(?:是|是的|对|同意|属实|确认|好的?)[。.!!]?")
LONGEST = 60


def report(heard: Heard, command: Command) -> None:
    """Put a party member on the list of an area, once an officer agrees: 党员报到 3栋 特长 法律."""
    heard.private_answer = True
    found = _SAID.fullmatch(command.words.strip())
    community = own_community(heard)
    said = heard.understand(found["where"]).place if found else None
    label = building_label(said.building) if said and said.building else None
    buildings = heard.uow.areas.buildings(community.id, label) if label else []
    if found is None or len(buildings) != 1:
        raise UserError("party.form", example=command.form.example)
    skills = (found["skills"] or "")[:LONGEST]
    heard.uow.party.report(heard.person.id, buildings[0].id, skills, confirmed=False)
    values = {
        "name": Said(shown_name(heard, heard.person.id)),
        "building": buildings[0].name,
        "skills": Said(skills),
    }
    for _, officer in holders(heard, buildings[0].id, (Role.OFFICER, Role.OPERATOR)):
        key = f"party:{heard.person.id}:{officer.id}:{heard.inbound.message_id}"
        purpose = Purpose.PARTY_MEMBER.of(heard.person.id)
        say_to_person(heard, officer.id, Saying("party.ask", key, dict(values), purpose=purpose))
    answer(heard, "party.waits")


def heard_as_answer(heard: Heard) -> bool:
    """Take an officer's 是 that quotes the question whether somebody is a party member."""
    number = quoted_purpose(heard, Purpose.PARTY_MEMBER)
    if number is None or not _YES.fullmatch(heard.address.text.strip()):
        return False
    member = heard.uow.party.member(number)
    if member is None:
        return False
    heard.keep_text = True
    if member.confirmed:
        return True
    heard.uow.party.report(number, member.area_id, member.skills, confirmed=True)
    area = heard.uow.areas.get(member.area_id)
    name = Said(shown_name(heard, number))
    saying = Saying("party.greeting", f"party:{number}:greeting", {"name": name, "building": area.name})
    for room in rooms_serving(heard, [area]):
        say_gently(heard, room, saying.under(f"r{room.id}"))
    say_to_person(
        heard, number, Saying("party.confirmed", f"party:{number}:confirmed", {"building": area.name})
    )
    heard.private_answer = True
    answer(heard, "party.noted", name=name)
    return True


def make_claimable(heard: Heard, command: Command) -> None:
    """Let party members take a small case: 可认领 12."""
    heard.private_answer = True
    case = permitted_case(heard, command)
    if not case.is_open or case.discreet or case.grade is not Grade.MINOR:
        raise UserError("party.not_small", number=case.number)
    heard.uow.party.make_claimable(case.id)
    answer_about(heard, "party.claimable", (case,), number=case.number)


def claim(heard: Heard, command: Command) -> None:
    """认领 心愿6, by anybody; 认领 12, by a party member: a small case that staff have opened for it."""
    if wishes.is_meant(heard, command):
        wishes.claim(heard, command)
        return
    member = heard.uow.party.member(heard.person.id)
    if member is None or not member.confirmed:
        raise RefusedError("party.not_member", verb=command.verb.value)
    case = case_for(heard, command)
    if not case.is_open or case.state is State.DEFERRED or not heard.uow.party.claimed(case.id):
        raise UserError("party.not_claimable", number=case.number)
    target(case, Action.ASSIGN)
    take_step(
        heard,
        case,
        Action.ASSIGN,
        by=heard.person,
        words=shown_name(heard, heard.person.id),
        assignee_id=heard.person.id,
        assignee_org_id=None,
    )
