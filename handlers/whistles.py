"""Whistles: organisations are called to a case, check in, do their part, and leave when all is done."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from data.domain.case import State, Urgency
from data.domain.errors import RefusedError, UserError
from data.domain.lifecycle import Action, target
from data.domain.whistle import Colour, Part, PartState, require_all_came, require_move
from handlers import calls
from handlers.assigning import organisations_named, unknown
from handlers.lookup import case_for
from handlers.permissions import require_for
from handlers.steps import take_step

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.people import Organisation
    from data.domain.whistle import Whistle
    from handlers.context import Context, Heard
    from handlers.grammar import Command

COLOURS = {"蓝": Colour.BLUE, "黄": Colour.YELLOW, "红": Colour.RED}
MOVED_TO = {
    Action.CHECK_IN: PartState.CHECKED_IN,
    Action.PART_DONE: PartState.DONE,
    Action.PART_RETURNED: PartState.RETURNED,
    Action.EXCUSE: PartState.EXCUSED,
}
_COLOUR = re.compile(r"([蓝黄红])(?:哨|色|牌)?$")
_SEPARATOR = re.compile(r"[,，、/;；&]|和(?=\S)")
_SCORES = re.compile(r"(\S+?)\s*([1-5])[ ,，、/]+([1-5])[ ,，、/]+([1-5])(?!\d)")


class Given(NamedTuple):
    """The scores of one organisation, 1 to 5 each: 到场, 配合, 结果."""

    arrival: int
    cooperation: int
    outcome: int


class Call(NamedTuple):
    """What a 吹哨 says: whom it calls, how loud, why."""

    organisations: list[Organisation]
    colour: Colour | None
    reason: str


def blow(heard: Heard, command: Command) -> None:
    """吹哨 #n 单位… [蓝黄红] [原因]: by an officer; from 已上报 it counts as accepted too."""
    case = _officers_case(heard, command)
    call = read_call(heard, case, command.words)
    target(case, Action.ACCEPT if case.state is State.REPORTED else Action.WHISTLE)
    whistle = heard.uow.whistles.open_on(case.id)
    _refuse_twice(heard, whistle, call)
    if case.state is State.REPORTED:
        take_step(heard, case, Action.ACCEPT, by=heard.person, silent=True, handler_id=heard.person.id)
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
        who="、".join(o.name for o in call.organisations),
        remember={"whistle": whistle.id, "called": [part.id for part in parts]},
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
        state=PartState.CALLED.value,
        called_at=heard.now,
        check_in_by=due,
        checked_in_at=None,
        done_at=None,
        words=None,
    )
    return heard.uow.whistles.part(known.id)


def read_call(heard: Heard, case: Case, words: str) -> Call:
    """Read the organisations a whistle calls, its colour and its reason; raise for a name nobody bears."""
    tokens = words.split()
    found: list[Organisation] = []
    colour: Colour | None = None
    while tokens:
        if colour is None and (named := _COLOUR.fullmatch(tokens[0])):
            colour = COLOURS[named[1]]
            tokens.pop(0)
            continue
        names = [name for name in _SEPARATOR.split(tokens[0]) if name]
        if found and not all(organisations_named(heard, case, name) for name in names):
            break  # the reason begins here
        found += [_organisation(heard, case, name) for name in names]
        tokens.pop(0)
    unique = {organisation.id: organisation for organisation in found}
    return Call(list(unique.values()), colour, " ".join(tokens))


def check_in(heard: Heard, command: Command) -> None:
    """报到 #n: an organisation has come."""
    case, part = _own_part(heard, command)
    _move(heard, case, part, Action.CHECK_IN, words=command.words or None)
    calls.unschedule(heard, part)


def part_note(heard: Heard, case: Case, words: str) -> bool:
    """反馈 by an organisation that is called: progress of its part. Return whether it is called."""
    part = part_of(heard, case)
    if part is None or not part.is_open:
        return False
    if part.state is PartState.CALLED:  # who reports has come
        heard.uow.whistles.change(part.id, state=PartState.CHECKED_IN.value, checked_in_at=heard.now)
        calls.unschedule(heard, part)
    remember = {"part": [part.id, part.state.value]}
    name = _name(heard, part)
    take_step(heard, case, Action.PART_NOTE, by=heard.person, words=words, who=name, remember=remember)
    return True


