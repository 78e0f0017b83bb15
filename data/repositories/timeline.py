"""The timelines of cases, and the ratings their appellants gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, update

from data.domain.case import State, Step
from data.repositories.base import Repository
from data.tables.cases import ratings, steps

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Row

_OF_CASE = select(steps).where(steps.c.case_id == bindparam("case")).order_by(steps.c.id)
_SINCE = (
    select(steps)
    .where(steps.c.case_id == bindparam("case"), steps.c.at > bindparam("at"))
    .order_by(steps.c.id)
)
_SAID_IN = (
    select(steps)
    .where(steps.c.said_in == bindparam("message"), steps.c.undone.is_(False))
    .order_by(steps.c.id)
)
_ASKED_OF = (
    select(ratings)
    .where(
        ratings.c.person_id == bindparam("person"),
        ratings.c.asked_at >= bindparam("since"),
        ratings.c.void.is_(False),
    )
    .order_by(ratings.c.id.desc())
)
_OF_ROUND = select(ratings).where(
    ratings.c.case_id == bindparam("case"),
    ratings.c.round == bindparam("turn"),
    ratings.c.void.is_(False),
)


class Timeline(Repository):
    """Every step of every case, in order."""

    def write(self, step: dict[str, Any]) -> int:
        """Write one step and return its id; `step` holds the fields of `Step`."""
        return self.add(steps, {"before": {}, "undone": False, "words": None, **step})

    def of_case(self, case_id: int) -> list[Step]:
        """Return a case's steps, the first one first."""
        return [_step(row) for row in self.all(_OF_CASE, case=case_id)]

    def since(self, case_id: int, at: datetime) -> list[Step]:
        """Return the steps of a case that were taken after an instant."""
        return [_step(row) for row in self.all(_SINCE, case=case_id, at=at)]

    def said_in(self, message: str) -> list[Step]:
        """Return the steps that a message took and that stand, in order."""
        return [_step(row) for row in self.all(_SAID_IN, message=message)]

    def undo(self, step_id: int) -> None:
        """Mark a step as undone."""
        self.run(update(steps).where(steps.c.id == step_id).values(undone=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """A rating that was asked of an appellant, and the answer if there is one."""

    id: int
    case_id: int
    person_id: int
    account_id: int
    room_id: int | None
    round: int
    asked_at: datetime
    answered_at: datetime | None
    digit: int | None


class Ratings(Repository):
    """What appellants were asked after 办结, and what they answered."""

    def ask(self, asked: dict[str, Any]) -> None:
        """Note that an appellant is asked (`asked`: the fields of `Asked`); asking again renews the row."""
        same = select(ratings.c.id).where(
            ratings.c.case_id == asked["case_id"],
            ratings.c.person_id == asked["person_id"],
            ratings.c.round == asked["round"],
        )
        row = self.first(same)
        values = {**asked, "void": False, "answered_at": None, "digit": None, "words": None}
        if row is None:
            self.add(ratings, values)
        else:
            self.run(update(ratings).where(ratings.c.id == row.id).values(**values))

    def asked_of(self, person_id: int, since: datetime) -> list[Asked]:
        """Return what somebody was asked since then, the latest first."""
        return [_asked(row) for row in self.all(_ASKED_OF, person=person_id, since=since)]

    def of_round(self, case_id: int, turn: int) -> list[Asked]:
        """Return what was asked about a case after one 办结 (`turn` counts the 重办 before it)."""
        return [_asked(row) for row in self.all(_OF_ROUND, case=case_id, turn=turn)]

    def answer(self, rating_id: int, digit: int, words: str | None, at: datetime) -> None:
        """Write down an answer."""
        values = {"digit": digit, "words": words, "answered_at": at}
        self.run(update(ratings).where(ratings.c.id == rating_id).values(**values))

    def void(self, case_id: int, turn: int) -> None:
        """Take back the questions of one round: the step that asked them was undone."""
        self.run(
            update(ratings).where(ratings.c.case_id == case_id, ratings.c.round == turn).values(void=True)
        )

    def count(self, case_id: int) -> int:
        """Return how many have answered about a case."""
        statement = select(func.count()).where(ratings.c.case_id == case_id, ratings.c.digit.is_not(None))
        return int(self.connection.execute(statement).scalar_one())


def _step(row: Row[Any]) -> Step:
    from_state = State(row.from_state) if row.from_state else None
    return Step(
        row.id,
        row.case_id,
        row.at,
        row.person_id,
        row.action,
        from_state,
        State(row.to_state),
        row.words,
        row.before,
        row.undone,
    )


def _asked(row: Row[Any]) -> Asked:
    return Asked(
        row.id,
        row.case_id,
        row.person_id,
        row.account_id,
        row.room_id,
        row.round,
        row.asked_at,
        row.answered_at,
        row.digit,
    )
