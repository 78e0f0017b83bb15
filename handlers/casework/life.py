"""Casework by command: each finds the case, checks who asks, and takes the step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.case import Grade, State, Urgency
from data.domain.errors import UserError
from data.domain.lifecycle import Action, target
from handlers.cases.grading import QUARREL
from handlers.cases.in_charge import in_charge, path_organisation
from handlers.cases.new_case_news import path_changed
from handlers.cases.steps import require_reopenable, take_step
from handlers.casework.corrections import keep_correction
from handlers.hearing.lookup import case_for
from handlers.hearing.names import assignee_named
from handlers.hearing.permissions import require_for
from handlers.meetings import decisions
from handlers.saying.say import answer_about
from handlers.whistles import blowing, parts
from nlp.categories import resolve
from nlp.understanding import Kind

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


def accept(heard: Heard, command: Command) -> None:
    """受理: the case is taken in, its resolve clock starts; by the organisation of its path it is theirs."""
    case = _case(heard, command)
    if not heard.is_staff_for(case) and case.assignee_org_id is not None:
        target(case, Action.ACCEPT)
        name = heard.uow.organisations.get(case.assignee_org_id).name
        take_step(heard, case, Action.ASSIGN, by=heard.person, words=name)
        return
    take_step(
        heard, case, Action.ACCEPT, by=heard.person, words=command.words or None, handler_id=heard.person.id
    )


def reject(heard: Heard, command: Command) -> None:
    """不受理, with the reason."""
    take_step(heard, _case(heard, command), Action.REJECT, by=heard.person, words=command.words)


def assign(heard: Heard, command: Command) -> None:
    """派单: to a person or an organisation; from 已上报 it counts as accepted too."""
    case = _case(heard, command)
    target(case, Action.ASSIGN)
    to = assignee_named(heard, case, command.words)
    changes: dict[str, Any] = {"assignee_id": to.person_id, "assignee_org_id": to.organisation_id}
    if case.handler_id is None:
        changes["handler_id"] = heard.person.id
    take_step(heard, case, Action.ASSIGN, by=heard.person, words=to.name, note=to.note, **changes)


def note_progress(heard: Heard, command: Command) -> None:
    """办理, 反馈: a progress note; the first one puts the case in progress."""
    case = _case(heard, command)
    if not parts.part_note(heard, case, command.words):
        take_step(heard, case, Action.PROGRESS, by=heard.person, words=command.words)


def resolve_case(heard: Heard, command: Command) -> None:
    """办结, with the result: of one's own part in a whistle, else of the case."""
    case = _case(heard, command)
    if parts.part_done(heard, case, command.words):
        return
    target(case, Action.RESOLVE)
    blowing.require_none_open(heard, case)
    decisions.require_decided(heard, case)
    take_step(
        heard,
        case,
        Action.RESOLVE,
        by=heard.person,
        words=command.words,
        result=command.words,
        awaits_meeting=False,
    )


def hand_back(heard: Heard, command: Command) -> None:
    """退单: the assignee gives the case back, with the reason; who has begun asks for another assignee."""
    case = _case(heard, command)
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


def reclassify(heard: Heard, command: Command) -> None:
    """改类: another category; a correction that the bot learns from."""
    case = _case(heard, command)
    target(case, Action.RECLASSIFY)
    found = resolve(command.words)
    if found.category is None:
        key = "category.which" if found.suggestions else "category.unknown"
        raise UserError(key, said=command.words, names="、".join(found.suggestions))
    keep_correction(heard, case, found.category)
    take_step(
        heard,
        case,
        Action.RECLASSIFY,
        by=heard.person,
        words=found.category,
        category=found.category,
        dispute=case.dispute or found.category == QUARREL,
    )


def not_an_appeal(heard: Heard, command: Command) -> None:
    """不是诉求: the bot took talk for an appeal; the case goes without a word, and the bot learns from it."""
    case = _case(heard, command)
    target(case, Action.WITHDRAW)
    keep_correction(heard, case, Kind.CHAT.value)
    take_step(heard, case, Action.WITHDRAW, by=heard.person, silent=True)
    blowing.call_off(heard, case)
    answer_about(heard, "not_appeal", (case,))


def regrade(heard: Heard, command: Command) -> None:
    """转级: another grade, and with it another deadline."""
    case = _case(heard, command)
    grade = heard.policy.grade_called(command.words)
    if grade is None:
        names = "、".join(path.names[0] for path in heard.policy.paths.values())
        raise UserError("grade.unknown", said=command.words, names=names)
    if grade is Grade.PRIVATE and concerns_others(heard, case):
        raise UserError("grade.not_private", number=case.number, grade=heard.policy.grade_name(grade))
    before = {person.id for _, person in in_charge(heard, case)}
    step = take_step(
        heard,
        case,
        Action.REGRADE,
        by=heard.person,
        words=heard.policy.grade_name(grade),
        grade=grade,
        **_on_path(heard, case, grade),
    )
    path_changed(heard, case, before, step.step_id)


def _on_path(heard: Heard, case: Case, grade: Grade) -> dict[str, Any]:
    """Return what a new grade changes besides the clocks while nobody has taken the case in."""
    if case.state is not State.REPORTED:
        return {}
    if case.urgency is Urgency.EMERGENCY:
        return {}
    direct = None if case.dispute else path_organisation(heard, case.area_id, grade)
    within = heard.policy.accept_within(grade)
    return {
        "assignee_org_id": direct.id if direct else None,
        "accept_by": within.after(case.reported_at, heard.policy.work),
    }


def concerns_others(heard: Heard, case: Case) -> bool:
    """Whether a case harms or is raised by more than one: such a one is never private."""
    raised = {appeal.person_id for appeal in heard.uow.appeals.of_case(case.id)}
    return (
        case.dispute
        or case.hazard is not None
        or len(raised) > 1
        or bool(heard.uow.appeals.seconded_by(case.id))
    )


def reopen(heard: Heard, command: Command) -> None:
    """重办 by staff, with the reason."""
    case = _case(heard, command)
    require_reopenable(heard, case)
    take_step(heard, case, Action.REOPEN, by=heard.person, words=command.words)


def withdraw(heard: Heard, command: Command) -> None:
    """撤回: by the only appellant the case is withdrawn; by one of several, their own appeal."""
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


def _case(heard: Heard, command: Command) -> Case:
    case = case_for(heard, command)
    require_for(heard, command.form, case)
    return case