def part_done(heard: Heard, case: Case, words: str) -> bool:
    """办结 by an organisation that is called: its part is done. Return whether it is called."""
    part = part_of(heard, case)
    if part is None or not part.is_open:
        return False
    calls.unschedule(heard, part)
    _move(heard, case, part, Action.PART_DONE, words=words)
    whistle = heard.uow.whistles.get(part.whistle_id)
    if not any(p.is_open for p in heard.uow.whistles.parts(whistle.id)):
        calls.tell_blower(heard, case, whistle)
    return True


def hand_back_part(heard: Heard, command: Command) -> None:
    """退哨 #n 原因: it is not theirs; the officer accepts that (销哨 #n 免到 单位) or not."""
    case, part = _own_part(heard, command)
    _move(heard, case, part, Action.PART_RETURNED, words=command.words)


def end(heard: Heard, command: Command) -> None:
    """销哨 #n: the whistle ends; `免到 单位` excuses who need not come, `单位 5 4 5` scores who came."""
    case = _officers_case(heard, command)
    whistle = heard.uow.whistles.open_on(case.id)
    if whistle is None:
        raise UserError("whistle.none", number=case.number)
    if command.words.startswith("免到"):
        _excuse(heard, case, whistle, command.words.removeprefix("免到").strip())
        return
    parts = heard.uow.whistles.parts(whistle.id)
    require_all_came(parts, {p.organisation_id: _name(heard, p) for p in parts}, case.number)
    scores = _scores(heard, case, parts, command.words)
    here = [part.id for part in parts if part.state is PartState.CHECKED_IN]
    for part_id in here:
        heard.uow.whistles.change(part_id, state=PartState.DONE.value, done_at=heard.now)
    for part_id, given in scores.items():
        heard.uow.whistles.change(part_id, **given._asdict())
    heard.uow.whistles.end(whistle.id, heard.now)
    take_step(
        heard, case, Action.END_WHISTLE, by=heard.person, remember={"whistle": whistle.id, "here": here}
    )


def part_of(heard: Heard, case: Case) -> Part | None:
    """Return the part that the speaker's organisation has in the case's open whistle."""
    whistle = heard.uow.whistles.open_on(case.id)
    if whistle is None or heard.person.organisation_id is None:
        return None
    parts = heard.uow.whistles.parts(whistle.id)
    return next((p for p in parts if p.organisation_id == heard.person.organisation_id), None)


def require_none_open(ctx: Context, case: Case, action: Action = Action.RESOLVE) -> None:
    """Raise while an organisation still has something to do: 事不完,人不走."""
    whistle = ctx.uow.whistles.open_on(case.id)
    if whistle is None:
        return
    names = "、".join(_name(ctx, part) for part in ctx.uow.whistles.parts(whistle.id) if part.is_open)
    if names:
        raise UserError("whistle.open", number=case.number, names=names, action=action)
    raise UserError("whistle.not_ended", number=case.number, action=action)


def _move(heard: Heard, case: Case, part: Part, action: Action, *, words: str | None) -> None:
    """Take a step that moves an organisation's part."""
    to, name = MOVED_TO[action], _name(heard, part)
    require_move(part, to, name)
    times = {PartState.CHECKED_IN: "checked_in_at", PartState.DONE: "done_at"}
    changes = {times[to]: heard.now} if to in times else {}
    if to is PartState.DONE and part.checked_in_at is None:
        changes["checked_in_at"] = heard.now  # who has done it has come
    heard.uow.whistles.change(part.id, state=to.value, words=words, **changes)
    remember = {"part": [part.id, part.state.value]}
    take_step(heard, case, action, by=heard.person, words=words, who=name, remember=remember)


