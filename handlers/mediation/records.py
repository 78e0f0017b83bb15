"""Mediation (调解) by command: the other side named, records written, what it came to; both sides confirm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.domain.case import State
from data.domain.errors import UserError
from data.domain.lifecycle import Action, target
from data.domain.mediation import MediationOutcome, successes
from data.domain.steps import StepNote
from handlers.cases.steps import SILENTLY, take_step
from handlers.hearing.homes import resident_named
from handlers.hearing.permissions import permitted_case
from handlers.mediation.sides import note_other_side, on_timeline, sides_of
from handlers.people import services
from handlers.saying.say import Saying, answer_about, private_account, say
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.mediation import Mediation
    from data.domain.people import Person
    from data.domain.steps import Step
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

_SAID = re.compile(r"(记录|成功|未成功|不成功|转法律途径|转法律|对方)了?(?:[\s:：,，]+|$)(.*)", re.DOTALL)
OUTCOMES = {
    "成功": MediationOutcome.SUCCESS,
    "未成功": MediationOutcome.FAILURE,
    "不成功": MediationOutcome.FAILURE,
    "转法律途径": MediationOutcome.LAW,
    "转法律": MediationOutcome.LAW,
}
OTHER_SIDE = "对方"


def mediate(heard: Heard, command: Command) -> None:
    """Name the other side, write a record, or say what it came to: 调解 #n 对方|记录|成功 …."""
    case = permitted_case(heard, command)
    heard.private_answer = True
    read = _SAID.fullmatch(command.words)
    if read is None:
        raise UserError("mediation.form", example=command.form.example)
    what, words = read[1], read[2].strip()
    target(case, Action.MEDIATE)
    if what == OTHER_SIDE:
        _name_other_side(heard, case, command, words)
        return
    outcome = OUTCOMES.get(what)
    words = words or (_last_words(heard, case) if outcome else "")
    if not words:
        raise UserError("mediation.form", example=command.form.example)
    _write(heard, case, words, outcome)


def success_line(ctx: Context, community_id: int, start: datetime, end: datetime) -> str:
    """Return how many mediations of a community ended in a period, and how many well; nothing if none did."""
    found = successes(ctx.uow.mediations.outcomes(community_id, start, end))
    if found.rate is None:
        return ""
    return ctx.house.texts(
        "mediation.rate", ended=found.ended, successful=found.successful, rate=f"{found.rate:.1%}"
    )


def undo(heard: Heard, step: Step) -> None:
    """Take back a record that a step wrote; nobody need confirm it any more."""
    if step.note.mediation is not None:
        heard.uow.mediations.forget(step.note.mediation)


def _write(heard: Heard, case: Case, words: str, outcome: MediationOutcome | None) -> None:
    """Write a record and ask both sides whether it is right."""
    _take_in(heard, case)
    record = heard.uow.mediations.write(
        case_id=case.id, mediator_id=heard.person.id, at=heard.now, words=words, outcome=outcome
    )
    step = on_timeline(heard, case, _shown(heard, outcome, words), StepNote(mediation=record.id))
    sides = sides_of(heard, case)
    asked = [p for p in sides.everybody if _ask(heard, case, record, p, step)]
    unreached = [p.name for p in sides.everybody if p not in asked]
    texts = heard.house.texts
    answer_about(
        heard,
        "mediation.recorded",
        (case,),
        names="、".join(p.name for p in asked) or texts("nobody"),
        unreached=texts("mediation.unreached", names="、".join(unreached)) if unreached else "",
        missing="" if sides.others else texts("mediation.missing", number=case.number),
    )


def _ask(heard: Heard, case: Case, record: Mediation, side: Person, step_id: int) -> bool:
    """Ask one side alone whether a record is right; return whether they can be reached."""
    account = private_account(heard, side.id)
    if account is None:
        return False
    saying = Saying(
        "mediation.ask",
        dedupe=f"step:{step_id}:m{side.id}",
        values={
            "words": Said(_shown(heard, record.outcome, record.words)),
            "contact": services.legal_contact(heard, case) if record.outcome is MediationOutcome.LAW else "",
            "number": case.number,
        },
        cases=(case,),
    )
    say(heard, account, saying)
    heard.uow.mediations.ask(record.id, side.id, account.id, heard.now)
    return True


def _name_other_side(heard: Heard, case: Case, command: Command, name: str) -> None:
    """调解 #n 对方 张三: whom the dispute is with."""
    if not name:
        raise UserError("mediation.form", example=command.form.example)
    side = resident_named(heard, heard.uow.areas.get(case.community_id), name)
    sides = sides_of(heard, case)
    if side in sides.others or sides.appellants == [side]:  # a dispute needs somebody on the one side, too
        raise UserError("mediation.side_known", name=side.name, number=case.number)
    _take_in(heard, case)
    note_other_side(heard, case, side)
    answer_about(heard, "mediation.side", (case,), name=side.name)


def _take_in(heard: Heard, case: Case) -> None:
    """Take a new case in: who mediates has it in hand."""
    if case.state is State.REPORTED:
        take_step(heard, case, Action.ACCEPT, by=heard.person, told=SILENTLY, handler_id=heard.person.id)


def _shown(heard: Heard, outcome: MediationOutcome | None, words: str) -> str:
    return f"{heard.house.texts(f'mediation.outcome.{outcome.value}')}:{words}" if outcome else words


def _last_words(heard: Heard, case: Case) -> str:
    written = heard.uow.mediations.of_case(case.id)
    return written[-1].words if written else ""
