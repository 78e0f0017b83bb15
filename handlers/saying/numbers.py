"""How a case's number is written: `#12` where one community is served, `百安坝#12` where several are.

A place says every number in one way, so that nobody has to know which numbers are taken elsewhere just now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.areas import Room
from handlers.saying.showing import full_number

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.people import Account
    from handlers.context import Context


def number_for(ctx: Context, to: Room | Account, case: Case) -> str:
    """Return a case's number as those write it who are in a room, or are spoken to alone."""
    if not isinstance(to, Room):
        return number_to(ctx, to.person_id, case)
    area_id = to.area_id
    if area_id is None and to.organisation_id is not None:
        area_id = ctx.uow.organisations.get(to.organisation_id).area_id
    return _shown(ctx, _within(ctx, area_id), case)


def number_to(ctx: Context, person_id: int, case: Case) -> str:
    """Return a case's number as somebody writes it alone: in full for whom several communities concern."""
    served: set[int] = set()
    for duty in ctx.uow.people.duties(person_id):
        served |= _within(ctx, duty.area_id)
    organisation_id = ctx.uow.people.get(person_id).organisation_id
    if organisation_id is not None:
        served |= _within(ctx, ctx.uow.organisations.get(organisation_id).area_id)
    return _shown(ctx, served or {case.community_id}, case)


def _shown(ctx: Context, served: set[int], case: Case) -> str:
    return f"#{case.number}" if served == {case.community_id} else full_number(ctx, case)


def _within(ctx: Context, area_id: int | None) -> set[int]:
    """Return the community an area lies in, else those that lie in it; of no area all there are."""
    areas = ctx.uow.areas
    home = areas.community_of(area_id)
    if home is not None:
        return {home.id}
    return {c.id for c in areas.communities() if area_id is None or areas.covers(area_id, c.id)}
