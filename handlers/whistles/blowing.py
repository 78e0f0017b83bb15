"""Whistles: organisations are called to a case; it waits for them; what is taken back is called off."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import State, Urgency
from data.domain.errors import UserError
from data.domain.lifecycle import Action, target
from data.domain.steps import StepNote
from data.domain.whistle import Colour, Part, PartState
from handlers.cases.oversight import require_reached
from handlers.cases.steps import SILENTLY, Telling, take_step
from handlers.hearing.names import organisations_named, unknown
from handlers.hearing.permissions import permitted_case
from handlers.whistles import calls
from handlers.whistles.parts import name_of

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.people import Organisation
    from data.domain.steps import Step
    from data.domain.whistle import Whistle
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

COLOURS = {"蓝": Colour.BLUE, "黄": Colour.YELLOW, "红": Colour.RED}
_COLOUR = re.compile(r"([蓝黄红])(?:哨|色|牌)?$")
SEPARATOR = re.compile(r"[,，、/;；&+@＠]|[和与及跟](?=\S)")
_LINK = re.compile(r"[,，、/;；&+和与及跟]+|还有|以及")


class WhistleWords(NamedTuple):
    """What a 吹哨 says: whom it calls, how loud, why."""

    organisations: list[Organisation]
    colour: Colour | None
    reason: str


def blow(heard: Heard, command: Command) -> None:
    """Call organisations to a case, and accept it if nobody has: 吹哨 #n 单位… [蓝黄红] [原因]."""
    case = permitted_case(heard, command)
    call = read_call(heard, case, command.words)
    target(case, Action.ACCEPT if case.state is State.REPORTED else Action.WHISTLE)
    whistle = heard.uow.whistles.open_on(case.id)
    _refuse_twice(heard, whistle, call)
    for organisation in call.organisations:
        require_reached(heard, organisation.id)
    if case.state is State.REPORTED:
        take_step(heard, case, Action.ACCEPT, by=heard.person, told=SILENTLY, handler_id=heard.person.id)
    if whistle is None:
        whistle = heard.uow.whistles.blow(
            case_id=case.id,
            blown_by=heard.person.id,
            blown_at=heard.now,
            reason=call.reason,
            colour=call.colour,
            urgent=case.urgency is not Urgency.NORMAL or call.colour is Colour.RED,
        )
    due = calls.check_in_by(heard, whistle)
    parts = [_call(heard, whistle, o, due) for o in call.organisations]
    step = take_step(
        heard,
        case,
        Action.WHISTLE,
        by=heard.person,
        words=call.reason or None,
        told=Telling(who="、".join(o.name for o in call.organisations)),
        note=StepNote(whistle=whistle.id, called=tuple(part.id for part in parts)),
    )
    for part in parts:
        calls.call(heard, case, replace(whistle, reason=call.reason), part, step.step_id)
        calls.schedule(heard, whistle, part)


def _call(heard: Heard, whistle: Whistle, organisation: Organisation, due: datetime) -> Part:
    """Call an organisation; one that was excused from this very whistle is called anew."""
    known = next(
        (p for p in heard.uow.whistles.parts(whistle.id) if p.organisation_id == organisation.id), None
    )
    if known is None:
        return heard.uow.whistles.call(whistle.id, organisation.id, heard.now, due)
    heard.uow.whistles.change(
        known.id,
        state=PartState.CALLED,
        called_at=heard.now,
        check_in_by=due,
        checked_in_at=None,
        done_at=None,
        words=None,
    )
    return heard.uow.whistles.part(known.id)


def read_call(heard: Heard, case: Case, words: str) -> WhistleWords:
    """Read the organisations a whistle calls, its colour and its reason; raise for a name nobody bears."""
    tokens = words.split()
    found: list[Organisation] = []
    colour: Colour | None = None
    linked = True  # the first word is a name, and one after 和 or with an @ is one
    while tokens:
        if colour is None and (named := _COLOUR.fullmatch(tokens[0])):
            colour = COLOURS[named[1]]
            tokens.pop(0)
            continue
        if _LINK.fullmatch(tokens[0]):
            linked = bool(tokens.pop(0))
            continue
        names = _names_in(heard, case, tokens[0])
        linked = linked or tokens[0].startswith(("@", "＠"))
        if not linked and not all(organisations_named(heard, case, name) for name in names):
            break  # the reason begins here
        found += [_organisation(heard, case, name) for name in names]
        linked = bool(_LINK.search(tokens.pop(0)[-1:]))
    unique = {organisation.id: organisation for organisation in found}
    return WhistleWords(list(unique.values()), colour, " ".join(tokens))


def _names_in(heard: Heard, case: Case, word: str) -> list[str]:
    """Return the names a word holds: one that has 和 in it whole, if it is one."""
    if organisations_named(heard, case, word):
        return [word]
    return [name for name in SEPARATOR.split(word) if name.strip("@＠")]


def require_none_open(ctx: Context, case: Case, action: Action = Action.RESOLVE) -> None:
    """Raise while an organisation still has something to do: 事不完,人不走."""
    whistle = ctx.uow.whistles.open_on(case.id)
    if whistle is None:
        return
    names = "、".join(name_of(ctx, part) for part in ctx.uow.whistles.parts(whistle.id) if part.is_open)
    if names:
        raise UserError("whistle.open", number=case.number, names=names, action=action)
    raise UserError("whistle.not_ended", number=case.number, action=action)


def call_off(heard: Heard, case: Case) -> None:
    """End the whistle of a case that is gone: who was called need not come."""
    whistle = heard.uow.whistles.open_on(case.id)
    if whistle is not None:
        waiting = [part.id for part in heard.uow.whistles.parts(whistle.id) if part.is_open]
        calls.call_off(heard, case, waiting, whistle, whistle.id)


def _organisation(heard: Heard, case: Case, name: str) -> Organisation:
    found = organisations_named(heard, case, name)
    if not found:
        raise unknown(heard, case, name)
    if len(found) > 1:
        raise UserError("assign.which", said=name, names="、".join(o.name for o in found))
    if found[0].id == heard.person.organisation_id:
        raise UserError("whistle.oneself", name=found[0].name)
    return found[0]


def _refuse_twice(heard: Heard, whistle: Whistle | None, call: WhistleWords) -> None:
    parts = heard.uow.whistles.parts(whistle.id) if whistle else []
    called = {p.organisation_id for p in parts if p.state is not PartState.EXCUSED}
    again = [o.name for o in call.organisations if o.id in called]
    if again:
        raise UserError("whistle.twice", names="、".join(again))


def undo(heard: Heard, case: Case, step: Step) -> None:
    """Put whistle and parts back to what they were before a step."""
    note, whistles = step.note, heard.uow.whistles
    if step.action == Action.WHISTLE and note.whistle is not None:
        calls.call_off(heard, case, note.called, whistles.get(note.whistle), step.id)
    elif step.action == Action.END_WHISTLE and note.whistle is not None:
        whistles.reopen(note.whistle)
        for part_id in note.here:
            whistles.change(part_id, state=PartState.CHECKED_IN, done_at=None)
    elif note.part is not None:
        _put_back(heard, note.part[0], PartState(note.part[1]))


def _put_back(heard: Heard, part_id: int, state: PartState) -> None:
    """Give a part the state back that it had; who is called again is reminded again."""
    whistles = heard.uow.whistles
    if state is PartState.CALLED:
        whistles.change(part_id, state=state, done_at=None, checked_in_at=None)
        part = whistles.part(part_id)
        calls.schedule(heard, whistles.get(part.whistle_id), part)
    else:
        whistles.change(part_id, state=state, done_at=None)
