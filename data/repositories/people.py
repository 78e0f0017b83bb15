"""People, their accounts and duties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, or_, select, update

from data.domain.people import Account, Duty, DutyHolder, Person, Rank, Role
from data.repositories.base import Repository, Upsert
from data.tables.areas import areas
from data.tables.people import accounts, duties, members, people
from data.tables.rooms import rooms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Row


_SPEAKER = (
    select(accounts, people.c.name.label("person"), people.c.organisation_id, people.c.on_roster)
    .join(people)
    .where(accounts.c.channel == bindparam("channel"), accounts.c.external_id == bindparam("external_id"))
)
_PERSON = select(people).where(people.c.id == bindparam("id"))
_NAMED = select(people).where(people.c.name == bindparam("name")).order_by(people.c.id)
_MEMBERS = select(people).where(people.c.organisation_id == bindparam("organisation")).order_by(people.c.id)
_ACCOUNT = select(accounts).where(accounts.c.id == bindparam("id"))
_ACCOUNTS = (
    select(accounts)
    .where(accounts.c.person_id == bindparam("person"), accounts.c.external_id.not_like("deleted:%"))
    .order_by(accounts.c.id)
)
_SHOWN_AS = (
    select(accounts)
    .where(or_(accounts.c.name == bindparam("name"), accounts.c.external_id == bindparam("name")))
    .order_by(accounts.c.id)
)
_DUTIES = select(duties).where(duties.c.person_id == bindparam("person")).order_by(duties.c.id)
_HOLDERS = (
    select(people, duties.c.id.label("duty"), duties.c.role, duties.c.area_id)
    .join(duties, duties.c.person_id == people.c.id)
    .where(duties.c.area_id.in_(bindparam("areas", expanding=True)))
    .order_by(duties.c.id)
)
_ALL_HOLDING = (
    select(people)
    .where(people.c.id.in_(select(duties.c.person_id).where(duties.c.role == bindparam("role"))))
    .order_by(people.c.id)
)
_SEEN = (
    update(accounts)
    .where(accounts.c.id == bindparam("account"))
    .values(name=bindparam("shown"), last_room_id=bindparam("room"))
)
_NAMED_AT_LAST = (
    update(people)
    .where(people.c.id == bindparam("person"), people.c.name == bindparam("known"), people.c.on_roster == 0)
    .values(name=bindparam("shown"))
)
_APPEALED = (
    update(accounts).where(accounts.c.id == bindparam("account")).values(last_appeal_id=bindparam("appeal"))
)


_JOIN = Upsert(members)


class People(Repository):
    """Who there is, by account; names are for showing only."""

    def speaker(self, channel: str, external_id: str) -> tuple[Account, Person] | None:
        """Return the account with that id on a channel, and whose it is."""
        row = self.first(_SPEAKER, channel=channel, external_id=external_id)
        if row is None:
            return None
        return _account(row), Person(
            row.person_id, row.person, row.organisation_id, on_roster=bool(row.on_roster)
        )

    def meet(
        self, channel: str, external_id: str, name: str, room_id: int | None = None
    ) -> tuple[Account, Person]:
        """Make somebody known who speaks for the first time, in a residents' room or alone."""
        person_id = self.add(people, {"name": name, "on_roster": 0})
        values = {
            "person_id": person_id,
            "channel": channel,
            "external_id": external_id,
            "name": name,
            "last_room_id": room_id,
        }
        number = self.add(accounts, values)
        account = Account(number, person_id, channel, external_id, name, room_id)
        return account, Person(person_id, name, on_roster=False)

    def open_account(self, person_id: int, channel: str, external_id: str) -> Account:
        """Give somebody who is known an account on one more channel."""
        name = self.get(person_id).name
        values = {"person_id": person_id, "channel": channel, "external_id": external_id, "name": name}
        return Account(self.add(accounts, values), person_id, channel, external_id, name)

    def seen(self, account: Account, name: str, room_id: int | None) -> None:
        """Note under which name, and in which residents' room, an account spoke last."""
        self.run(_SEEN, account=account.id, shown=name, room=room_id)
        if account.name == account.external_id != name:  # the roster knew no name
            self.run(_NAMED_AT_LAST, person=account.person_id, known=account.external_id, shown=name)

    def appealed(self, account_id: int, appeal_id: int | None) -> None:
        """Note an account's last appeal: the lines that follow may belong to it."""
        self.run(_APPEALED, account=account_id, appeal=appeal_id)

    def get(self, person_id: int) -> Person:
        """Return a person who exists."""
        known = self.directory.people.get(person_id)
        return known or person_of(self.one(_PERSON, id=person_id))

    def names(self, ids: Iterable[int]) -> dict[int, str]:
        """Return the names of some people."""
        found = select(people.c.id, people.c.name).where(people.c.id.in_(list(ids)))
        return {row.id: row.name for row in self.all(found)}

    def public_phone(self, person_id: int) -> str:
        """Return the number that anybody may be told; empty if there is none."""
        row = self.one(_PERSON, id=person_id)
        return row.phone if row.public else ""

    def account(self, account_id: int) -> Account:
        """Return an account that exists."""
        row = self.one(_ACCOUNT, id=account_id)
        return _account(row)

    def accounts(self, person_id: int) -> list[Account]:
        """Return somebody's accounts, the oldest first; not those by which software speaks for them."""
        found = [_account(row) for row in self.all(_ACCOUNTS, person=person_id)]
        return [account for account in found if not account.is_outside]

    def members(self, organisation_id: int) -> list[Person]:
        """Return the members of an organisation."""
        return [person_of(row) for row in self.all(_MEMBERS, organisation=organisation_id)]

    def duties(self, person_id: int) -> list[Duty]:
        """Return the duties somebody holds."""
        found = self.directory.duties.get(person_id) or self._duties(person_id)
        if found:
            self.directory.duties[person_id] = found
        return list(found)

    def on_roster(self, name: str) -> list[Person]:
        """Return everybody on the roster who goes by that name."""
        return [person_of(row) for row in self.all(_NAMED, name=name) if row.on_roster]

    def names_in(self, text: str) -> list[str]:
        """Return the names of people and accounts that occur in a text; those of one letter are none."""
        place = func.instr if self.connection.dialect.name == "sqlite" else func.strpos
        found: set[str] = set()
        for column in (people.c.name, accounts.c.name):
            named = select(column).distinct().where(func.length(column) > 1, place(text, column) > 0)
            found.update(self.connection.execute(named).scalars())
        return sorted(found)

    def accounts_named(self, name: str) -> list[Account]:
        """Return the accounts that are shown by a name, or have it for their id."""
        return [_account(row) for row in self.all(_SHOWN_AS, name=name)]

    def holders(self, roles: Sequence[Role], areas: Sequence[int]) -> list[DutyHolder]:
        """Return who holds one of some roles in one of those very areas, in the order of the roster."""
        known = self.directory.on_duty
        self._remember([area_id for area_id in areas if area_id not in known])
        return sorted(holder for area_id in set(areas) for holder in known[area_id] if holder.role in roles)

    def all_holding(self, role: Role) -> list[Person]:
        """Return everybody who holds a role anywhere."""
        return [person_of(row) for row in self.all(_ALL_HOLDING, role=role.value)]

    def holding(self, role: Role) -> list[int]:
        """Return the ids of all people who hold a role anywhere."""
        held = select(duties.c.person_id).where(duties.c.role == role.value).distinct()
        return [row.person_id for row in self.all(held.order_by(duties.c.person_id))]

    def join(self, room_id: int, account_id: int) -> bool:
        """Note that an account is in a room; return whether that is new."""
        return self.upsert(_JOIN, {"room_id": room_id, "account_id": account_id}) == 1

    def leave(self, room_id: int, account_id: int) -> None:
        """Note that an account has left a room."""
        self.run(delete(members).where(members.c.room_id == room_id, members.c.account_id == account_id))

    def counts(self) -> dict[str, int]:
        """Return how many rooms, areas and people with a duty there are."""
        counted = {"areas": areas.c.id, "rooms": rooms.c.id, "on_duty": duties.c.person_id.distinct()}
        return {
            name: int(self.connection.execute(select(func.count(column))).scalar_one())
            for name, column in counted.items()
        }

    def on_duty(self) -> list[int]:
        """Return everybody who holds a duty."""
        return list(
            self.connection.execute(
                select(duties.c.person_id).distinct().order_by(duties.c.person_id)
            ).scalars()
        )

    def set_duties(self, person_id: int, wanted: Iterable[Duty]) -> bool:
        """Give somebody exactly these duties; return whether anything changed."""
        have, want = set(self._duties(person_id)), set(wanted)
        self.directory.forget()
        for duty in have - want:
            self.run(
                delete(duties).where(
                    duties.c.person_id == person_id,
                    duties.c.role == duty.role.value,
                    duties.c.area_id == duty.area_id,
                )
            )
        for duty in sorted(want - have):
            self.add(duties, {"person_id": person_id, "role": duty.role.value, "area_id": duty.area_id})
        return have != want

    def _duties(self, person_id: int) -> list[Duty]:
        return [Duty(Role(row.role), row.area_id) for row in self.all(_DUTIES, person=person_id)]

    def _remember(self, area_ids: list[int]) -> None:
        """Read who holds a duty in some areas: each appeal asks that of its grid and what lies above."""
        if not area_ids:
            return
        known = self.directory
        known.on_duty.update((area_id, []) for area_id in area_ids)
        for row in self.all(_HOLDERS, areas=area_ids):
            person = known.people[row.id] = person_of(row)
            known.on_duty[row.area_id].append(DutyHolder(row.duty, Role(row.role), row.area_id, person))


def _account(row: Row[Any]) -> Account:
    return Account(
        row.id,
        row.person_id,
        row.channel,
        row.external_id,
        row.name,
        row.last_room_id,
        row.last_appeal_id,
    )


def person_of(row: Row[Any]) -> Person:
    """Return the person that a row holds."""
    return Person(row.id, row.name, row.organisation_id, on_roster=bool(row.on_roster), rank=Rank(row.rank))
