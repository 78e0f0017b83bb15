"""Motions and their supporters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import select, update

from data.domain.motion import OPEN_MOTIONS, Motion, MotionState
from data.repositories.base import Repository, Upsert
from data.repositories.counters import next_number
from data.tables.households import residents
from data.tables.motions import motion_supports, motions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Row
    from typing_extensions import Unpack

_SUPPORT = Upsert(motion_supports)


class NewMotion(TypedDict):
    """The fields of a motion that is put forward."""

    community_id: int
    areas: tuple[int, ...]
    title: str
    by_id: int
    at: datetime
    case_id: int | None
    said_in: str | None


class MotionChanges(TypedDict, total=False):
    """What becomes of a motion: it is put on an agenda, decided, taken back, or the leader is asked."""

    meeting_id: int | None
    listed_in: str | None
    listed_before: int | None
    state: str
    leader_asked: bool


class Motions(Repository):
    """Motions with the households that support them."""

    def propose(self, new: NewMotion) -> Motion:
        """Write a motion under the next number, its proposer the first to support it."""
        number = next_number(self, new["community_id"], "motion")
        row = {**new, "number": number, "areas": list(new["areas"]), "leader_asked": False}
        motion_id = self.add(motions, {**row, "state": MotionState.OPEN.value})
        self.support(motion_id, new["by_id"], new["at"])
        return self.get(motion_id)

    def get(self, motion_id: int) -> Motion:
        """Return a motion that exists."""
        return _motion(self.one(select(motions).where(motions.c.id == motion_id)))

    def numbered(self, community_id: int, number: int) -> Motion | None:
        """Return the motion with that number in a community."""
        mine = motions.c.community_id == community_id, motions.c.number == number
        row = self.first(select(motions).where(*mine))
        return _motion(row) if row else None

    def open_ones(self) -> list[Motion]:
        """Return the motions that no meeting has decided yet, the oldest first."""
        still = motions.c.state.in_([state.value for state in OPEN_MOTIONS])
        return [_motion(row) for row in self.all(select(motions).where(still).order_by(motions.c.id))]

    def on_agenda(self, meeting_id: int) -> list[Motion]:
        """Return the motions before a meeting, as they were listed."""
        statement = select(motions).where(motions.c.meeting_id == meeting_id).order_by(motions.c.id)
        return [_motion(row) for row in self.all(statement)]

    def of_case(self, case_id: int) -> list[Motion]:
        """Return the motions that grew out of a case."""
        return [_motion(row) for row in self.all(select(motions).where(motions.c.case_id == case_id))]

    def said_in(self, message: str) -> Motion | None:
        """Return the motion that a message put forward."""
        row = self.first(select(motions).where(motions.c.said_in == message))
        return _motion(row) if row else None

    def listed_in(self, message: str) -> Motion | None:
        """Return the motion that a message put on an agenda."""
        row = self.first(select(motions).where(motions.c.listed_in == message))
        return _motion(row) if row else None

    def support(self, motion_id: int, person_id: int, at: datetime) -> bool:
        """Note that somebody supports a motion; return whether that is new."""
        return self.upsert(_SUPPORT, {"motion_id": motion_id, "person_id": person_id, "at": at}) == 1

    def supporters(self, motion_id: int) -> list[tuple[int, int | None]]:
        """Return who supports a motion and in which household they live (None: in none that is known)."""
        here = (residents.c.person_id == motion_supports.c.person_id) & residents.c.until.is_(None)
        statement = (
            select(motion_supports.c.person_id, residents.c.household_id)
            .outerjoin(residents, here)
            .where(motion_supports.c.motion_id == motion_id)
        )
        return [(row.person_id, row.household_id) for row in self.all(statement)]

    def change(self, motion_id: int, **changes: Unpack[MotionChanges]) -> None:
        """Put a motion on an agenda, or note what became of it."""
        self.run(update(motions).where(motions.c.id == motion_id).values(**changes))


def _motion(row: Row[Any]) -> Motion:
    values = dict(row._mapping)
    return Motion(**{**values, "areas": tuple(values["areas"]), "state": MotionState(values["state"])})
