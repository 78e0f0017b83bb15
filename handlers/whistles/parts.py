"""Parts of a whistle: an organisation that is called comes, tells, has done it, or says it is not theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.errors import RefusedError
from data.domain.lifecycle import Action
from data.domain.steps import StepNote
from data.domain.whistle import Part, PartState, require_move
from handlers.cases.steps import Telling, take_step
from handlers.hearing.lookup import case_for
from handlers.hearing.pictures import pictures_for
from handlers.whistles import calls

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

MOVED_TO = {
    Action.CHECK_IN: PartState.CHECKED_IN,
    Action.PART_DONE: PartState.DONE,
    Action.PART_RETURNED: PartState.RETURNED,
    Action.EXCUSE: PartState.EXCUSED,
}


def check_in(heard: Heard, command: Command) -> None:
    """Note that an organisation has come to a whistle: 报到 #n."""
    case, part = _own_part(heard, command)
    move(heard, case, part, Action.CHECK_IN, words=command.words or None)
    calls.unschedule(heard, part)


def part_note(heard: Heard, case: Case, words: str) -> bool:
    """Note the progress of an organisation's part (反馈); return whether it is called."""
    part = part_of(heard, case)
    if part is None or not part.is_open:
        return False
    if part.state is PartState.CALLED:  # who reports has come
        heard.uow.whistles.change(part.id, state=PartState.CHECKED_IN, checked_in_at=heard.now)
        calls.unschedule(heard, part)
    note = StepNote(part=(part.id, part.state.value), pictures=tuple(pictures_for(heard)))
    name = name_of(heard, part)
    take_step(heard, case, Action.PART_NOTE, by=heard.person, words=words, told=Telling(who=name), note=note)
    return True


def part_done(heard: Heard, case: Case, words: str) -> bool:
    """Note that an organisation's part is done (办结); return whether it is called."""
    part = part_of(heard, case)
    if part is None or not part.is_open:
        return False
    calls.unschedule(heard, part)
    move(heard, case, part, Action.PART_DONE, words=words)
    whistle = heard.uow.whistles.get(part.whistle_id)
    if not any(p.is_open for p in heard.uow.whistles.parts(whistle.id)):
        calls.tell_blower(heard, case, whistle)
    return True


def hand_back_part(heard: Heard, command: Command) -> None:
    """Tell the officer that a part is not the organisation's: 退哨 #n 原因."""
    case, part = _own_part(heard, command)
    move(heard, case, part, Action.PART_RETURNED, words=command.words)


def part_of(heard: Heard, case: Case) -> Part | None:
    """Return the part that the speaker's organisation has in the case's open whistle."""
    whistle = heard.uow.whistles.open_on(case.id)
    if whistle is None or heard.person.organisation_id is None:
        return None
    parts = heard.uow.whistles.parts(whistle.id)
    return next((p for p in parts if p.organisation_id == heard.person.organisation_id), None)


def move(heard: Heard, case: Case, part: Part, action: Action, *, words: str | None) -> None:
    """Take a step that moves an organisation's part."""
    to, name = MOVED_TO[action], name_of(heard, part)
    require_move(part, to, name)
    heard.uow.whistles.change(part.id, state=to, words=words)
    if to is PartState.DONE:
        heard.uow.whistles.change(part.id, done_at=heard.now)
    if to is PartState.CHECKED_IN or (to is PartState.DONE and part.checked_in_at is None):
        heard.uow.whistles.change(part.id, checked_in_at=heard.now)  # who has done it has come
    note = StepNote(part=(part.id, part.state.value), pictures=tuple(pictures_for(heard)))
    take_step(heard, case, action, by=heard.person, words=words, told=Telling(who=name), note=note)


def _own_part(heard: Heard, command: Command) -> tuple[Case, Part]:
    """Return the case and the speaker's own part in its whistle; strangers are refused."""
    case = case_for(heard, command)
    part = part_of(heard, case)
    if part is None:
        raise RefusedError("refused.not_called", verb=command.verb.value, number=case.number)
    return case, part


def name_of(ctx: Context, part: Part) -> str:
    """Return the name of the organisation whose part it is."""
    return ctx.uow.organisations.get(part.organisation_id).name
