"""Corrections: what a person says the bot understood wrongly, kept for `shaozi learn`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.domain.case import Case
    from handlers.context import Heard


def keep_correction(heard: Heard, case: Case, now: str) -> None:
    """Keep the words of a case's appeals under what a person says they are: a category, or `chat`."""
    for appeal in heard.uow.appeals.of_case(case.id):
        heard.uow.records.correct(
            at=heard.now,
            person_id=heard.person.id,
            appeal_id=appeal.id,
            text=appeal.words,
            was=case.category,
            now=now,
        )
