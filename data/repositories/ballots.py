"""Ballots, their rolls, who voted, and at the end what they chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from data.domain.ballot import (
    Ballot,
    BallotOutcome,
    BallotRule,
    BallotState,
    BallotVerdict,
    Enrolled,
    Proxy,
    Weight,
    decide,
)
from data.repositories.base import Repository, Upsert
from data.repositories.counters import next_number
from data.tables.ballots import ballots, choices, proxies, roll, votes
from data.tables.households import residents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.engine import Row

    from data.domain.household import Household

_ONE = select(ballots).where(ballots.c.id == bindparam("id"))
_NUMBERED = select(ballots).where(
    ballots.c.community_id == bindparam("community"), ballots.c.number == bindparam("number")
)
_OPEN = select(ballots).where(ballots.c.state == BallotState.OPEN.value).order_by(ballots.c.id)
_ON_ROLL = select(roll.c.household_id).where(
    roll.c.ballot_id == bindparam("ballot"), roll.c.household_id == bindparam("household")
)
_CHOOSE = Upsert(choices, key=("ballot_id", "person_id"), replace=("choice",))
_UNVOTE = delete(votes).where(
    votes.c.ballot_id == bindparam("ballot"), votes.c.person_id == bindparam("person")
)
_PROXY = Upsert(proxies, key=("ballot_id", "household_id"), replace=("giver_id", "holder_id", "agreed"))


class NewBallot(TypedDict):
    """The fields of a ballot that is opened."""

    community_id: int
    areas: tuple[int, ...]
    title: str
    options: tuple[str, ...]
    rule: BallotRule
    named: bool
    by_id: int
    opened_at: datetime
    ends_at: datetime
    motion_id: NotRequired[int | None]
    case_id: NotRequired[int | None]
    said_in: str | None


class Ballots(Repository):
    """Ballots. What somebody chose is read by `chosen` alone, when the ballot ends."""

    def open(self, new: NewBallot, households: Iterable[Household]) -> Ballot:
        """Open a ballot under the next number, with the households that are on its roll."""
        number = next_number(self, new["community_id"], "ballot")
        row = {
            **new,
            "number": number,
            "extended": False,
            "state": BallotState.OPEN.value,
            "rule": new["rule"].value,
        }
        stored = {**row, "areas": list(new["areas"]), "options": list(new["options"])}
        ballot_id = self.add(ballots, stored)
        enrolled = [
            {"ballot_id": ballot_id, "household_id": h.id, "area": h.area, "took_part": False}
            for h in households
        ]
        self.connection.execute(insert(roll), enrolled)
        return self.get(ballot_id)

    def get(self, ballot_id: int) -> Ballot:
        """Return a ballot that exists."""
        return ballot_of(self.one(_ONE, id=ballot_id))

    def numbered(self, community_id: int, number: int) -> Ballot | None:
        """Return the ballot with that number in a community."""
        row = self.first(_NUMBERED, community=community_id, number=number)
        return ballot_of(row) if row else None

    def said_in(self, message: str) -> Ballot | None:
        """Return the ballot that a message opened."""
        row = self.first(select(ballots).where(ballots.c.said_in == message))
        return ballot_of(row) if row else None

    def open_ones(self) -> list[Ballot]:
        """Return the ballots that take votes, the oldest first."""
        return [ballot_of(row) for row in self.all(_OPEN)]

    def of_community(self, community_id: int) -> list[Ballot]:
        """Return the ballots of a community, the latest first."""
        statement = (
            select(ballots).where(ballots.c.community_id == community_id).order_by(ballots.c.id.desc())
        )
        return [ballot_of(row) for row in self.all(statement)]

    def about(self, *, case_id: int | None = None, motion_id: int | None = None) -> list[Ballot]:
        """Return the ballots on a case or a motion, the oldest first."""
        which = ballots.c.case_id == case_id if case_id is not None else ballots.c.motion_id == motion_id
        return [ballot_of(row) for row in self.all(select(ballots).where(which).order_by(ballots.c.id))]

    def extend(self, ballot_id: int, ends_at: datetime) -> None:
        """Let a ballot end later; that is done once."""
        self.run(update(ballots).where(ballots.c.id == ballot_id).values(ends_at=ends_at, extended=True))

    def enrols(self, ballot_id: int, household_id: int) -> bool:
        """Whether a household is on the roll."""
        return self.first(_ON_ROLL, ballot=ballot_id, household=household_id) is not None

    def roll(self, ballot_id: int) -> list[Enrolled]:
        """Return the households on the roll."""
        columns = roll.c.household_id, roll.c.area, roll.c.took_part, roll.c.choice
        rows = self.all(select(*columns).where(roll.c.ballot_id == ballot_id).order_by(roll.c.household_id))
        return [Enrolled(row.household_id, row.area, row.took_part, row.choice) for row in rows]

    def vote(self, ballot_id: int, person_id: int, choice: int) -> bool:
        """Take somebody's vote, the last one counts; return whether it is their first."""
        first = self.run(_UNVOTE, ballot=ballot_id, person=person_id) == 0
        self.add(votes, {"ballot_id": ballot_id, "person_id": person_id})
        self.upsert(_CHOOSE, {"ballot_id": ballot_id, "person_id": person_id, "choice": choice})
        return first

    def voters(self, ballot_id: int) -> list[int]:
        """Return who voted, the last one last; nothing of what."""
        statement = select(votes.c.person_id).where(votes.c.ballot_id == ballot_id).order_by(votes.c.id)
        return list(self.connection.execute(statement).scalars())

    def voted(self, ballot_id: int) -> set[int]:
        """Return the households that have voted so far, by one of their own or by who holds their vote."""
        own = (
            select(residents.c.household_id)
            .join(votes, votes.c.person_id == residents.c.person_id)
            .where(votes.c.ballot_id == ballot_id, residents.c.until.is_(None))
        )
        held = (
            select(proxies.c.household_id)
            .join(votes, (votes.c.person_id == proxies.c.holder_id) & (votes.c.ballot_id == ballot_id))
            .where(proxies.c.ballot_id == ballot_id, proxies.c.agreed.is_(True))
        )
        found = {row[0] for statement in (own, held) for row in self.all(statement)}
        return {one.household_id for one in self.roll(ballot_id)} & found

    def open_votes_of(self, person_id: int) -> list[Ballot]:
        """Return the open ballots in which somebody has voted."""
        mine = select(votes.c.ballot_id).where(votes.c.person_id == person_id)
        return [ballot_of(row) for row in self.all(_OPEN.where(ballots.c.id.in_(mine)))]

    def proxies(self, ballot_id: int) -> list[Proxy]:
        """Return the votes that are given away, or offered, the oldest first."""
        columns = proxies.c.household_id, proxies.c.giver_id, proxies.c.holder_id, proxies.c.agreed
        rows = self.all(select(*columns).where(proxies.c.ballot_id == ballot_id).order_by(proxies.c.id))
        return [Proxy(row.household_id, row.giver_id, row.holder_id, row.agreed) for row in rows]

    def give(self, ballot_id: int, proxy: Proxy) -> None:
        """Give a household's vote to somebody, or offer it; what was offered before lapses."""
        self.upsert(_PROXY, {"ballot_id": ballot_id, **proxy._asdict()})

    def take_back(self, ballot_id: int, household_id: int) -> bool:
        """Take a household's vote back; return whether it was given."""
        mine = proxies.c.ballot_id == ballot_id, proxies.c.household_id == household_id
        return self.run(delete(proxies).where(*mine)) > 0

    def chosen(self, ballot_id: int) -> dict[int, int]:
        """Return who chose what. For the closing alone: no command and no page may ask this."""
        statement = select(choices.c.person_id, choices.c.choice).where(choices.c.ballot_id == ballot_id)
        return {row.person_id: row.choice for row in self.all(statement)}

    def lived_in(self, ballot_id: int, at: datetime) -> dict[int, int]:
        """Return who lived in which household of the roll at a time: person → household."""
        then = residents.c.since <= at, or_(residents.c.until.is_(None), residents.c.until > at)
        statement = (
            select(residents.c.person_id, residents.c.household_id)
            .join(roll, roll.c.household_id == residents.c.household_id)
            .where(roll.c.ballot_id == ballot_id, *then)
            .order_by(residents.c.id)
        )
        return {row.person_id: row.household_id for row in self.all(statement)}

    def close(self, ballot: Ballot, whole: Weight, totals: tuple[Weight, ...], by: Mapping[int, int]) -> None:
        """Write down a result, `by` household where the ballot is named, and erase who chose what."""
        verdict, leading, took_part = decide(ballot.rule, ballot.options, whole, totals)
        values = {
            "state": BallotState.CLOSED.value,
            "whole": list(whole),
            "totals": [[total.heads, total.area if ballot.named else None] for total in totals],
            "outcome": [verdict.value, list(leading), list(took_part)],
        }
        self.run(update(ballots).where(ballots.c.id == ballot.id).values(**values))
        mine = roll.c.ballot_id == ballot.id, roll.c.household_id == bindparam("household")
        mark = update(roll).where(*mine).values(took_part=True, choice=bindparam("chose"))
        rows = [
            {"household": h, "chose": choice if ballot.named else None} for h, choice in sorted(by.items())
        ]
        if rows:
            self.connection.execute(mark, rows)
        self._erase(ballot.id)

    def cancel(self, ballot_id: int) -> None:
        """Call a ballot off, and erase who chose what."""
        self.run(update(ballots).where(ballots.c.id == ballot_id).values(state=BallotState.CANCELLED.value))
        self._erase(ballot_id)

    def forget(self, person_id: int) -> None:
        """Delete somebody's votes in the ballots that are still open, and what they gave or hold."""
        for table in (votes, choices):
            self.run(delete(table).where(table.c.person_id == person_id))
        theirs = (proxies.c.giver_id == person_id) | (proxies.c.holder_id == person_id)
        self.run(delete(proxies).where(theirs))

    def taken_part(self, household_id: int) -> int:
        """Return in how many ballots a household took part that are over."""
        mine = roll.c.household_id == household_id, roll.c.took_part.is_(True)
        return int(self.connection.execute(select(func.count()).select_from(roll).where(*mine)).scalar_one())

    def _erase(self, ballot_id: int) -> None:
        for table in (choices, votes, proxies):
            self.run(delete(table).where(table.c.ballot_id == ballot_id))


def ballot_of(row: Row[Any]) -> Ballot:
    """Return the ballot that a row holds."""
    values = dict(row._mapping)
    totals, whole, outcome = values["totals"] or (), values["whole"], values["outcome"]
    return Ballot(
        **{
            **values,
            "areas": tuple(values["areas"]),
            "options": tuple(values["options"]),
            "rule": BallotRule(values["rule"]),
            "state": BallotState(values["state"]),
            "totals": tuple(Weight(*total) for total in totals),
            "whole": Weight(*whole) if whole is not None else None,
            "outcome": _outcome(*outcome) if outcome is not None else None,
        }
    )


def _outcome(verdict: str, leading: list[int], took_part: list[int | None]) -> BallotOutcome:
    heads, area = took_part
    return BallotOutcome(BallotVerdict(verdict), tuple(leading), Weight(heads or 0, area))
