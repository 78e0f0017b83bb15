"""What may be done to a case from a page: the commands that its state and one's duties allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import State
from data.domain.errors import RefusedError
from data.domain.lifecycle import TABLE, Action
from data.domain.whistle import PartState
from handlers.hearing.forms import FORM_OF
from handlers.hearing.permissions import allowed_somewhere, require_for
from handlers.hearing.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.domain.case import Case
    from handlers.context import Heard
    from handlers.texts.wording import Texts


class Act(NamedTuple):
    """A button: the command it gives, the step it takes, and what is asked for with it."""

    verb: Verb
    step: Action
    asks: str = ""  # words, assignee, units, kind, grade, case, until: nothing where it is empty
    quick: bool = False  # offered in lists, too
    must: bool = True  # what is asked for must be given


ACTS: tuple[Act, ...] = (
    Act(Verb.ACCEPT, Action.ACCEPT, quick=True),
    Act(Verb.CHECK_IN, Action.CHECK_IN, quick=True),
    Act(Verb.ASSIGN, Action.ASSIGN, "assignee", quick=True),
    Act(Verb.NOTE, Action.PROGRESS, "words", quick=True),
    Act(Verb.RESOLVE, Action.RESOLVE, "words", quick=True),
    Act(Verb.RETURN_PART, Action.PART_RETURNED, "words"),
    Act(Verb.HAND_BACK, Action.HAND_BACK, "words"),
    Act(Verb.WHISTLE, Action.WHISTLE, "units"),
    Act(Verb.END_WHISTLE, Action.END_WHISTLE, "words", must=False),
    Act(Verb.REJECT, Action.REJECT, "words"),
    Act(Verb.REOPEN, Action.REOPEN, "words"),
    Act(Verb.RESUME, Action.RESUME),
    Act(Verb.DEFER, Action.DEFER, "until"),
    Act(Verb.SUPERVISE, Action.SUPERVISE, "until", must=False),
    Act(Verb.AWAIT_MEETING, Action.AWAIT_MEETING),
    Act(Verb.RECLASSIFY, Action.RECLASSIFY, "kind"),
    Act(Verb.REGRADE, Action.REGRADE, "grade"),
    Act(Verb.MERGE, Action.MERGE, "case"),
    Act(Verb.MEDIATE, Action.MEDIATE, "words"),
    Act(Verb.NOT_APPEAL, Action.REJECT),
    Act(Verb.PUBLISH, Action.FEED_BACK, "publish", must=False),  # legal in every state, moves none
)
ACT_OF = {act.verb.value: act for act in ACTS}
_WHISTLES = {Verb.CHECK_IN, Verb.RETURN_PART, Verb.END_WHISTLE}


def allowed(heard: Heard, case: Case) -> list[Act]:
    """Return what the one who looks may do to a case as it stands."""
    called = set(_whistle_acts(heard, case))
    return [
        act
        for act in ACTS
        if case.state in TABLE[act.step].legal
        and (act.verb in called if act.verb in _WHISTLES else _fits(heard, case, act))
        and _may(heard, case, act.verb)
    ]


def anywhere(heard: Heard) -> list[Act]:
    """Return what could be done from a list at all."""
    return [act for act in ACTS if act.quick and allowed_somewhere(heard, FORM_OF[act.verb].who)]


def templates(texts: Texts, act: Act) -> list[str]:
    """Return sentences that are often said with a command; none where there are none."""
    key = f"desk.templates.{act.verb.name.lower()}"
    return texts(key).splitlines() if key in texts else []


def _fits(heard: Heard, case: Case, act: Act) -> bool:
    """Whether a button makes sense beyond the table of steps."""
    if act.verb is Verb.MEDIATE:
        return case.dispute
    if act.verb is Verb.HAND_BACK:
        return heard.is_assigned(case)
    if act.verb is Verb.WHISTLE:
        return not case.dispute
    if act.verb is Verb.PUBLISH:
        return not case.discreet
    return act.verb is not Verb.NOT_APPEAL or case.state is State.REPORTED


def _may(heard: Heard, case: Case, verb: Verb) -> bool:
    form = FORM_OF[verb]
    try:
        require_for(heard, form, case)
    except RefusedError:
        return False
    return allowed_somewhere(heard, form.who)


def _whistle_acts(heard: Heard, case: Case) -> Iterator[Verb]:
    """Yield what is to be done about a whistle that is open: come, give back, end it."""
    whistle = heard.uow.whistles.open_on(case.id)
    if whistle is None:
        return
    yield Verb.END_WHISTLE
    for part in heard.uow.whistles.parts(whistle.id):
        mine = part.organisation_id == heard.person.organisation_id
        if mine and part.state is PartState.CALLED:
            yield Verb.CHECK_IN
            yield Verb.RETURN_PART
