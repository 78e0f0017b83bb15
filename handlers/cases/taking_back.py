"""Taking steps back: the case becomes what it was before the first of them; that is a step of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.lifecycle import Action
from data.domain.snapshot import restore
from handlers.cases import deadlines
from handlers.cases.steps import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.case import Case, State
    from data.domain.steps import Step
    from handlers.context import Heard


class TakenBack(NamedTuple):
    """The step that took others back, the state before it, and whether anybody had heard of them."""

    step_id: int
    was: State
    told: bool


def take_back(heard: Heard, case: Case, steps: Sequence[Step]) -> TakenBack:
    """Take back steps of one case, oldest first; what waits to be said of them is never said."""
    was, told = case.state, False
    for step in reversed(steps):
        heard.uow.timeline.undo(step.id)
        told |= heard.uow.outbox.silence_all(f"step:{step.id}:")
    restore(case, dict(steps[0].before))
    heard.uow.cases.save(case)
    step_id = record(heard, case, Action.UNDO, by=heard.person, words=steps[-1].action, was=was)
    deadlines.schedule(heard, case)
    return TakenBack(step_id, was, told)
