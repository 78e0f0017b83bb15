"""What is public of a case, after a person has looked it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import Grade

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case


class Publication(NamedTuple):
    """The words, the result and the pictures of a case that anybody may see."""

    words: str
    result: str
    pictures: tuple[str, ...]
    at: datetime | None = None


def never_public(case: Case) -> bool:
    """Whether a case is nobody else's affair: a dispute, a private matter."""
    return case.dispute or case.grade is Grade.PRIVATE
