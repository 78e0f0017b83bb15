"""What somebody was asked, and has not answered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from data.repositories.base import Repository
from data.tables.questions import questions

if TYPE_CHECKING:
    from datetime import datetime


_OPEN_QUESTIONS = (
    select(questions)
    .where(
        questions.c.account_id == bindparam("account"),
        questions.c.asked_at >= bindparam("since"),
        questions.c.answered_at.is_(None),
    )
    .order_by(questions.c.id.desc())
)


class Questions(Repository):
    """Questions the bot has asked somebody privately, until they are answered."""

    def ask(self, account_id: int, kind: str, details: dict[str, Any], at: datetime) -> None:
        """Ask; an earlier question of the kind lapses."""
        lapse = update(questions).where(
            questions.c.account_id == account_id,
            questions.c.kind == kind,
            questions.c.answered_at.is_(None),
        )
        self.run(lapse.values(answered_at=at))
        self.add(questions, {"account_id": account_id, "kind": kind, "details": details, "asked_at": at})

    def open(self, account_id: int, since: datetime) -> list[Any]:
        """Return what is still asked of somebody, the latest first."""
        return list(self.all(_OPEN_QUESTIONS, account=account_id, since=since))

    def answered(self, question_id: int, at: datetime) -> None:
        """Note that a question has its answer."""
        self.run(update(questions).where(questions.c.id == question_id).values(answered_at=at))
