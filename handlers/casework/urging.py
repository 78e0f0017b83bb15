"""Urging (催办): who has a case in hand is told to get on with it, by who may assign it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.errors import UserError
from handlers.cases.in_charge import holder_name, responsible
from handlers.cases.telling import tell_handler
from handlers.hearing.permissions import permitted_case
from handlers.saying.say import Saying, answer_about
from handlers.saying.showing import case_label, deadline
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


def urge(heard: Heard, command: Command) -> None:
    """Tell the handler of an open case that it is waited for: 催办 #n [话]."""
    case = permitted_case(heard, command)
    if not case.is_open:
        raise UserError("urge.over", number=case.number, state=case.state)
    people = [person.name for person in responsible(heard, case) if person.id != heard.person.id]
    who = holder_name(heard, case) or "、".join(people)
    if not who or who == heard.person.name:
        raise UserError("urge.nobody", number=case.number)
    values = {
        "label": case_label(heard.policy, case, public=False),
        "by": heard.person.name,
        "deadline": deadline(heard, case),
        "words": Said(f"\n{command.words}" if command.words else ""),
        "number": case.number,
    }
    tell_handler(
        heard, case, Saying("urge.told", f"urge:{case.id}:{heard.inbound.message_id}", values, (case,))
    )
    answer_about(heard, "urge.done", (case,), who=who)
