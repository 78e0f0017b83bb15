"""Elections, nominations, votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from data.domain.election import Election, ElectionState
from data.repositories.base import Repository, Upsert
from data.repositories.counters import next_number
from data.tables.elections import election_votes, elections, nominations

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.engine import Row

_NOMINATE = Upsert(nominations)
_VOTE = Upsert(election_votes, key=("election_id", "household_id"), replace=("choices",))


class Elections(Repository):
    """Elections with their nominations and votes."""

    def open(
        self,
        *,
        community_id: int,
        area_id: int,
        title: str,
        places: int,
        by_id: int,
        nominate_until: datetime,
        vote_until: datetime,
        said_in: str | None,
    ) -> Election:
        """Call an election under the next number."""
        row: dict[str, Any] = {
            "community_id": community_id,
            "number": next_number(self, community_id, "award"),
            "area_id": area_id,
            "title": title,
            "places": places,
            "by_id": by_id,
            "nominate_until": nominate_until,
            "vote_until": vote_until,
            "said_in": said_in,
        }
        new = {**row, "state": ElectionState.NOMINATING.value, "candidates": [], "totals": []}
        return Election(id=self.add(elections, {**new, "households": 0}), **row)

    def get(self, election_id: int) -> Election:
        """Return an election that exists."""
        return _election(self.one(select(elections).where(elections.c.id == election_id)))

    def numbered(self, community_id: int, number: int) -> Election | None:
        """Return the election with that number in a community."""
        here = elections.c.community_id == community_id, elections.c.number == number
        row = self.first(select(elections).where(*here))
        return _election(row) if row else None

    def said_in(self, message: str) -> Election | None:
        """Return the election that a message called."""
        row = self.first(select(elections).where(elections.c.said_in == message))
        return _election(row) if row else None

    def in_state(self, community_id: int, *states: ElectionState) -> list[Election]:
        """Return the elections of a community in some states, the oldest first."""
        here = elections.c.community_id == community_id, elections.c.state.in_([s.value for s in states])
        return [_election(row) for row in self.all(select(elections).where(*here).order_by(elections.c.id))]

    def move(self, election_id: int, to: ElectionState, candidates: Sequence[str] | None = None) -> None:
        """Let an election go on, with the list that is voted on."""
        values: dict[str, Any] = {"state": to.value}
        if candidates is not None:
            values["candidates"] = list(candidates)
        self.run(update(elections).where(elections.c.id == election_id).values(**values))

    def nominate(self, election_id: int, candidate: str, reason: str, person_id: int, voice: str) -> bool:
        """Nominate somebody; False if that household has nominated them before."""
        row = {
            "election_id": election_id,
            "candidate": candidate,
            "reason": reason,
            "person_id": person_id,
            "voice": voice,
        }
        return self.upsert(_NOMINATE, row) == 1

    def nominated(self, election_id: int) -> dict[str, int]:
        """Return who was nominated, by how many households, the most often first."""
        counts: dict[str, int] = {}
        mine = select(nominations.c.candidate).where(nominations.c.election_id == election_id)
        for row in self.all(mine.order_by(nominations.c.id)):
            counts[row.candidate] = counts.get(row.candidate, 0) + 1
        return dict(sorted(counts.items(), key=lambda one: -one[1]))

    def vote(self, election_id: int, household_id: int, choices: Sequence[str]) -> None:
        """Write down what a household chooses; what it chose before is gone."""
        row = {"election_id": election_id, "household_id": household_id, "choices": list(choices)}
        self.upsert(_VOTE, row)

    def chosen(self, election_id: int) -> list[list[str]]:
        """Return the choices of each household that voted."""
        mine = select(election_votes.c.choices).where(election_votes.c.election_id == election_id)
        return [list(row.choices) for row in self.all(mine)]

    def close(self, election_id: int, totals: Sequence[tuple[str, int]], households: int) -> None:
        """End an election: the totals stay, who chose whom is erased."""
        self.run(delete(election_votes).where(election_votes.c.election_id == election_id))
        values = {
            "state": ElectionState.CLOSED.value,
            "totals": [list(one) for one in totals],
            "households": households,
        }
        self.run(update(elections).where(elections.c.id == election_id).values(**values))


def _election(row: Row[Any]) -> Election:
    return Election(
        **{
            **row._mapping,
            "state": ElectionState(row.state),
            "candidates": tuple(row.candidates),
            "totals": tuple((name, votes) for name, votes in row.totals),
        }
    )
