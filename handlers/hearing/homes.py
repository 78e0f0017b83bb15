"""Where somebody belongs, and who goes by a name there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.errors import UserError

if TYPE_CHECKING:
    from data.domain.areas import Area
    from data.domain.people import Person
    from handlers.context import Context, Heard


def home_area(ctx: Context, person_id: int) -> Area | None:
    """Return the building somebody lives in, else the area of the residents' room they spoke in last."""
    home = ctx.uow.households.home(person_id)
    if home is not None:
        return ctx.uow.areas.get(home.building_id)
    for account in ctx.uow.people.accounts(person_id):
        if account.last_room_id is not None:
            room = ctx.uow.rooms.get(account.last_room_id)
            if room.area_id is not None:
                return ctx.uow.areas.get(room.area_id)
    return None


def own_area(heard: Heard) -> Area:
    """Return the area somebody speaks for: the room's, their home's, else their duty's; or raise."""
    if heard.room is not None and heard.room.public and heard.room.area_id is not None:
        return heard.uow.areas.get(heard.room.area_id)
    home = home_area(heard, heard.person.id)
    if home is None and heard.duties:
        home = heard.uow.areas.get(heard.duties[0].area_id)
    if home is None:
        raise UserError("person.where")
    return home


def own_community(heard: Heard) -> Area:
    """Return the community somebody speaks in, or belongs to."""
    if heard.community is not None:
        return heard.community
    area = own_area(heard)
    return heard.uow.areas.community_of(area.id) or area


def resident_named(ctx: Context, community: Area, said: str) -> Person:
    """Return who goes by a name (or an account's id) in a community; raise if nobody does, or several."""
    name = said.lstrip("@＠")
    people = ctx.uow.people
    ids = [p.id for p in people.on_roster(name)] + [a.person_id for a in people.accounts_named(name)]
    found = {}
    for person_id in dict.fromkeys(ids):
        area = home_area(ctx, person_id)
        duties = [duty.area_id for duty in people.duties(person_id)]
        near = [i for i in (*duties, *([area.id] if area is not None else [])) if i]
        if any(ctx.uow.areas.covers(community.id, i) for i in near):
            found[person_id] = area
    if not found:
        raise UserError("person.unknown", said=name)
    if len(found) > 1:
        shown = [
            f"{_account(ctx, i)}({area.name})" if area else _account(ctx, i) for i, area in found.items()
        ]
        raise UserError(
            "person.which", said=name, names="、".join(shown), first=_account(ctx, next(iter(found)))
        )
    return people.get(next(iter(found)))


def shown_name(ctx: Context, person_id: int) -> str:
    """Return how somebody is called: by the roster, else as a channel shows them."""
    person = ctx.uow.people.get(person_id)
    accounts = [] if person.on_roster else ctx.uow.people.accounts(person_id)
    return accounts[0].name if accounts else person.name


def _account(ctx: Context, person_id: int) -> str:
    accounts = ctx.uow.people.accounts(person_id)
    return accounts[0].external_id if accounts else ctx.uow.people.get(person_id).name
