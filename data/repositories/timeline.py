"""The timelines of cases, and the ratings their appellants gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from data.domain.case import State
from data.domain.steps import Step
from data.repositories.base import Repository
from data.tables.timeline import steps

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Row


_OF_CASE = select(steps).where(steps.c.case_id == bindparam("case")).order_by(steps.c.id)
_SINCE = (
    select(steps)
    .where(steps.c.case_id == bindparam("case"), steps.c.at > bindparam("at"))
    .order_by(steps.c.id)
)
_SAID_IN = (
    select(steps)
    .where(steps.c.said_in == bindparam("message"), steps.c.undone.is_(False))
    .order_by(steps.c.id)
)


_UNDO = update(steps).where(steps.c.id == bindparam("step")).values(undone=True)


class Timeline(Repository):
    """Every step of every case, in order."""

    def write(self, step: dict[str, Any]) -> int:
        """Write one step and return its id; `step` holds the fields of `Step`."""
        self.touched.cases.add(step["case_id"])
        return self.add(steps, {"before": {}, "undone": False, "words": None, **step})

    def of_case(self, case_id: int) -> list[Step]:
        """Return a case's steps, the first one first."""
        return [step_of(row) for row in self.all(_OF_CASE, case=case_id)]

    def since(self, case_id: int, at: datetime) -> list[Step]:
        """Return the steps of a case that were taken after an instant."""
        return [step_of(row) for row in self.all(_SINCE, case=case_id, at=at)]

    def said_in(self, message: str) -> list[Step]:
        """Return the steps that a message took and that stand, in order."""
        return [step_of(row) for row in self.all(_SAID_IN, message=message)]

    def undo(self, step_id: int) -> None:
        """Mark a step as undone."""
        self.run(_UNDO, step=step_id)


def step_of(row: Row[Any]) -> Step:
    """Return the step that a row holds."""
    from_state = State(row.from_state) if row.from_state else None
    return Step(
        row.id,
        row.case_id,
        row.at,
        row.person_id,
        row.action,
        from_state,
        State(row.to_state),
        row.words,
        row.before,
        row.undone,
    )
