"""Who hears of a new case: its appellant, those in charge, the organisation and supervisor of its path."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from handlers.cases.gathering import TALK
from handlers.cases.grading import propose
from handlers.cases.in_charge import in_charge, path_organisation, supervisors
from handlers.cases.oversight import proposal
from handlers.context import Heard
from handlers.saying.days import date_name, when
from handlers.saying.say import Saying, organisation_at, private_account, say
from handlers.saying.showing import case_label
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.areas import Room
    from data.domain.case import Appeal, Case
    from data.domain.people import Account, Organisation, Person, Role
    from handlers.cases.in_charge import Holder
    from handlers.context import Context


class Addressed(NamedTuple):
    """One row that waits: to whom, and what."""

    to: Room | Account
    saying: Saying


def news_of(ctx: Context, case: Case, appeal: Appeal) -> list[Addressed]:
    """Return what is said of a new case: to its appellant, and alone to those its path names."""
    told = in_charge(ctx, case)
    direct = _direct(ctx, case)
    key = _key(case, told, direct)
    public = appeal.room_id is not None
    values = {
        "label": case_label(ctx.policy, case, public=public),
        "who": _names(ctx, told, direct),
        "by": _by(ctx, case),
    }
    found = [to_appellant(ctx, appeal, key, case, values)]
    if direct is not None:
        found += to_organisation(ctx, case, direct, f"new:{case.id}")
    outside = account_of(ctx, appeal).is_outside  # who hands in what others said has not heard it
    for role, person in told:
        if person.id != appeal.person_id or outside:
            found += _to_person(ctx, person, _new(ctx, case, appeal, role, person))
    return found + to_supervisors(ctx, case, f"new:{case.id}")


def to_appellant(ctx: Context, appeal: Appeal, key: str, case: Case, values: dict[str, Any]) -> Addressed:
    """Answer the one who appealed where it was said; what is nobody else's alone, if the channel can."""
    account = account_of(ctx, appeal)
    saying = Saying(
        key,
        dedupe=f"ack:{appeal.id}",
        values=values,
        cases=(case,),
        reply_to=appeal.message_id,
        bundle=TALK,
    )
    if appeal.room_id is None or (case.discreet and ctx.house.reach(account.channel).private):
        return Addressed(account, saying)
    return Addressed(ctx.uow.rooms.get(appeal.room_id), replace(saying, mentions=(account,)))


def to_organisation(ctx: Context, case: Case, direct: Organisation, name: str) -> list[Addressed]:
    """Tell the organisation that handles a case directly: in its room, else its members."""
    saying = Saying(
        "assigned.direct",
        dedupe=f"{name}:org",
        values={
            "label": case_label(ctx.policy, case, public=False),
            "summary": Said(case.summary),
            "by": _by(ctx, case),
            "number": case.number,
        },
        cases=(case,),
        quiet=True,
    )
    return [Addressed(to, saying.at(to)) for to in organisation_at(ctx, direct.id)]


def to_supervisors(ctx: Context, case: Case, name: str) -> list[Addressed]:
    """Tell the supervising leaders of a case whose path wants one, once under each name."""
    if not ctx.policy.paths[case.grade].supervised or case.discreet:
        return []
    until = date_name(ctx, case.supervised_until) if case.supervised_until else ""
    values = {
        "label": case_label(ctx.policy, case, public=False),
        "summary": Said(case.summary),
        "until": ctx.house.texts("in_charge.until", day=until) if until else "",
    }
    return [
        notice
        for _, person in supervisors(ctx, case)
        for notice in _to_person(
            ctx,
            person,
            Saying("in_charge.supervised", f"{name}:s{person.id}", values, (case,), quiet=True),
        )
    ]


def path_changed(ctx: Context, case: Case, before: set[int], step_id: int) -> None:
    """Tell whom another grade brings in: people not among `before`, an organisation, supervisors."""
    direct = _direct(ctx, case)
    found = to_organisation(ctx, case, direct, f"step:{step_id}") if direct else []
    values = {"label": case_label(ctx.policy, case, public=False), "summary": Said(case.summary)}
    for _, person in in_charge(ctx, case):
        if person.id not in before and not (isinstance(ctx, Heard) and ctx.person.id == person.id):
            dedupe = f"step:{step_id}:path:{person.id}"
            found += _to_person(ctx, person, Saying("in_charge.regrade", dedupe, values, (case,), quiet=True))
    for notice in found + to_supervisors(ctx, case, f"path:{case.id}"):
        say(ctx, notice.to, notice.saying)


def account_of(ctx: Context, appeal: Appeal) -> Account:
    """Return the account an appeal was said from."""
    if isinstance(ctx, Heard) and ctx.account.id == appeal.account_id:
        return ctx.account
    return ctx.uow.people.account(appeal.account_id)


def _new(ctx: Context, case: Case, appeal: Appeal, role: Role, person: Person) -> Saying:
    """Tell somebody in charge of a new case; with the reason for its grade, if there is one."""
    proposed = propose(ctx.policy, ctx.understand(appeal.words))
    why = proposed.reason(ctx.policy, ctx.house.texts) if proposed.grade is case.grade else ""
    return Saying(
        "in_charge.new",
        dedupe=f"new:{case.id}:{person.id}",
        values={
            "label": case_label(ctx.policy, case, public=False),
            "name": account_of(ctx, appeal).name,
            "summary": Said(appeal.words),
            "proposed": why + proposal(ctx, case, role),
            "by": _by(ctx, case),
            "number": case.number,
        },
        cases=(case,),
        bundle="new",
    )


def _direct(ctx: Context, case: Case) -> Organisation | None:
    """Return the organisation that a new case went to by its path."""
    found = path_organisation(ctx, case.area_id, case.grade, case.category)
    return found if found is not None and found.id == case.assignee_org_id else None


def _to_person(ctx: Context, person: Person, saying: Saying) -> list[Addressed]:
    account = private_account(ctx, person.id)
    return [Addressed(account, saying)] if account is not None else []


def _key(case: Case, told: list[Holder], direct: Organisation | None) -> str:
    if case.dispute:
        return "ack.dispute"
    if case.discreet:
        return "ack.private"
    return "ack.new" if told or direct else "ack.nobody"


def _names(ctx: Context, told: list[Holder], direct: Organisation | None) -> str:
    people = [f"{ctx.house.texts(f'role.{role.value}')}{person.name}" for role, person in told]
    return "、".join([direct.name, *people] if direct else people)


def _by(ctx: Context, case: Case) -> str:
    return when(ctx, case.accept_by) if case.accept_by else ""
