"""Who may do what: decided by duty and area, never by name. A refusal is audited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.errors import RefusedError, UserError
from data.domain.people import OFFICERS, STAFF, Role
from handlers.hearing.lookup import case_for
from handlers.hearing.verbs import PART_OF, Who

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Context, Heard
    from handlers.hearing.forms import Form
    from handlers.hearing.grammar import Command
    from handlers.hearing.verbs import Verb

MEDIATORS = OFFICERS | {Role.MEDIATOR}


def require(heard: Heard, form: Form) -> None:
    """Raise unless the speaker holds a duty of the kind a command needs, somewhere."""
    if is_off(heard, form.verb):
        raise UserError("not_open")
    if not allowed_somewhere(heard, form.who):
        raise above_duty(form.verb, form.who)
    if form.who is not Who.ANYONE and not heard.house.reach(heard.inbound.channel).stable_ids:
        raise RefusedError("refused.unstable", verb=form.verb.value)


def above_duty(verb: str, who: Who) -> RefusedError:
    """Return the error of a command above one's duty: it says whose the command is."""
    return RefusedError("refused.duty", verb=str(verb), whose=who.value)


def is_off(ctx: Context, verb: Verb) -> bool:
    """Whether a command belongs to a part of community life that the place has switched off."""
    part = PART_OF.get(verb)
    return part is not None and part in ctx.policy.life.off


def require_for(heard: Heard, form: Form, case: Case) -> None:
    """Raise unless the speaker may give a command on this very case."""
    allowed = form.who is Who.ANYONE or heard.is_staff_for(case)
    if form.who is Who.OFFICER:
        allowed = heard.is_officer_for(case)
    elif form.who is Who.MEDIATOR:
        allowed = bool(heard.roles_for(case) & MEDIATORS) or case.assignee_id == heard.person.id
    elif form.who in (Who.DUTY, Who.HANDLER):
        allowed = allowed or heard.is_assigned(case)
    if not allowed:
        raise RefusedError("refused.area", verb=form.verb.value, number=case.number)


def permitted_case(heard: Heard, command: Command) -> Case:
    """Return the case that a command names, or raise: there is none, or it is not theirs to command."""
    case = case_for(heard, command)
    require_for(heard, command.form, case)
    return case


def allowed_somewhere(heard: Heard, who: Who) -> bool:
    """Whether the speaker could give such a command at all; 帮助 shows these."""
    if who is Who.ANYONE:
        return True
    roles = {duty.role for duty in heard.duties}
    if who in (Who.DUTY, Who.HANDLER):
        return heard.has_duty or (who is Who.HANDLER and _is_party_member(heard))
    if who is Who.RESPONDER:
        return heard.person.organisation_id is not None
    if who is Who.MEDIATOR:
        return bool(roles & MEDIATORS)
    if who is Who.OFFICER:
        return bool(roles & OFFICERS)
    return bool(roles & (STAFF | {Role.MEDIATOR}))


def _is_party_member(heard: Heard) -> bool:
    """Whether the speaker is a party member on the list, who handles what they have claimed."""
    member = heard.uow.party.member(heard.person.id)
    return member is not None and bool(member.confirmed)
