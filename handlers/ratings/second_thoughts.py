"""A change of mind about a rating: who sent a case back lets it rest again, while nobody has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.events import CaseStepped
from data.domain.lifecycle import Action
from data.domain.rating import ANSWER_WITHIN, ANSWERS
from handlers.cases.taking_back import take_back
from handlers.cases.telling import tell_assignee
from handlers.saying.say import Saying
from handlers.saying.showing import case_label

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.steps import Step
    from handlers.context import Heard


def take_back_discontent(heard: Heard, case: Case) -> None:
    """Undo the 重办 that the speaker's own rating of the last week caused, if it was nobody else's."""
    step = _last_move(heard, case)
    if step is None or step.action != Action.REOPEN or step.person_id is not None:
        return  # 重办 by staff has reasons of its own
    if heard.now - step.at > ANSWER_WITHIN or not _only_mine(heard, case):
        return
    taken = take_back(heard, case, [step])
    audience = tuple(heard.uow.appeals.of_case(case.id)) if taken.told else ()
    heard.happened(
        CaseStepped(case, Action.UNDO, taken.step_id, heard.person, step.action, taken.was, audience)
    )
    label = case_label(heard.policy, case, public=False)
    tell_assignee(
        heard, case, Saying("rate.taken_back", f"step:{taken.step_id}:to", {"label": label}, (case,))
    )


def _last_move(heard: Heard, case: Case) -> Step | None:
    """Return the last step that stands and changed the case."""
    steps = [s for s in heard.uow.timeline.of_case(case.id) if s.before and not s.undone]
    return steps[-1] if steps else None


def _only_mine(heard: Heard, case: Case) -> bool:
    """Whether the speaker, and nobody else, was discontent after the last 办结."""
    answers = heard.uow.ratings.of_round(case.id, case.reopened - 1)
    discontent = {a.person_id for a in answers if a.digit is not None and not ANSWERS[a.digit].content}
    return discontent == {heard.person.id}
