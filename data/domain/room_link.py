"""Room links: by one of them anybody it reaches may come into a group of the web chat, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class RoomLink:
    """A link into a residents' room. `places` is how often it may be used, `used` how often it was.

    The code is kept as it is, unlike those of invitations for one person: it hangs in the stairwell anyhow,
    opens nothing but a residents' room for a newcomer, and whoever made it must be able to show it again.
    """

    id: int
    community_id: int
    number: int  # within the community
    room_id: int
    code: str
    places: int
    used: int
    made_by_id: int
    expires_at: datetime
    ended_at: datetime | None

    def opens(self, now: datetime) -> bool:
        """Whether somebody may still come in by it."""
        return self.ended_at is None and now < self.expires_at and self.used < self.places