def _excuse(heard: Heard, case: Case, whistle: Whistle, said: str) -> None:
    names = [name.strip() for name in _SEPARATOR.split(said) if name.strip()]
    called = heard.uow.whistles.parts(whistle.id)
    parts = [part for name in names for part in _parts_called(heard, case, called, name)]
    if not parts:
        raise UserError("whistle.not_called", number=case.number, said=said)
    for part in parts:
        _move(heard, case, part, Action.EXCUSE, words=None)
        calls.unschedule(heard, part)


def _scores(heard: Heard, case: Case, parts: list[Part], words: str) -> dict[int, Given]:
    """Read the scores an officer gives, by part; raise for what is none, or for whom nobody called."""
    found = _SCORES.findall(words)
    if words and not found:
        raise UserError("whistle.scores", number=case.number)
    return {
        part.id: Given(*map(int, digits))
        for name, *digits in found
        for part in _parts_called(heard, case, parts, name.strip(":：,，、;；"))
    }


def _parts_called(heard: Heard, case: Case, parts: list[Part], name: str) -> list[Part]:
    """Return the part of the organisation that goes by a name; raise if it was never called."""
    known = {o.id for o in organisations_named(heard, case, name)}
    found = [part for part in parts if part.organisation_id in known]
    if not found:
        raise UserError("whistle.not_called", number=case.number, said=name)
    return found


def call_off(heard: Heard, case: Case) -> None:
    """End the whistle of a case that is gone: who was called need not come."""
    whistle = heard.uow.whistles.open_on(case.id)
    if whistle is not None:
        waiting = [part.id for part in heard.uow.whistles.parts(whistle.id) if part.is_open]
        calls.call_off(heard, case, waiting, whistle, whistle.id)


def _officers_case(heard: Heard, command: Command) -> Case:
    case = case_for(heard, command)
    require_for(heard, command.form, case)
    return case


def _own_part(heard: Heard, command: Command) -> tuple[Case, Part]:
    """Return the case and the speaker's own part in its whistle; strangers are refused."""
    case = case_for(heard, command)
    part = part_of(heard, case)
    if part is None:
        raise RefusedError("refused.not_called", verb=command.verb.value, number=case.number)
    return case, part


def _organisation(heard: Heard, case: Case, name: str) -> Organisation:
    found = organisations_named(heard, case, name.lstrip("@＠"))
    if not found:
        raise unknown(heard, case, name)
    if len(found) > 1:
        raise UserError("assign.which", said=name, names="、".join(o.name for o in found))
    if found[0].id == heard.person.organisation_id:
        raise UserError("whistle.oneself", name=found[0].name)
    return found[0]


def _refuse_twice(heard: Heard, whistle: Whistle | None, call: Call) -> None:
    parts = heard.uow.whistles.parts(whistle.id) if whistle else []
    called = {p.organisation_id for p in parts if p.state is not PartState.EXCUSED}
    again = [o.name for o in call.organisations if o.id in called]
    if again:
        raise UserError("whistle.twice", names="、".join(again))


def _name(ctx: Context, part: Part) -> str:
    return ctx.uow.organisations.get(part.organisation_id).name


def undo(heard: Heard, case: Case, action: Action, before: dict[str, Any], step_id: int) -> None:
    """Put whistle and parts back to what they were before a step."""
    if action is Action.WHISTLE:
        calls.call_off(heard, case, before["called"], heard.uow.whistles.get(before["whistle"]), step_id)
    elif action is Action.END_WHISTLE:
        heard.uow.whistles.reopen(before["whistle"])
        for part_id in before["here"]:
            heard.uow.whistles.change(part_id, state=PartState.CHECKED_IN.value, done_at=None)
    elif "part" in before:
        part_id, state = before["part"]
        never_came = {"checked_in_at": None} if state == PartState.CALLED else {}
        heard.uow.whistles.change(part_id, state=state, done_at=None, **never_came)
        part = heard.uow.whistles.part(part_id)
        if part.state is PartState.CALLED:
            calls.schedule(heard, heard.uow.whistles.get(part.whistle_id), part)
