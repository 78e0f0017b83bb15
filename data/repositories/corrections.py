"""Corrections: what a person says the bot understood wrongly, kept to learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from sqlalchemy import delete, select

from data.repositories.base import Repository
from data.tables.corrections import corrections

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack


class NewCorrection(TypedDict):
    """Whose words, what they were taken for, and what they are: a category, or `chat`."""

    at: datetime
    person_id: int | None
    appeal_id: NotRequired[int | None]
    speaker_id: NotRequired[int | None]  # who said it, where it is no appeal that says so
    text: str
    was: str | None
    now: str


class Corrections(Repository):
    """Texts with what they were taken for and what they are."""

    def all_of_them(self) -> Sequence[Row[Any]]:
        """Return the corrections: rows of at, person_id, appeal_id, text, was, now."""
        return self.all(select(corrections).order_by(corrections.c.id))

    def correct(self, **values: Unpack[NewCorrection]) -> None:
        """Keep a correction that somebody made; `shaozi learn` learns from it."""
        self.add(corrections, values)

    def unsay(self, speaker_id: int, texts: Sequence[str]) -> None:
        """Forget what people said of words that their speaker took back."""
        mine = corrections.c.speaker_id == speaker_id, corrections.c.text.in_(list(texts))
        self.run(delete(corrections).where(*mine))
