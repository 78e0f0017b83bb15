"""Putting right what the bot understood (改类, 转级, 不是诉求); it is kept, to learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import CaseChanges, Grade, State, Urgency
from data.domain.errors import UserError
from data.domain.lifecycle import Action, target
from handlers.cases import oversight
from handlers.cases.grading import QUARREL
from handlers.cases.in_charge import in_charge, path_organisation
from handlers.cases.new_case_news import path_changed
from handlers.cases.steps import SILENTLY, take_step
from handlers.hearing.permissions import permitted_case
from handlers.saying.say import answer_about
from handlers.whistles import blowing
from nlp.categories import resolve
from nlp.understanding import Kind

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


def reclassify(heard: Heard, command: Command) -> None:
    """Give a case another category, and keep that to learn from: 改类."""
    case = permitted_case(heard, command)
    target(case, Action.RECLASSIFY)
    found = resolve(command.words)
    if found.category is None:
        key = "category.which" if found.suggestions else "category.unknown"
        raise UserError(key, said=command.words, names="、".join(found.suggestions))
    if found.category == case.category:
        raise UserError("category.same", number=case.number, kind=case.kind_name)
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
    case = permitted_case(heard, command)
    target(case, Action.WITHDRAW)
    keep_correction(heard, case, Kind.CHAT.value)
    take_step(heard, case, Action.WITHDRAW, by=heard.person, told=SILENTLY)
    blowing.call_off(heard, case)
    answer_about(heard, "not_appeal", (case,))


def regrade(heard: Heard, command: Command) -> None:
    """Give a case another grade, and with it another deadline: 转级."""
    case = permitted_case(heard, command)
    grade = heard.policy.grade_called(command.words)
    if grade is None:
        names = "、".join(path.names[0] for path in heard.policy.paths.values())
        raise UserError("grade.unknown", said=command.words, names=names)
    if grade is case.grade:
        raise UserError("grade.same", number=case.number, grade=heard.policy.grade_name(grade))
    if grade is Grade.PRIVATE and concerns_others(heard, case):
        raise UserError("grade.not_private", number=case.number, grade=heard.policy.grade_name(grade))
    before = {person.id for _, person in in_charge(heard, case)}
    step = take_step(
        heard,
        case,
        Action.REGRADE,
        by=heard.person,
        words=heard.policy.grade_name(grade),
        **_on_path(heard, case, grade),
    )
    path_changed(heard, case, before, step.step_id)


def _on_path(heard: Heard, case: Case, grade: Grade) -> CaseChanges:
    """Return what a new grade changes: whose it is and by when, too, while nobody has taken the case in."""
    supervised = oversight.supervision(heard, case.area_id, grade, discreet=case.dispute)
    changes: CaseChanges = {"grade": grade}
    if supervised:
        changes["supervised_by_id"] = supervised["supervised_by_id"]
        changes["supervised_until"] = supervised["supervised_until"]
    if case.state is State.REPORTED and case.urgency is not Urgency.EMERGENCY:
        direct = None if case.dispute else path_organisation(heard, case.area_id, grade, case.category)
        changes["assignee_org_id"] = direct.id if direct else None
        within = heard.policy.accept_within(grade)
        changes["accept_by"] = within.after(case.reported_at, heard.policy.work)
    return changes


def concerns_others(heard: Heard, case: Case) -> bool:
    """Whether a case harms or is raised by more than one: such a one is never private."""
    raised = {appeal.person_id for appeal in heard.uow.appeals.of_case(case.id)}
    return (
        case.dispute
        or case.hazard is not None
        or len(raised) > 1
        or bool(heard.uow.appeals.seconded_by(case.id))
    )


def keep_correction(heard: Heard, case: Case, now: str) -> None:
    """Keep the words of a case's appeals under what a person says they are: a category, or `chat`."""
    for appeal in heard.uow.appeals.of_case(case.id):
        heard.uow.corrections.correct(
            at=heard.now,
            person_id=heard.person.id,
            appeal_id=appeal.id,
            text=appeal.words,
            was=case.category,
            now=now,
        )
