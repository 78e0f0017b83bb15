"""Whom a name means: an organisation by name or alias, a person by name, within the case's reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.errors import UserError

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.people import Organisation, Person
    from handlers.context import Context


class Assignee(NamedTuple):
    """An organisation that a case can be assigned to, or a person (and with them their organisation)."""

    name: str
    person_id: int | None
    organisation_id: int | None
    note: str = ""  # what was said after the name


def assignee_named(ctx: Context, case: Case, said: str) -> Assignee:
    """Return who is meant, or raise a keyed error: unknown, or which of several."""
    name = said.strip().lstrip("@＠").strip()
    found = _organisations(ctx, case, name) or _people(ctx, case, name) or _by_first_word(ctx, case, name)
    if not found:
        raise unknown(ctx, case, name)
    if len(found) > 1:
        raise UserError("assign.which", said=name, names="、".join(a.name for a in found))
    return found[0]


def unknown(ctx: Context, case: Case, name: str) -> UserError:
    """Return the error for a name nobody bears, with those that could have been meant."""
    near = "、".join(o.name for o in reachable(ctx, case)) or "-"
    return UserError("assign.unknown", said=name, names=near)


def reachable(ctx: Context, case: Case) -> list[Organisation]:
    """Return the organisations that may be called to a case: of its community, or of an area above."""
    return [o for o in ctx.uow.organisations.all_of_them() if _reaches(ctx, case, o)]


def _reaches(ctx: Context, case: Case, organisation: Organisation) -> bool:
    """Whether an organisation works where the case lies."""
    area_id = organisation.area_id
    if area_id is None:
        return True
    return ctx.uow.areas.covers(area_id, case.building_id or case.area_id) or ctx.uow.areas.covers(
        case.community_id, area_id
    )


def organisations_named(ctx: Context, case: Case, name: str) -> list[Organisation]:
    """Return the organisations that go by a name, an alias or a part of it; of several the nearest."""
    near = reachable(ctx, case)
    for match in (
        lambda o: o.name == name,
        lambda o: name in o.aliases,
        lambda o: len(name) >= 2 and name in o.name,
    ):
        found = [o for o in near if match(o)]
        if found:
            where = case.building_id or case.area_id
            here = [o for o in found if o.area_id and ctx.uow.areas.covers(o.area_id, where)]
            return here if len(found) > 1 and here else found
    return []


def _organisations(ctx: Context, case: Case, name: str) -> list[Assignee]:
    return [Assignee(o.name, None, o.id) for o in organisations_named(ctx, case, name)]


def _people(ctx: Context, case: Case, name: str) -> list[Assignee]:
    return [
        Assignee(p.name, p.id, p.organisation_id)
        for p in ctx.uow.people.on_roster(name)
        if _may_handle(ctx, case, p)
    ]


def _may_handle(ctx: Context, case: Case, person: Person) -> bool:
    """Whether somebody has a duty over the case, or belongs to an organisation within its reach."""
    if person.organisation_id is not None:
        return _reaches(ctx, case, ctx.uow.organisations.get(person.organisation_id))
    where = case.building_id or case.area_id
    return any(ctx.uow.areas.covers(duty.area_id, where) for duty in ctx.uow.people.duties(person.id))


def _by_first_word(ctx: Context, case: Case, name: str) -> list[Assignee]:
    """Take `万邦物业 请今天处理` for the organisation that its first word names."""
    first, _, rest = name.partition(" ")
    found = (_organisations(ctx, case, first) or _people(ctx, case, first)) if rest else []
    return [assignee._replace(note=rest.strip()) for assignee in found]
