"""Volunteers: their skills, the help that is asked of them, wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from data.domain.volunteering import HelpRequest, Wish, WishState
from data.repositories.base import Repository, Upsert
from data.repositories.counters import next_number
from data.tables.volunteering import help_requests, helpers_asked, skills, wishes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.engine import Row

_SKILL = Upsert(skills)
_ASKED = Upsert(helpers_asked)


class Volunteers(Repository):
    """Who can do what, and who was asked for what."""

    def learn(self, person_id: int, new: Iterable[str]) -> None:
        """Note what somebody can do; what they said before stays."""
        for skill in new:
            self.upsert(_SKILL, {"person_id": person_id, "skill": skill})

    def retire(self, person_id: int) -> bool:
        """Forget what somebody can do; return whether anything was known."""
        return self.run(delete(skills).where(skills.c.person_id == person_id)) > 0

    def skills_of(self, person_id: int) -> list[str]:
        """Return what somebody can do."""
        rows = self.all(select(skills).where(skills.c.person_id == person_id).order_by(skills.c.id))
        return [row.skill for row in rows]

    def everybody(self) -> dict[int, list[str]]:
        """Return all volunteers with what they can do, in the order they came."""
        found: dict[int, list[str]] = {}
        for row in self.all(select(skills).order_by(skills.c.id)):
            found.setdefault(row.person_id, []).append(row.skill)
        return found

    # help

    def ask(
        self, *, community_id: int, area_id: int, asker_id: int, words: str, asked_at: datetime
    ) -> HelpRequest:
        """Write down help that is looked for, under the next number."""
        row: dict[str, Any] = {
            "community_id": community_id,
            "number": next_number(self, community_id, "help"),
            "area_id": area_id,
            "asker_id": asker_id,
            "words": words,
            "asked_at": asked_at,
        }
        return HelpRequest(id=self.add(help_requests, row), **row)

    def request(self, help_id: int) -> HelpRequest:
        """Return a help request that exists."""
        return _request(self.one(select(help_requests).where(help_requests.c.id == help_id)))

    def request_numbered(self, community_id: int, number: int) -> HelpRequest | None:
        """Return the help request with that number in a community."""
        here = help_requests.c.community_id == community_id, help_requests.c.number == number
        row = self.first(select(help_requests).where(*here))
        return _request(row) if row else None

    def asked(self, help_id: int, people: Iterable[int] = ()) -> list[int]:
        """Note who was asked, and return all who were."""
        for person_id in people:
            self.upsert(_ASKED, {"help_id": help_id, "person_id": person_id})
        rows = self.all(select(helpers_asked.c.person_id).where(helpers_asked.c.help_id == help_id))
        return [row.person_id for row in rows]

    def waiting_for(self, person_id: int) -> list[HelpRequest]:
        """Return the requests that somebody was asked and nobody has taken yet, the newest first."""
        asked = select(helpers_asked.c.help_id).where(helpers_asked.c.person_id == person_id)
        free = help_requests.c.id.in_(asked), help_requests.c.taken_by_id.is_(None)
        rows = self.all(
            select(help_requests)
            .where(*free, help_requests.c.done_at.is_(None))
            .order_by(help_requests.c.id.desc())
        )
        return [_request(row) for row in rows]

    def take(self, help_id: int, person_id: int) -> bool:
        """Let somebody have a request; False if another was first."""
        free = help_requests.c.id == help_id, help_requests.c.taken_by_id.is_(None)
        return self.run(update(help_requests).where(*free).values(taken_by_id=person_id)) == 1

    def done(self, help_id: int, at: datetime, minutes: int) -> bool:
        """Note that help was given, and how long it took; False if that was noted before."""
        open_ = help_requests.c.id == help_id, help_requests.c.done_at.is_(None)
        return self.run(update(help_requests).where(*open_).values(done_at=at, minutes=minutes)) == 1

    def minutes(self, community_id: int, start: datetime, end: datetime, person_id: int | None = None) -> int:
        """Return how long help was given in a community in a span of time, by one person or by all."""
        there = (
            help_requests.c.community_id == community_id,
            help_requests.c.done_at >= start,
            help_requests.c.done_at < end,
        )
        total = select(func.coalesce(func.sum(help_requests.c.minutes), 0)).where(*there)
        if person_id is not None:
            total = total.where(help_requests.c.taken_by_id == person_id)
        return int(self.connection.execute(total).scalar_one())

    # wishes

    def wish(
        self,
        *,
        community_id: int,
        area_id: int,
        person_id: int,
        words: str,
        at: datetime,
        said_in: str | None,
    ) -> Wish:
        """Write down a wish, under the next number."""
        row: dict[str, Any] = {
            "community_id": community_id,
            "number": next_number(self, community_id, "wish"),
            "area_id": area_id,
            "person_id": person_id,
            "words": words,
            "at": at,
            "said_in": said_in,
        }
        return Wish(id=self.add(wishes, {**row, "state": WishState.WAITING.value}), **row)

    def wish_numbered(self, community_id: int, number: int) -> Wish | None:
        """Return the wish with that number in a community."""
        here = wishes.c.community_id == community_id, wishes.c.number == number
        row = self.first(select(wishes).where(*here))
        return _wish(row) if row else None

    def get_wish(self, wish_id: int) -> Wish:
        """Return a wish that exists."""
        return _wish(self.one(select(wishes).where(wishes.c.id == wish_id)))

    def wish_said_in(self, message: str) -> Wish | None:
        """Return the wish that a message made."""
        row = self.first(select(wishes).where(wishes.c.said_in == message))
        return _wish(row) if row else None

    def wishes_in(self, community_id: int, state: WishState) -> list[Wish]:
        """Return the wishes of a community in a state, the oldest first."""
        here = wishes.c.community_id == community_id, wishes.c.state == state.value
        return [_wish(row) for row in self.all(select(wishes).where(*here).order_by(wishes.c.id))]

    def move_wish(
        self,
        wish_id: int,
        to: WishState,
        *states: WishState,
        claimed_by_id: int | None = None,
        done_at: datetime | None = None,
    ) -> bool:
        """Let a wish that is in one of some states go on to another; False if it is in none of them."""
        mine = wishes.c.id == wish_id, wishes.c.state.in_([state.value for state in states])
        values: dict[str, Any] = {"state": to.value}
        if claimed_by_id is not None:
            values["claimed_by_id"] = claimed_by_id
        if done_at is not None:
            values["done_at"] = done_at
        return self.run(update(wishes).where(*mine).values(**values)) == 1

    def fulfilled(self, community_id: int, start: datetime, end: datetime) -> int:
        """Return how many wishes came true in a community in a span of time."""
        there = wishes.c.community_id == community_id, wishes.c.done_at >= start, wishes.c.done_at < end
        return int(self.connection.execute(select(func.count()).where(*there)).scalar_one())


def _request(row: Row[Any]) -> HelpRequest:
    return HelpRequest(**row._mapping)


def _wish(row: Row[Any]) -> Wish:
    values = {name: value for name, value in row._mapping.items() if name != "done_at"}
    return Wish(**{**values, "state": WishState(row.state)})
