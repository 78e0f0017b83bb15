"""Minutes and resolutions of meetings; the steps of 四议两公开."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from data.domain.four_discussions import FourStep, FourTaken
from data.domain.motion import Minutes, Resolution
from data.repositories.base import Repository
from data.tables.motions import four_steps, minutes, resolution_cases, resolutions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Row
    from sqlalchemy.sql.elements import ColumnElement


class Resolutions(Repository):
    """Minutes and resolutions of meetings, and the steps of 四议两公开."""

    def make(self, resolution: Resolution, said_in: str | None) -> Resolution:
        """Write a resolution down, and for which cases it is."""
        row = {
            "meeting_id": resolution.meeting_id,
            "motion_id": resolution.motion_id,
            "words": resolution.words,
            "at": resolution.at,
            "by_id": resolution.by_id,
            "said_in": said_in,
            "undone": False,
        }
        resolution_id = self.add(resolutions, row)
        for case_id in resolution.cases:
            self.add(resolution_cases, {"resolution_id": resolution_id, "case_id": case_id})
        return self._one(self.one(select(resolutions).where(resolutions.c.id == resolution_id)))

    def of_meeting(self, meeting_id: int) -> list[Resolution]:
        """Return the resolutions of a meeting that stand."""
        return self._standing(resolutions.c.meeting_id == meeting_id)

    def of_motion(self, motion_id: int) -> list[Resolution]:
        """Return the resolutions on a motion that stand."""
        return self._standing(resolutions.c.motion_id == motion_id)

    def of_case(self, case_id: int) -> list[Resolution]:
        """Return the resolutions for a case, or that opened it, that stand."""
        mine = select(resolution_cases.c.resolution_id).where(resolution_cases.c.case_id == case_id)
        return self._standing(resolutions.c.id.in_(mine))

    def undo(self, said_in: str) -> list[Resolution]:
        """Take back what a message resolved; return what stood."""
        found = self._standing(resolutions.c.said_in == said_in)
        self.run(update(resolutions).where(resolutions.c.said_in == said_in).values(undone=True))
        return found

    def _standing(self, which: ColumnElement[bool]) -> list[Resolution]:
        statement = (
            select(resolutions).where(which, resolutions.c.undone.is_(False)).order_by(resolutions.c.id)
        )
        return [self._one(row) for row in self.all(statement)]

    def _one(self, row: Row[Any]) -> Resolution:
        for_cases = select(resolution_cases.c.case_id).where(resolution_cases.c.resolution_id == row.id)
        cases = self.connection.execute(for_cases.order_by(resolution_cases.c.case_id)).scalars()
        return Resolution(row.id, row.meeting_id, row.motion_id, row.words, row.at, row.by_id, tuple(cases))

    # minutes

    def write_minutes(self, kept: Minutes, said_in: str | None) -> None:
        """Write minutes down; there may be more than one part."""
        self.add(
            minutes,
            {
                "meeting_id": kept.meeting_id,
                "at": kept.at,
                "by_id": kept.by_id,
                "words": kept.words,
                "media": list(kept.media),
                "said_in": said_in,
            },
        )

    def minutes(self, meeting_id: int) -> list[Minutes]:
        """Return what was written down of a meeting."""
        statement = select(minutes).where(minutes.c.meeting_id == meeting_id).order_by(minutes.c.id)
        return [
            Minutes(row.meeting_id, row.at, row.by_id, row.words, tuple(row.media))
            for row in self.all(statement)
        ]

    def forget_minutes(self, said_in: str) -> int | None:
        """Forget the minutes that a message wrote; return of which meeting they were."""
        mine = minutes.c.said_in == said_in
        row = self.first(select(minutes.c.meeting_id).where(mine))
        self.run(delete(minutes).where(mine))
        return row.meeting_id if row else None

    # 四议两公开

    def take_four(self, taken: FourTaken, said_in: str | None) -> int:
        """Write down a step of 四议两公开."""
        row = {
            "case_id": taken.case_id,
            "motion_id": taken.motion_id,
            "step": taken.step.value,
            "at": taken.at,
            "by_id": taken.by_id,
            "words": taken.words,
            "publicity_id": taken.publicity_id,
            "said_in": said_in,
            "undone": False,
        }
        return self.add(four_steps, row)

    def four(self, *, case_id: int | None = None, motion_id: int | None = None) -> Sequence[FourTaken]:
        """Return the steps taken on a case or a motion that stand, the first first."""
        which = (
            four_steps.c.case_id == case_id if case_id is not None else four_steps.c.motion_id == motion_id
        )
        stands = four_steps.c.undone.is_(False)
        rows = self.all(select(four_steps).where(which, stands).order_by(four_steps.c.id))
        return [_taken(row) for row in rows]

    def four_said_in(self, message: str) -> FourTaken | None:
        """Return the step that a message took, if it stands."""
        mine = four_steps.c.said_in == message, four_steps.c.undone.is_(False)
        row = self.first(select(four_steps).where(*mine))
        return _taken(row) if row else None

    def undo_four(self, step_id: int) -> None:
        """Mark a step of 四议两公开 as undone."""
        self.run(update(four_steps).where(four_steps.c.id == step_id).values(undone=True))

    def four_step(self, step_id: int) -> FourTaken:
        """Return a step of 四议两公开 that exists."""
        return _taken(self.one(select(four_steps).where(four_steps.c.id == step_id)))


def _taken(row: Row[Any]) -> FourTaken:
    return FourTaken(
        row.id,
        row.case_id,
        row.motion_id,
        FourStep(row.step),
        row.at,
        row.by_id,
        row.words,
        row.publicity_id,
    )
