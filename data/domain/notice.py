"""Notices (通知): what an officer tells several residents' groups, and who says that they have read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `number` counts within the community (the area it was given for)."""

    id: int
    community_id: int
    number: int
    by_id: int
    at: datetime
    words: str
    media: tuple[str, ...]
    rooms: tuple[int, ...]
    withdrawn_at: datetime | None = None
    said_in: str | None = None

    def key(self, room_id: int) -> str:
        """Return the name under which the outbox keeps it for a room."""
        return f"notice:{self.id}:r{room_id}"


class Neighbour(NamedTuple):
    """A resident known in a room, with the door if the roster knows one."""

    person_id: int
    name: str
    building: str = ""
    unit: str = ""
    door: str = ""
