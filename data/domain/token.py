"""Tokens: by which other software comes in, as a person, for some things, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

KEPT_FOR = timedelta(hours=24)  # what was posted under an Idempotency-Key


class TokenScope(StrEnum):
    """What a token may do."""

    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"  # commands about a case
    CASES_PERSONAL = (
        "cases:personal"  # words, names, phones and doors as they were said; each view is audited
    )
    APPEALS_WRITE = "appeals:write"
    MEETINGS_READ = "meetings:read"
    BALLOTS_READ = "ballots:read"
    PUBLICITIES_READ = "publicities:read"
    ACTIVITIES_READ = "activities:read"
    VISITS_READ = "visits:read"
    STATISTICS_READ = "statistics:read"


@dataclass(frozen=True, slots=True)
class Token:
    """A token, without its secret: it acts as a person, and sees nothing outside of its area (None: all)."""

    id: int
    name: str
    scopes: frozenset[TokenScope]
    area_id: int | None
    person_id: int
    account_id: int  # by which it speaks
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    used_at: datetime | None = None

    def stands(self, now: datetime) -> bool:
        """Whether it opens anything still."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)
