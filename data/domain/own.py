"""A place's own rules and wordings: every version that was ever in force is kept, so that one can go back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

SHIPPED = 0  # the version before the first: what ships, and the files of the config


class OwnKind(StrEnum):
    """What a place says in its own way."""

    RULES = "rules"
    WORDINGS = "wordings"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a place's own rules or wordings: all of its YAML, and who made it when.

    `shown` is the version whose text this one has: itself, or an older one that was gone back to (0: what
    ships); `before` the one that was in force when that text was first written. `what` names what changed.
    """

    id: int
    kind: OwnKind
    at: datetime
    person_id: int | None
    what: str
    text: str
    shown: int
    before: int
