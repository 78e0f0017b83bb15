"""What appellants were asked after 办结, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, update

from data.domain.rating import Asked
from data.repositories.base import Repository
from data.tables.ratings import ratings

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Row


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
