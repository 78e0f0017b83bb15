"""Paired households, calls that must be made, good people, party members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import delete, func, select, update

from data.domain.neighbourly import CallFigures, CallKind, DutyCall, GoodPerson, Pair
from data.repositories.base import Repository, Upsert
from data.repositories.counters import next_number
from data.tables.cases import cases
from data.tables.neighbourly import claimable_cases, duty_calls, good_people, pairs, party_members
from data.tables.timeline import steps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack

_PAIR = Upsert(pairs)
_CLAIMABLE = Upsert(claimable_cases)
_MEMBER = Upsert(party_members, key=("person_id",), replace=("area_id", "skills", "confirmed"))


class NewDutyCall(TypedDict):
    """The fields of a call that is written down; times are UTC."""

    community_id: int
    kind: CallKind
    area_id: int
    household_id: int | None
    person_id: int | None
    contact_id: int | None
    words: str
    at: datetime
    due: datetime
    said_in: str | None


class Neighbourly(Repository):
    """Pairs, calls that must be made, good people, party members, and the cases they may claim."""

    # pairs

    def pair(self, person_id: int, household_id: int) -> bool:
        """Let somebody look after a household; return whether that is new."""
        return self.upsert(_PAIR, {"person_id": person_id, "household_id": household_id}) == 1

    def part(self, person_id: int, household_id: int) -> None:
        """Let somebody look after a household no more."""
        mine = pairs.c.person_id == person_id, pairs.c.household_id == household_id
        self.run(delete(pairs).where(*mine))

    def pairs_of(self, person_id: int) -> list[Pair]:
        """Return the households somebody looks after."""
        rows = self.all(select(pairs).where(pairs.c.person_id == person_id).order_by(pairs.c.id))
        return [Pair(**row._mapping) for row in rows]

    def contact_of(self, household_id: int) -> int | None:
        """Return who looks after a household."""
        mine = select(pairs).where(pairs.c.household_id == household_id).order_by(pairs.c.id)
        row = self.first(mine)
        return row.person_id if row else None

    def all_pairs(self) -> list[Pair]:
        """Return all pairs there are."""
        return [Pair(**row._mapping) for row in self.all(select(pairs).order_by(pairs.c.id))]

    # calls

    def call(self, **values: Unpack[NewDutyCall]) -> DutyCall:
        """Write down that a household must be seen, under the next number."""
        number = next_number(self, values["community_id"], "duty_call")
        call = {**values, "number": number, "kind": values["kind"].value}
        return DutyCall(id=self.add(duty_calls, call), number=number, **values)

    def get_call(self, call_id: int) -> DutyCall:
        """Return a call that exists."""
        return _call(self.one(select(duty_calls).where(duty_calls.c.id == call_id)))

    def call_numbered(self, community_id: int, number: int) -> DutyCall | None:
        """Return the call with that number in a community."""
        here = duty_calls.c.community_id == community_id, duty_calls.c.number == number
        row = self.first(select(duty_calls).where(*here))
        return _call(row) if row else None

    def open_calls(self, community_id: int) -> list[DutyCall]:
        """Return the calls of a community that nobody has made, the one due first first."""
        here = duty_calls.c.community_id == community_id, duty_calls.c.made_at.is_(None)
        return [_call(row) for row in self.all(select(duty_calls).where(*here).order_by(duty_calls.c.due))]

    def call_said_in(self, message: str) -> DutyCall | None:
        """Return the call that a message made."""
        row = self.first(select(duty_calls).where(duty_calls.c.said_in == message))
        return _call(row) if row else None

    def said_lately(self, person_id: int, kind: CallKind, since: datetime) -> bool:
        """Whether a call of a kind was raised by somebody's own words since then."""
        mine = (
            duty_calls.c.person_id == person_id,
            duty_calls.c.kind == kind.value,
            duty_calls.c.at >= since,
        )
        return self.first(select(duty_calls.c.id).where(*mine)) is not None

    def made(self, call_id: int, by_id: int, at: datetime, result: str | None) -> bool:
        """Note that a call was made; False if it had been before."""
        open_ = duty_calls.c.id == call_id, duty_calls.c.made_at.is_(None)
        values = {"made_at": at, "made_by_id": by_id, "result": result}
        return self.run(update(duty_calls).where(*open_).values(**values)) == 1

    def drop_call(self, call_id: int) -> None:
        """Delete a call that was entered by mistake."""
        self.run(delete(duty_calls).where(duty_calls.c.id == call_id))

    def figures(self, area_ids: Iterable[int], start: datetime, end: datetime) -> list[CallFigures]:
        """Return the calls of some areas in a span of time, by kind."""
        there = (
            duty_calls.c.area_id.in_(list(area_ids)),
            duty_calls.c.at >= start,
            duty_calls.c.at < end,
        )
        calls = [_call(row) for row in self.all(select(duty_calls).where(*there))]
        found = []
        for kind in CallKind:
            mine = [call for call in calls if call.kind is kind]
            in_time = sum(call.made_at is not None and call.made_at <= call.due for call in mine)
            found.append(CallFigures(kind, len(mine), in_time))
        return found

    # good people

    def praise(self, *, community_id: int, name: str, words: str, by_id: int, at: datetime) -> GoodPerson:
        """Write down a good person, under the next number."""
        row: dict[str, Any] = {
            "community_id": community_id,
            "number": next_number(self, community_id, "good_person"),
            "name": name,
            "words": words,
            "by_id": by_id,
            "at": at,
        }
        return GoodPerson(id=self.add(good_people, row), **row)

    def praised(self, community_id: int, number: int) -> GoodPerson | None:
        """Return the good person with that number in a community."""
        here = good_people.c.community_id == community_id, good_people.c.number == number
        row = self.first(select(good_people).where(*here))
        return GoodPerson(**row._mapping) if row else None

    def publish(self, good_id: int, at: datetime) -> bool:
        """Put a good person on the month's list; False if they are on one."""
        mine = good_people.c.id == good_id, good_people.c.published_at.is_(None)
        return self.run(update(good_people).where(*mine).values(published_at=at)) == 1

    def call_good(self, good_id: int, name: str) -> None:
        """Call a good person otherwise on the list: as they wish."""
        self.run(update(good_people).where(good_people.c.id == good_id).values(name=name))

    def unpublished(self, community_id: int) -> list[GoodPerson]:
        """Return the good people of a community on no list yet."""
        here = good_people.c.community_id == community_id, good_people.c.published_at.is_(None)
        rows = self.all(select(good_people).where(*here).order_by(good_people.c.id))
        return [GoodPerson(**row._mapping) for row in rows]

    def published(self, community_id: int, start: datetime, end: datetime) -> list[GoodPerson]:
        """Return the good people on a community's list of some time."""
        there = (
            good_people.c.community_id == community_id,
            good_people.c.published_at >= start,
            good_people.c.published_at < end,
        )
        rows = self.all(select(good_people).where(*there).order_by(good_people.c.id))
        return [GoodPerson(**row._mapping) for row in rows]

    # party members

    def report(self, person_id: int, area_id: int, skills: str, *, confirmed: bool) -> None:
        """Put a party member on the list of an area, confirmed or not yet."""
        row = {"person_id": person_id, "area_id": area_id, "skills": skills, "confirmed": confirmed}
        self.upsert(_MEMBER, row)

    def member(self, person_id: int) -> Row[Any] | None:
        """Return what is known of somebody as a party member: area_id, skills, confirmed."""
        return self.first(select(party_members).where(party_members.c.person_id == person_id))

    def members_in(self, area_ids: Iterable[int]) -> list[int]:
        """Return the confirmed party members of some areas."""
        there = party_members.c.area_id.in_(list(area_ids)), party_members.c.confirmed.is_(True)
        rows = self.all(select(party_members.c.person_id).where(*there))
        return [row.person_id for row in rows]

    def make_claimable(self, case_id: int) -> bool:
        """Let party members claim a case; return whether that is new."""
        return self.upsert(_CLAIMABLE, {"case_id": case_id}) == 1

    def is_claimable(self, case_id: int) -> bool:
        """Whether party members may claim a case."""
        mine = select(claimable_cases.c.case_id).where(claimable_cases.c.case_id == case_id)
        return self.first(mine) is not None

    def claimed(self, case_id: int) -> bool:
        """Take a case off the list of those that may be claimed; False if it was not on it."""
        mine = claimable_cases.c.case_id == case_id
        return self.run(delete(claimable_cases).where(mine)) == 1

    def taken_by(self, people: Collection[int], start: datetime, end: datetime) -> int:
        """Return how many cases some people took upon themselves in a span of time."""
        taken = steps.c.action == "assign", steps.c.undone.is_(False), steps.c.person_id.in_(people)
        when = steps.c.at >= start, steps.c.at < end
        own = cases.c.assignee_id == steps.c.person_id
        statement = select(func.count(steps.c.case_id.distinct())).join(cases, cases.c.id == steps.c.case_id)
        return int(self.connection.execute(statement.where(*taken, *when, own)).scalar_one())

    def paired_with(self, people: Collection[int]) -> int:
        """Return how many households some people look after."""
        mine = pairs.c.person_id.in_(people)
        statement = select(func.count(pairs.c.household_id.distinct())).where(mine)
        return int(self.connection.execute(statement).scalar_one())


def _call(row: Row[Any]) -> DutyCall:
    return DutyCall(**{**row._mapping, "kind": CallKind(row.kind)})
