"""Whistles (吹哨): a call for organisations to come to a case; each answers for its part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from data.domain.people import Rank

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class Colour(StrEnum):
    """How loud a whistle is: whom of an organisation it calls."""

    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


CALLS = {Colour.BLUE: Rank.SECTION_HEAD, Colour.YELLOW: Rank.DEPUTY, Colour.RED: Rank.CHIEF}


class PartState(StrEnum):
    """Where an organisation's part in a whistle stands."""

    CALLED = "called"
    CHECKED_IN = "checked_in"
    DONE = "done"
    RETURNED = "returned"  # 退哨: the officer has not accepted it yet
    EXCUSED = "excused"


OPEN_PARTS = frozenset({PartState.CALLED, PartState.CHECKED_IN, PartState.RETURNED})
NEVER_CAME = frozenset({PartState.CALLED, PartState.RETURNED})


@dataclass(frozen=True, slots=True)
class Whistle:
    """A call for organisations to come to a case. It is open until an officer ends it (销哨)."""

    id: int
    case_id: int
    blown_by: int
    blown_at: datetime
    reason: str
    colour: Colour | None
    urgent: bool  # check in within half an hour on the clock
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PartScores:
    """What the officer gives an organisation at the end: 到场, 配合, 结果, each 1 to 5."""

    arrival: int
    cooperation: int
    outcome: int


@dataclass(frozen=True, slots=True)
class Part:
    """One organisation's part in a whistle."""

    id: int
    whistle_id: int
    organisation_id: int
    state: PartState
    called_at: datetime
    check_in_by: datetime
    checked_in_at: datetime | None = None
    done_at: datetime | None = None
    words: str | None = None
    scores: PartScores | None = None

    @property
    def is_open(self) -> bool:
        """Whether the organisation still has something to do: 事不完,人不走."""
        return self.state in OPEN_PARTS

    def is_late(self, now: datetime) -> bool:
        """Whether the organisation came after the time the whistle set, or should have come by now."""
        came = self.checked_in_at or (now if self.state is PartState.CALLED else None)
        return came is not None and came > self.check_in_by


# From which states a part may go where.
MOVES: dict[PartState, frozenset[PartState]] = {
    PartState.CHECKED_IN: frozenset({PartState.CALLED, PartState.RETURNED}),
    PartState.DONE: frozenset({PartState.CALLED, PartState.CHECKED_IN}),
    PartState.RETURNED: frozenset({PartState.CALLED, PartState.CHECKED_IN}),
    PartState.EXCUSED: frozenset({PartState.CALLED, PartState.CHECKED_IN, PartState.RETURNED}),
}


def require_move(part: Part, to: PartState, name: str) -> None:
    """Raise unless a part may go to a state; `name` is its organisation's."""
    if part.state not in MOVES[to]:
        raise UserError("whistle.part_state", name=name, part=part.state)


def require_all_came(parts: Iterable[Part], names: dict[int, str], number: int) -> None:
    """Raise if somebody never came: an officer must excuse them before the whistle ends."""
    missing = [names[part.organisation_id] for part in parts if part.state in NEVER_CAME]
    if missing:
        raise UserError("whistle.never_came", names="、".join(missing), number=number)
