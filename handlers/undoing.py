"""撤销: one's own last command is taken back, within two minutes, as a step of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.case import State
from data.domain.errors import UserError
from data.domain.events import CaseStepped
from data.domain.lifecycle import Action
from handlers.activities import calling
from handlers.answers import keeping
from handlers.cases.steps import SILENTLY, take_step
from handlers.cases.taking_back import take_back
from handlers.deliberation import ballots, publicity, resolutions, taking_back
from handlers.elections import calling as elections
from handlers.emergencies import alarm, shifts
from handlers.hearing.verbs import Verb
from handlers.mediation import records
from handlers.necessary import duty_calls
from handlers.notices import giving
from handlers.own import changing
from handlers.people import room_links
from handlers.saying.say import answer, answer_about
from handlers.volunteers import wishes
from handlers.whistles import blowing

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Appeal, Case
    from data.domain.steps import Step
    from handlers.context import Heard
    from handlers.hearing.grammar import Command


READ_ONLY = {
    Verb.HELP,
    Verb.PROGRESS,
    Verb.MINE,
    Verb.MY_DATA,
    Verb.TODO,
    Verb.STATISTICS,
    Verb.NOTICE_STATUS,
    Verb.ACTIVITIES,
    Verb.AGENDA,
    Verb.UNDO,
    Verb.BIND,
}
FOUND = {Action.REPORT, Action.JOIN}
FOLLOWS = {
    Action.PROCEED,  # from a meeting that is cancelled: it stands or falls with that
    Action.DISCUSS,  # moves no case: deliberation takes its own steps back
}
OTHERS = (
    ballots.undo,
    taking_back.undo,
    publicity.undo,
    calling.undo,
    wishes.undo,
    keeping.undo,
    duty_calls.undo,
    elections.undo,
    changing.undo,
    room_links.undo,
)  # each says whether the message did something of its kind
# What stays as it is, and what one does instead.
STAYS = (
    Verb.EXTEND_BALLOT,
    Verb.CANCEL_BALLOT,
    Verb.MOVE_MEETING,
    Verb.CANCEL_MEETING,
    Verb.MOVE_ACTIVITY,
    Verb.CANCEL_ACTIVITY,
    Verb.SUPPORT,
    Verb.OBJECT,
    Verb.ANSWER_OBJECTION,
    Verb.VOTE,
    Verb.ENTRUST,
    Verb.AGREE_PROXY,
    Verb.REGISTER,
    Verb.CONFIRM_RESIDENT,
    Verb.NOT_RESIDENT,
)
ACTING = ["alarm", *(f"command:{verb.value}" for verb in Verb if verb not in READ_ONLY and verb not in STAYS)]


def undo(heard: Heard, _command: Command) -> None:
    """Take back the speaker's last command, if it was given within two minutes and nothing came after it."""
    since = heard.now - heard.policy.undo_within
    message_id = heard.uow.inbox.last_of(heard.account.id, ACTING, since)
    _require_undoable(heard, message_id, since)
    if message_id is None:
        raise UserError("undo.nothing", minutes=int(heard.policy.undo_within.total_seconds() // 60))
    said = f"{heard.inbound.channel}:{message_id}"
    resolved = resolutions.undo(heard, said)
    steps = [step for step in heard.uow.timeline.said_in(said) if step.action not in FOLLOWS]
    if steps and steps[0].action in FOUND:
        _undo_finding(heard, steps[0], message_id)
    elif steps:
        for case_id in dict.fromkeys(step.case_id for step in steps):  # a decision may reach several
            _undo_steps(heard, [step for step in steps if step.case_id == case_id])
    elif resolved:
        heard.private_answer = True
        answer(heard, "undo.resolution")
    elif not _undo_what_is_no_step(heard, said):
        raise UserError("undo.nothing", minutes=int(heard.policy.undo_within.total_seconds() // 60))


def _require_undoable(heard: Heard, acting: str | None, since: datetime) -> None:
    """Raise, with what one does instead, where the very last command is one that stays."""
    routes = {f"command:{verb.value}": verb for verb in STAYS}
    everything = [*ACTING, *routes]
    last = heard.uow.inbox.last_of(heard.account.id, everything, since)
    if last is None or last == acting:
        return
    verb = next(
        verb
        for route, verb in routes.items()
        if heard.uow.inbox.last_of(heard.account.id, [route], since) == last
    )
    instead = heard.house.texts(f"undo.instead.{verb.name.lower()}")
    raise UserError("undo.stays", verb=verb.value, instead=instead)


def _undo_what_is_no_step(heard: Heard, said: str) -> bool:
    """Take back a visit, a notice, a shift … that a message caused; return whether there is one."""
    visit_id = heard.uow.visits.said_in(said)
    notice = heard.uow.notices.said_in(said)
    rostered = heard.uow.shifts.undo(said)
    if visit_id is not None:
        heard.uow.visits.forget(visit_id)
        answer(heard, "undo.visit")
    elif notice is not None and notice.withdrawn_at is None:
        giving.undo(heard, notice)
    elif rostered:
        shifts.undone(heard, rostered)
    else:
        return any(takes_back(heard, said) for takes_back in OTHERS)
    return True


def _undo_finding(heard: Heard, step: Step, message_id: str) -> None:
    """Take back what was seen on a patrol or heard on a visit: the case nobody else raised is withdrawn."""
    case = heard.uow.cases.get(step.case_id)
    for appeal in heard.uow.appeals.with_line(heard.inbound.channel, message_id):
        heard.uow.appeals.change(appeal.id, withdrawn=True)
    visit_id = heard.uow.visits.said_in(f"{heard.inbound.channel}:{message_id}")
    if visit_id is not None:
        heard.uow.visits.forget(visit_id)
    if step.action == Action.JOIN or heard.uow.appeals.of_case(case.id):
        heard.uow.timeline.undo(step.id)
    elif case.state is not State.REPORTED:
        raise UserError("undo.not_last", number=case.number)
    else:
        take_step(heard, case, Action.WITHDRAW, by=heard.person, told=SILENTLY)
    answer_about(heard, "undo.found", (case,))


def _undo_steps(heard: Heard, steps: list[Step]) -> None:
    """Take back all that one message did to a case: the last step first, the state before the first."""
    first, last = steps[0], steps[-1]
    case = heard.uow.cases.get(first.case_id)
    ours = {step.id for step in steps}
    later = [s for s in heard.uow.timeline.of_case(case.id) if s.id > first.id and s.id not in ours]
    if any(s.before and not s.undone for s in later) or not first.before:
        raise UserError("undo.not_last", number=case.number)
    for step in reversed(steps):
        _undo_effects(heard, case, step)
    taken = take_back(heard, case, steps)
    alarm.call_on(heard, case)
    audience = tuple(_who_heard(heard, case, steps))
    if heard.room is not None and all(appeal.room_id != heard.room.id for appeal in audience):
        heard.private_answer = True  # nobody here has heard what is taken back
    undone = tuple(sorted(ours))
    heard.happened(
        CaseStepped(
            case,
            Action.UNDO,
            taken.step_id,
            heard.person,
            last.action,
            taken.was,
            audience,
            undone=undone,
        )
    )


def _who_heard(heard: Heard, case: Case, steps: list[Step]) -> list[Appeal]:
    """Return the appeals whose speakers were told of some steps: the others need no correction."""
    said = {row.dedupe_key for step in steps for row in heard.uow.outbox.said_under(f"step:{step.id}:")}
    return [
        appeal
        for appeal in heard.uow.appeals.of_case(case.id)
        for step in steps
        if {f"step:{step.id}:r{appeal.room_id}", f"step:{step.id}:a{appeal.account_id}"} & said
    ]


def _undo_effects(heard: Heard, case: Case, step: Step) -> None:
    """Take back what a step did besides moving the case."""
    action = Action(step.action)
    if action is Action.RESOLVE:
        heard.uow.ratings.void(case.id, case.reopened)
    if action is Action.MERGE and case.merged_into_id is not None:
        _part(heard, case, step)
    records.undo(heard, step)
    blowing.undo(heard, case, step)


def _part(heard: Heard, case: Case, step: Step) -> None:
    """Give a merged case its appellants back."""
    heard.uow.appeals.move_back(case.merged_into_id or 0, case.id, step.note.moved or {})
