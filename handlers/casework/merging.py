"""Merging (并案): one case goes into another, with who raised it, their sides, and who supervises it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain import references
from data.domain.case import OPEN
from data.domain.errors import UserError
from data.domain.lifecycle import Action, target
from data.domain.steps import StepNote
from handlers.cases.steps import Telling, take_step
from handlers.casework import supervising
from handlers.hearing.lookup import case_named
from handlers.hearing.permissions import permitted_case, require_for
from handlers.mediation import sides
from handlers.whistles import blowing

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


def merge(heard: Heard, command: Command) -> None:
    """Let one case go into another, its appellants with it: 并案 2 1 (#2 into #1)."""
    case = permitted_case(heard, command)
    into = _into(heard, command, case)
    blowing.require_none_open(heard, case, Action.MERGE)
    others = sides.other_side_of_both(heard, case, into)
    appellants = heard.uow.appeals.of_case(case.id)
    merged = take_step(
        heard,
        case,
        Action.MERGE,
        by=heard.person,
        told=Telling(audience=appellants),
        words=f"#{into.number}",
        note=StepNote(moved=heard.uow.appeals.move(case.id, into.id)),
        merged_into_id=into.id,
    )
    for person in others:
        sides.note_other_side(heard, into, person)
    supervising.carry_over(heard, merged, into)


def _into(heard: Heard, command: Command, case: Case) -> Case:
    """Return the case that another goes into, or raise a keyed error."""
    ref, _ = references.read(command.words)
    if ref is None:
        raise UserError("command.words_missing", verb=command.verb.value, example=command.form.example)
    into = case_named(heard, ref)
    require_for(heard, command.form, into)
    target(case, Action.MERGE)
    if into.id == case.id:
        raise UserError("merge.itself", number=case.number)
    if into.community_id != case.community_id:
        raise UserError("merge.elsewhere")
    if into.state not in OPEN:
        raise UserError("merge.not_open", number=into.number, state=into.state)
    return into
