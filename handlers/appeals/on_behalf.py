"""代报 王奶奶 3栋501 …: staff say somebody's appeal for them; news goes to who reported it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.domain.case import Source, Urgency
from data.domain.errors import UserError
from data.domain.events import CaseReported, EmergencyRaised
from data.domain.lifecycle import Action
from handlers.appeals import filing
from handlers.appeals.found_by_staff import place_of
from handlers.appeals.listening import line_of
from handlers.cases import opening
from handlers.cases.same_matter import already_open
from handlers.cases.steps import record
from handlers.hearing.areas import address_among
from handlers.hearing.pictures import lines_before
from handlers.saying.say import answer_about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

LONGEST_NAME = 12


def report(heard: Heard, command: Command) -> None:
    """Take in an appeal that staff say for somebody: 代报 谁 地址 情况 [电话]."""
    heard.private_answer = True
    found = address_among(heard, command.words)
    name, words = (found.before, found.after) if found is not None else ("", "")
    if not name:
        name, _, words = words.partition(" ")
    if found is None or not words.strip() or len(name) > LONGEST_NAME:
        raise UserError("on_behalf.form", example=command.form.example)
    address = found.address
    said = heard.understand(words)
    place = address.place.filled_from(place_of(said))
    known = already_open(heard, address.grid, said, place)
    lines = [*lines_before(heard), replace(line_of(heard), text=words.strip())]
    if known is not None:
        appeal = filing.write_appeal(heard, lines, known.id, joined=True, alone=True)
        heard.uow.appeals.change(appeal.id, on_behalf_of=name)
        record(heard, known, Action.JOIN, by=heard.person)
        answer_about(heard, "on_behalf.joined", (known,), name=Said(name))
        return
    case = opening.open_case(
        heard, address.grid, said, building=address.building, place=place, source=Source.APPEAL
    )
    appeal = filing.write_appeal(heard, lines, case.id, alone=True)
    heard.uow.appeals.change(appeal.id, on_behalf_of=name)
    emergency = case.urgency is Urgency.EMERGENCY
    heard.happened(EmergencyRaised(case, appeal) if emergency else CaseReported(case, appeal))
