"""Confirming the record of a mediation: both sides say alone whether it is right; then it is settled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain import references
from data.domain.case import WORKABLE
from data.domain.errors import UserError
from data.domain.lifecycle import Action
from data.domain.mediation import MediationOutcome
from handlers.cases.steps import record, take_step
from handlers.mediation.sides import sides_of
from handlers.saying.say import Saying, answer_about, say_to_person
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.mediation import Confirmation, Mediation
    from handlers.context import Heard

_ANSWER = re.compile(
    r"(?:(?P<no>不认可|不对|有出入|不是这样|不同意|有意见)"
    r"|确认(?:无误)?|没有?(?:出入|意见|问题|错)|认可|属实|是这样|同意|对)[的了]*"
    r"(?:[\s#＃,，:：。!！]+(?P<rest>.*))?",
    re.DOTALL,
)


def heard_as_confirmation(heard: Heard) -> bool:
    """Take 确认 or 不认可 said alone for the answer about a record; return whether it was asked for."""
    if heard.room is not None:
        return False
    said = _ANSWER.fullmatch(heard.address.text.strip())
    waiting = _waiting(heard) if said else []
    if said is None or not waiting:
        return False
    ref, words = references.read((said["rest"] or "").strip())
    heard.keep_text = True
    asked = _meant(heard, waiting, ref.number if ref else None)
    _take(heard, asked, agrees=said["no"] is None, words=words.strip())
    return True


def _waiting(heard: Heard) -> list[Confirmation]:
    """Return what the speaker was asked about cases that are still open."""
    asked = heard.uow.mediations.waiting_for(heard.person.id)
    return [a for a in asked if heard.uow.cases.get(a.case_id).is_open]


def _meant(heard: Heard, waiting: list[Confirmation], number: int | None) -> Confirmation:
    """Return what is answered: the only record that waits, or the one of the case that is named."""
    numbers = {asked.id: heard.uow.cases.get(asked.case_id).number for asked in waiting}
    meant = [asked for asked in waiting if number in (None, numbers[asked.id])]
    if len(meant) != 1:
        names = "、".join(f"#{shown}" for shown in numbers.values())
        raise UserError("mediation.which", names=names, example=f"确认 {next(iter(numbers.values()))}")
    return meant[0]


def _take(heard: Heard, asked: Confirmation, *, agrees: bool, words: str) -> None:
    """Write an answer down, tell the mediator, and settle the case if both sides agree that it is."""
    case = heard.uow.cases.get(asked.case_id)
    mediation = heard.uow.mediations.of_case(case.id)[-1]
    heard.uow.mediations.answer(asked.id, heard.now, agrees=agrees)
    why = heard.house.texts("step.reason", words=words) if words else ""
    key = f"mediation.{'agrees' if agrees else 'disagrees'}"
    shown = heard.house.texts(key, name=heard.person.name, why=why)
    record(heard, case, Action.MEDIATE, by=heard.person, words=shown)
    answer_about(heard, "mediation.thanks", (case,))
    settled = _both_agree(heard, case, mediation)
    saying = Saying(
        "mediation.settled" if settled else "mediation.said",
        dedupe=f"mediation:{asked.id}:said",
        values={"said": Said(shown), "number": case.number},
        cases=(case,),
    )
    say_to_person(heard, mediation.mediator_id, saying)
    if settled and mediation.outcome is MediationOutcome.SUCCESS:
        _resolve(heard, case, mediation)


def _both_agree(heard: Heard, case: Case, mediation: Mediation) -> bool:
    """Whether both sides are known, were asked, and all say that the record is right."""
    agreed = {asked.person_id for asked in heard.uow.mediations.asked(mediation.id) if asked.agrees}
    sides = sides_of(heard, case)
    return bool(sides.appellants and sides.others) and agreed >= {person.id for person in sides.everybody}


def _resolve(heard: Heard, case: Case, mediation: Mediation) -> None:
    """Resolve a case that is settled, unless an organisation is still called to it: 事不完,人不走."""
    if case.state in WORKABLE and heard.uow.whistles.open_on(case.id) is None:
        mediator = heard.uow.people.get(mediation.mediator_id)
        words = mediation.words
        take_step(heard, case, Action.RESOLVE, by=mediator, words=words, result=words)
