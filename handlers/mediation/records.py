"""Mediation (调解) by command: the other side named, records written, what it came to; both sides confirm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from data.domain.case import State
from data.domain.errors import UserError
from data.domain.lifecycle import Action, target
from data.domain.mediation import Outcome, successes
from handlers.cases.steps import take_step
from handlers.hearing.lookup import case_for
from handlers.hearing.permissions import require_for
from handlers.people import services
from handlers.saying.say import Saying, answer_about, private_account, say
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.mediation import Mediation
    from data.domain.people import Person
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

_SAID = re.compile(r"(记录|成功|未成功|不成功|转法律途径|转法律|对方)(?:[\s:：,，]+|$)(.*)", re.DOTALL)
OUTCOMES = {
    "成功": Outcome.SUCCESS,
    "未成功": Outcome.FAILURE,
    "不成功": Outcome.FAILURE,
    "转法律途径": Outcome.LAW,
    "转法律": Outcome.LAW,
}
OTHER_SIDE = "对方"


class Sides(NamedTuple):
    """Who is asked to confirm a record: the other side as far as named, and who else raised the case.

    Both may have raised it: two appeals of one dispute, merged.
    """

    appellants: list[Person]
    others: list[Person]

    @property
    def everybody(self) -> list[Person]:
        """Both sides together."""
        return [*self.appellants, *self.others]


def mediate(heard: Heard, command: Command) -> None:
    """调解 #n 对方 张三 · 记录 内容 · 成功|未成功|转法律途径 内容."""
    case = case_for(heard, command)
    require_for(heard, command.form, case)
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


def sides_of(ctx: Context, case: Case) -> Sides:
    """Return both sides of a case that is mediated."""
    ids = dict.fromkeys(appeal.person_id for appeal in ctx.uow.appeals.of_case(case.id))
    named = dict.fromkeys(
        int(str(step.before["side"]))
        for step in ctx.uow.timeline.of_case(case.id)
        if "side" in step.before and not step.undone
    )
    get = ctx.uow.people.get
    return Sides([get(one) for one in ids if one not in named], [get(one) for one in named])


def other_side_of_both(ctx: Context, case: Case, into: Case) -> list[Person]:
    """Return who has yet to be named as the other side once a case goes into another.

    Where either names the other's appellants, they are two sides of one dispute; else both are of one side.
    """
    ours, theirs = sides_of(ctx, case), sides_of(ctx, into)
    opposed = _meet(ours.appellants, theirs.others) or _meet(ours.others, theirs.appellants)
    return [one for one in (ours.appellants if opposed else ours.others) if one not in theirs.others]


def _meet(some: list[Person], others: list[Person]) -> bool:
    return any(one in others for one in some)


def success_line(ctx: Context, community_id: int, start: datetime, end: datetime) -> str:
    """Return how many mediations of a community ended in a period, and how many well; nothing if none did."""
    found = successes(ctx.uow.mediations.outcomes(community_id, start, end))
    if found.rate is None:
        return ""
    return ctx.house.texts(
        "mediation.rate", ended=found.ended, successful=found.successful, rate=f"{found.rate:.1%}"
    )


def undo(heard: Heard, before: dict[str, Any]) -> None:
    """Take back a record that a step wrote; nobody need confirm it any more."""
    if "mediation" in before:
        heard.uow.mediations.forget(before["mediation"])


def _write(heard: Heard, case: Case, words: str, outcome: Outcome | None) -> None:
    """Write a record and ask both sides whether it is right."""
    _take_in(heard, case)
    record = heard.uow.mediations.write(
        case_id=case.id, mediator_id=heard.person.id, at=heard.now, words=words, outcome=outcome
    )
    step = _step(heard, case, _shown(heard, outcome, words), {"mediation": record.id})
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
            "contact": services.legal_contact(heard, case) if record.outcome is Outcome.LAW else "",
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
    side = _person_called(heard, case, name.lstrip("@＠"))
    sides = sides_of(heard, case)
    if side in sides.others or sides.appellants == [side]:  # a dispute needs somebody on the one side, too
        raise UserError("mediation.side_known", name=side.name, number=case.number)
    _take_in(heard, case)
    note_other_side(heard, case, side)
    answer_about(heard, "mediation.side", (case,), name=side.name)


def note_other_side(heard: Heard, case: Case, side: Person) -> None:
    """Put on the timeline whom a dispute is with."""
    _step(heard, case, heard.house.texts("mediation.other", name=side.name), {"side": side.id})


def _person_called(heard: Heard, case: Case, name: str) -> Person:
    """Return who goes by a name (or an account's id) in the case's community; raise if nobody, or several."""
    people = heard.uow.people
    found = {person.id: person for person in people.on_roster(name)}
    for account in people.accounts_named(name):
        room = heard.uow.rooms.get(account.last_room_id) if account.last_room_id is not None else None
        home = heard.uow.areas.community_of(room.area_id) if room is not None else None
        if home is not None and home.id == case.community_id:
            found[account.person_id] = people.get(account.person_id)
    if not found:
        raise UserError("mediation.unknown_side", said=name)
    if len(found) > 1:
        ids = [a.external_id for person_id in found for a in people.accounts(person_id)[:1]]
        raise UserError("mediation.which_side", said=name, names="、".join(ids), number=case.number)
    return next(iter(found.values()))


def _take_in(heard: Heard, case: Case) -> None:
    """Take a new case in: who mediates has it in hand."""
    if case.state is State.REPORTED:
        take_step(heard, case, Action.ACCEPT, by=heard.person, silent=True, handler_id=heard.person.id)


def _step(heard: Heard, case: Case, words: str, remember: dict[str, Any]) -> int:
    """Put mediation on the timeline; whoever is mediated is a party to a dispute, told alone from now on."""
    step = take_step(
        heard,
        case,
        Action.MEDIATE,
        by=heard.person,
        words=words,
        silent=True,
        remember=remember,
        dispute=True,
    )
    return step.step_id


def _shown(heard: Heard, outcome: Outcome | None, words: str) -> str:
    return f"{heard.house.texts(f'mediation.outcome.{outcome.value}')}:{words}" if outcome else words


def _last_words(heard: Heard, case: Case) -> str:
    written = heard.uow.mediations.of_case(case.id)
    return written[-1].words if written else ""
