"""What somebody is in charge of, as lists of cases are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.charge import Charge
from data.domain.people import STAFF, Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from data.domain.areas import Area
    from data.domain.case import Case
    from handlers.context import Heard


def charge_of(heard: Heard) -> Charge:
    """Return whose cases the one who asks may see."""
    staff, mediator = _areas(heard, STAFF), _areas(heard, {Role.MEDIATOR})
    return Charge(staff, mediator, heard.person.id, heard.person.organisation_id)


def may_see(heard: Heard, case: Case) -> bool:
    """Whether a case is in the charge of the one who asks."""
    return heard.is_staff_for(case) or heard.is_assigned(case)


def reads_as_said(heard: Heard, case: Case) -> bool:
    """Whether somebody needs the words as they were said: who handles the case, not who supervises it."""
    handles = heard.roles_for(case) & (STAFF - {Role.SUPERVISOR} | {Role.MEDIATOR})
    return heard.is_assigned(case) or bool(handles)


def _areas(heard: Heard, roles: Collection[Role]) -> tuple[Area, ...]:
    return tuple(heard.uow.areas.get(area_id) for area_id in heard.areas_as(roles))
