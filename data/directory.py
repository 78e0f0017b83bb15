"""The directory: areas, rooms, organisations and who holds which duty, as the writer last read them.

They change only when an operator changes the roster, which raises a version in the database; whoever
notices a newer version forgets everything read before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.domain.areas import Area, Room
    from data.domain.people import Duty, DutyHolder, Organisation, Person, Service


@dataclass(slots=True)
class Directory:
    """What has been read of the roster, by id; rooms by their channel's id too."""

    version: int = -1
    areas: dict[int, Area] = field(default_factory=dict)
    rooms: dict[int, Room] = field(default_factory=dict)
    room_ids: dict[tuple[str, str], int] = field(default_factory=dict)
    organisations: dict[int, Organisation] = field(default_factory=dict)
    services: tuple[Service, ...] | None = None
    buildings: dict[tuple[int, str], list[Area]] = field(default_factory=dict)  # by grid and label
    on_duty: dict[int, list[DutyHolder]] = field(default_factory=dict)  # by area, in the order of the roster
    people: dict[int, Person] = field(default_factory=dict)  # those who hold a duty
    duties: dict[int, list[Duty]] = field(default_factory=dict)  # of these people

    def refresh(self, version: int) -> None:
        """Forget everything if the roster has changed since it was read."""
        if version != self.version:
            self.forget()
            self.version = version

    def forget(self) -> None:
        """Forget everything."""
        self.version = -1
        for known in self._known():
            known.clear()
        self.services = None

    def _known(self) -> tuple[dict[Any, Any], ...]:
        places = self.areas, self.rooms, self.room_ids, self.organisations, self.buildings
        return *places, self.on_duty, self.people, self.duties
