"""Party members of the areas, and the cases they may claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from data.repositories.base import Repository, Upsert
from data.tables.cases import cases
from data.tables.party import claimable_cases, party_members
from data.tables.timeline import steps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy.engine import Row

_CLAIMABLE = Upsert(claimable_cases)
_MEMBER = Upsert(party_members, key=("person_id",), replace=("area_id", "skills", "confirmed"))


class PartyMembers(Repository):
    """Party members (党员报到), and what they take upon themselves (认领)."""

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
