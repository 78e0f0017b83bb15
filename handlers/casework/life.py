"""Casework by command: each finds the case, checks who asks, and takes the step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import WORKABLE, CaseChanges, State
from data.domain.errors import UserError
from data.domain.lifecycle import Action, target
from data.domain.steps import StepNote
from handlers.cases import marks, oversight
from handlers.cases.steps import Telling, require_reopenable, take_step
from handlers.hearing.lookup import case_for
from handlers.hearing.names import assignee_named
from handlers.hearing.permissions import permitted_case
from handlers.hearing.pictures import pictures_for
from handlers.saying.say import answer_about
from handlers.whistles import blowing, parts

if TYPE_CHECKING:
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


def accept(heard: Heard, command: Command) -> None:
    """Take a case in and start its resolve clock; by the organisation of its path it is theirs: 受理.

    “1 我去看看” of what was taken in already is a note of progress.
    """
    case = permitted_case(heard, command)
    if command.words and case.state in WORKABLE:
        note_progress(heard, command)
        return
    if case.state is State.ACCEPTED and case.handler_id is not None:
        who = "" if case.handler_id == heard.person.id else heard.uow.people.get(case.handler_id).name
        raise UserError("step.already", number=case.number, who=who, action=Action.ACCEPT)
    if not heard.is_staff_for(case) and case.assignee_org_id is not None:
        target(case, Action.ACCEPT)
        name = heard.uow.organisations.get(case.assignee_org_id).name
        take_step(heard, case, Action.ASSIGN, by=heard.person, words=name)
        return
    take_step(
        heard, case, Action.ACCEPT, by=heard.person, words=command.words or None, handler_id=heard.person.id
    )


def reject(heard: Heard, command: Command) -> None:
    """Refuse a case, with the reason: 不受理."""
    take_step(heard, permitted_case(heard, command), Action.REJECT, by=heard.person, words=command.words)


def assign(heard: Heard, command: Command) -> None:
    """Give a case to a person or an organisation; from 已上报 it counts as accepted too: 派单."""
    case = permitted_case(heard, command)
    target(case, Action.ASSIGN)
    to = assignee_named(heard, case, command.words)
    if to.person_id is None and to.organisation_id is not None:
        oversight.require_reached(heard, to.organisation_id)
    if (to.person_id, to.organisation_id) == (case.assignee_id, case.assignee_org_id) and not to.note:
        raise UserError("assign.same", number=case.number, name=to.name)
    changes: CaseChanges = {"assignee_id": to.person_id, "assignee_org_id": to.organisation_id}
    if case.handler_id is None:
        changes["handler_id"] = heard.person.id
    take_step(
        heard, case, Action.ASSIGN, by=heard.person, words=to.name, told=Telling(note=to.note), **changes
    )


def note_progress(heard: Heard, command: Command) -> None:
    """Note progress; the first note puts the case in progress: 办理, 反馈."""
    case = permitted_case(heard, command)
    if not parts.part_note(heard, case, command.words):
        sent = StepNote(pictures=tuple(pictures_for(heard)))
        take_step(heard, case, Action.PROGRESS, by=heard.person, words=command.words, note=sent)


def resolve_case(heard: Heard, command: Command) -> None:
    """办结, with the result: of one's own part in a whistle, else of the case."""
    case = permitted_case(heard, command)
    if parts.part_done(heard, case, command.words):
        return
    target(case, Action.RESOLVE)
    blowing.require_none_open(heard, case)
    marks.require_decided(heard, case)
    oversight.require_may_close(heard, case)
    take_step(
        heard,
        case,
        Action.RESOLVE,
        by=heard.person,
        words=command.words,
        note=StepNote(pictures=tuple(pictures_for(heard))),
        result=command.words,
        awaits_meeting=False,
    )


def hand_back(heard: Heard, command: Command) -> None:
    """Let the assignee give a case back, with the reason; who has begun asks for another: 退单."""
    case = permitted_case(heard, command)
    if case.state is State.IN_PROGRESS:
        raise UserError("hand_back.begun", number=case.number)
    take_step(
        heard,
        case,
        Action.HAND_BACK,
        by=heard.person,
        words=command.words,
        assignee_id=None,
        assignee_org_id=None,
    )


def reopen(heard: Heard, command: Command) -> None:
    """Take a case up again that was done, with the reason: 重办, by staff."""
    case = permitted_case(heard, command)
    require_reopenable(heard, case)
    take_step(heard, case, Action.REOPEN, by=heard.person, words=command.words)


def withdraw(heard: Heard, command: Command) -> None:
    """Withdraw a case, by its only appellant; by one of several, their own appeal: 撤回."""
    case = case_for(heard, command)
    appeals = heard.uow.appeals.of_case(case.id)
    own = [a for a in appeals if a.person_id == heard.person.id]
    if not own:
        raise UserError("withdraw.not_yours", number=case.number)
    if len(own) == len(appeals):
        take_step(heard, case, Action.WITHDRAW, by=heard.person)
        blowing.call_off(heard, case)
    else:
        target(case, Action.WITHDRAW)
        answer_about(heard, "withdraw.own_only", (case,))
    for appeal in own:
        heard.uow.appeals.change(appeal.id, withdrawn=True)
