"""What is public of a case, after a person has looked it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class Publication(NamedTuple):
    """The words, the result and the pictures of a case that anybody may see."""

    words: str
    result: str
    pictures: tuple[str, ...]
    at: datetime | None = None
