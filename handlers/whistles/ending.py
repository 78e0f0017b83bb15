"""销哨: a whistle ends when all have come and done their part; who need not come is excused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from data.domain.errors import UserError
from data.domain.lifecycle import Action
from data.domain.steps import StepNote
from data.domain.whistle import Part, PartState, require_all_came
from handlers.cases.steps import take_step
from handlers.hearing.names import organisations_named
from handlers.hearing.permissions import permitted_case
from handlers.whistles import calls
from handlers.whistles.blowing import SEPARATOR
from handlers.whistles.parts import move, name_of

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.whistle import Whistle
    from handlers.context import Heard
    from handlers.hearing.grammar import Command

_SCORES = re.compile(r"(\S+?)\s*([1-5])[ ,，、/]+([1-5])[ ,，、/]+([1-5])(?!\d)")


class WhistleScores(NamedTuple):
    """The scores of one organisation, 1 to 5 each: 到场, 配合, 结果."""

    arrival: int
    cooperation: int
    outcome: int


def end(heard: Heard, command: Command) -> None:
    """销哨 #n: the whistle ends; `免到 单位` excuses who need not come, `单位 5 4 5` scores who came."""
    case = permitted_case(heard, command)
    whistle = heard.uow.whistles.open_on(case.id)
    if whistle is None:
        raise UserError("whistle.none", number=case.number)
    if command.words.startswith("免到"):
        _excuse(heard, case, whistle, command.words.removeprefix("免到").strip())
        return
    parts = heard.uow.whistles.parts(whistle.id)
    require_all_came(parts, {p.organisation_id: name_of(heard, p) for p in parts}, case.number)
    scores = _scores(heard, case, parts, command.words)
    here = [part.id for part in parts if part.state is PartState.CHECKED_IN]
    for part_id in here:
        heard.uow.whistles.change(part_id, state=PartState.DONE, done_at=heard.now)
    for part_id, given in scores.items():
        heard.uow.whistles.change(part_id, **given._asdict())
    heard.uow.whistles.end(whistle.id, heard.now)
    note = StepNote(whistle=whistle.id, here=tuple(here))
    take_step(heard, case, Action.END_WHISTLE, by=heard.person, note=note)


def _excuse(heard: Heard, case: Case, whistle: Whistle, said: str) -> None:
    names = [name.strip() for name in SEPARATOR.split(said) if name.strip()]
    called = heard.uow.whistles.parts(whistle.id)
    parts = [part for name in names for part in _parts_called(heard, case, called, name)]
    if not parts:
        raise UserError("whistle.not_called", number=case.number, said=said)
    for part in parts:
        move(heard, case, part, Action.EXCUSE, words=None)
        calls.unschedule(heard, part)


def _scores(heard: Heard, case: Case, parts: list[Part], words: str) -> dict[int, WhistleScores]:
    """Read the scores an officer gives, by part; raise for what is none, or for whom nobody called."""
    found = _SCORES.findall(words)
    if words and not found:
        raise UserError("whistle.scores", number=case.number)
    return {
        part.id: WhistleScores(*map(int, digits))
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
