"""Good people (好人): whom a neighbour thanks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class GoodPerson:
    """Somebody a neighbour thanks for something (好人). `number` counts within the community."""

    id: int
    community_id: int
    number: int
    name: str
    words: str
    by_id: int
    at: datetime
    published_at: datetime | None = None
