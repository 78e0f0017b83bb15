"""Who was on the roster and is not in it any more: their duties stand until somebody says they are over."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import select, update

from data.repositories.people import person_of
from data.tables.people import accounts, people

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.people import Person
    from data.roster.entries import PersonEntry
    from data.roster.read import Entry
    from data.uow import UnitOfWork


def gone_from(uow: UnitOfWork, entries: list[Entry]) -> list[Person]:
    """Return the people with a duty or a unit whom a roster that lists people does not name any more."""
    named = [cast("PersonEntry", entry.value) for entry in entries if entry.section == "people"]
    if not named:
        return []
    names = {one.name for one in named}
    known = {(account.channel, account.id) for one in named for account in one.accounts}
    theirs = select(accounts.c.channel, accounts.c.external_id, accounts.c.person_id)
    still = {row.person_id for row in uow.people.all(theirs) if (row.channel, row.external_id) in known}
    everybody = [person_of(row) for row in uow.people.all(select(people).where(people.c.on_roster == 1))]
    return [
        one
        for one in everybody
        if one.id not in still
        and one.name not in names
        and (uow.people.duties(one.id) or one.organisation_id is not None)
    ]


def end_duties(uow: UnitOfWork, whose: list[Person], now: datetime) -> None:
    """End somebody's duties, their unit and their sessions; what they did stays."""
    for person in whose:
        uow.people.set_duties(person.id, [])
        off = update(people).where(people.c.id == person.id).values(organisation_id=None, on_roster=0)
        uow.people.run(off)
        uow.sessions.end([one.id for one in uow.sessions.of_person(person.id, now)], now)
    if whose:
        uow.roster_changed()
