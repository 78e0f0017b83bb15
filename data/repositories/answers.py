"""The table of answers, and questions that were asked and not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import bindparam, func, select, update

from data.domain.answering import AskedQuestion, StoredAnswer
from data.repositories.base import Repository
from data.repositories.counters import next_number
from data.tables.answering import answers, asked_questions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection, Row
    from typing_extensions import Unpack

    from data.directory import Directory
    from data.repositories.base import Touched

_VERSION = select(
    func.count().label("rows"),
    func.coalesce(func.max(answers.c.id), 0).label("last"),
    func.count().filter(answers.c.removed).label("removed"),
).where(answers.c.community_id == bindparam("community"))


class NewQuestion(TypedDict):
    """The fields of a question that is not known yet; `asked_at` is UTC."""

    community_id: int
    person_id: int
    account_id: int
    room_id: int | None
    message_id: str
    words: str
    asked_at: datetime


class Answers(Repository):
    """What is asked again and again, with what to answer."""

    def __init__(self, connection: Connection, directory: Directory, touched: Touched | None = None) -> None:
        super().__init__(connection, directory, touched)
        self._versions: dict[int, tuple[int, int, int]] | None = {}  # None once a table was changed here

    def version(self, community_id: int) -> tuple[int, int, int]:
        """Return what is another as soon as a community's table has changed."""
        if self._versions is None:
            return self._version(community_id)
        if community_id not in self._versions:
            self._versions[community_id] = self._version(community_id)
        return self._versions[community_id]

    def _version(self, community_id: int) -> tuple[int, int, int]:
        row = self.one(_VERSION, community=community_id)
        return int(row.rows), int(row.last), int(row.removed)

    def all_of(self, community_id: int) -> list[StoredAnswer]:
        """Return the answers of a community."""
        here = answers.c.community_id == community_id, answers.c.removed.is_(False)
        return [_answer(row) for row in self.all(select(answers).where(*here).order_by(answers.c.number))]

    def get(self, answer_id: int) -> StoredAnswer:
        """Return an answer that exists."""
        return _answer(self.one(select(answers).where(answers.c.id == answer_id)))

    def numbered(self, community_id: int, number: int) -> StoredAnswer | None:
        """Return the answer with that number in a community."""
        here = answers.c.community_id == community_id, answers.c.number == number
        row = self.first(select(answers).where(*here, answers.c.removed.is_(False)))
        return _answer(row) if row else None

    def keep(
        self,
        community_id: int,
        words: Sequence[str],
        answer: str,
        *,
        phone: str = "",
        hours: str = "",
        said_in: str | None = None,
    ) -> StoredAnswer:
        """Put an answer into the table under the next number."""
        self._versions = None
        number = next_number(self, community_id, "answer")
        row: dict[str, Any] = {
            "community_id": community_id,
            "number": number,
            "words": list(words),
            "answer": answer,
            "phone": phone,
            "hours": hours,
        }
        kept = self.add(answers, {**row, "removed": False, "said_in": said_in})
        return StoredAnswer(kept, community_id, number, tuple(words), answer, phone, hours)

    def remove(self, answer_id: int) -> bool:
        """Take an answer out of the table; False if it was out before."""
        self._versions = None
        mine = answers.c.id == answer_id, answers.c.removed.is_(False)
        return self.run(update(answers).where(*mine).values(removed=True)) == 1

    def said_in(self, message: str) -> StoredAnswer | None:
        """Return the answer that a message put into the table, if it is still there."""
        row = self.first(select(answers).where(answers.c.said_in == message, answers.c.removed.is_(False)))
        return _answer(row) if row else None

    # what was not known

    def ask(self, **values: Unpack[NewQuestion]) -> AskedQuestion:
        """Write down a question that is not known."""
        return AskedQuestion(id=self.add(asked_questions, values), **values)

    def asked(self, question_id: int) -> AskedQuestion | None:
        """Return a question that was asked; None if it is gone with its person."""
        row = self.first(select(asked_questions).where(asked_questions.c.id == question_id))
        return AskedQuestion(**row._mapping) if row else None

    def answered(self, question_id: int, answer: str, at: datetime) -> None:
        """Note what a question was answered."""
        mine = update(asked_questions).where(asked_questions.c.id == question_id)
        self.run(mine.values(answer=answer, answered_at=at))

    def not_known(self, community_id: int, since: datetime) -> list[AskedQuestion]:
        """Return what was asked in a community since then and not known."""
        there = asked_questions.c.community_id == community_id, asked_questions.c.asked_at >= since
        rows = self.all(select(asked_questions).where(*there).order_by(asked_questions.c.id))
        return [AskedQuestion(**row._mapping) for row in rows if row.words]


def _answer(row: Row[Any]) -> StoredAnswer:
    return StoredAnswer(
        row.id, row.community_id, row.number, tuple(row.words), row.answer, row.phone, row.hours
    )
