"""四议 12 提议|商议|审议|决议|决议公开|结果公开: one step at a time, in this order, on a case or a motion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from data.domain.ballot import BallotState
from data.domain.case import Case, State
from data.domain.errors import RefusedError, UserError
from data.domain.four_discussions import (
    ORDER,
    OUTCOME_DAYS,
    REMIND_AFTER_DAYS,
    FourStep,
    FourTaken,
    next_step,
)
from data.domain.lifecycle import Action
from data.domain.motion import MotionState
from data.domain.people import OFFICERS
from data.domain.publicity import Publicity, PublicityKind
from data.domain.references import Reference
from data.domain.reminder import ReminderKind
from handlers.cases.steps import record
from handlers.context import said_in
from handlers.deliberation.motions import motion_for
from handlers.deliberation.publicity import Subject, begin
from handlers.hearing.lookup import case_for, case_named
from handlers.hearing.pictures import pictures_for
from handlers.saying.days import when
from handlers.saying.say import Saying, answer_about, say_to_person
from handlers.saying.showing import case_label, resent
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.about import About
    from data.domain.areas import Area
    from data.domain.ballot import Ballot
    from data.domain.motion import Motion
    from data.domain.reminder import Reminder
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

_NUMBER = re.compile(r"^(?P<motion>议题)?\s*[#＃]?\s*(?P<number>\d{1,9})\s*")
_STEP = re.compile("|".join(sorted((step.value for step in FourStep), key=len, reverse=True)))
_BALLOT = re.compile(r"表决\s*[#＃]?(\d{1,9})")
SHOWN = "shown"


class Subjects(NamedTuple):
    """What 四议 is about: a case, or a motion."""

    case: Case | None
    motion: Motion | None

    @property
    def keys(self) -> dict[str, int]:
        """The subject as repositories are asked about it."""
        if self.case is not None:
            return {"case_id": self.case.id}
        return {"motion_id": self.motion.id if self.motion is not None else 0}


def four(heard: Heard, command: Command) -> None:
    """Show where a case or motion stands in 四议两公开, or take its next step: 四议 12 商议 内容."""
    number = _NUMBER.match(command.words)
    rest = command.words[number.end() :] if number else command.words
    subject = _subject(heard, command, number)
    step = _STEP.match(rest)
    if step is None:
        if rest:
            raise UserError("four.form", example=command.form.example)
        _show(heard, subject)
    else:
        _take(heard, command, subject, FourStep(step[0]), rest[step.end() :].strip(" :：,，"))


def fire(ctx: Context, reminder: Reminder) -> None:
    """Remind the officer who took a step, once, that five working days later the next one is not taken."""
    taken = ctx.uow.resolutions.four_step(reminder.subject)
    subject = subject_of(ctx, taken)
    all_taken = ctx.uow.resolutions.four(**subject.keys)
    following = next_step(all_taken)
    if following is None or all_taken[-1].id != taken.id:
        return
    values = {
        "name": _name(ctx, subject),
        "step": taken.step.value,
        "next": following.value,
        "command": _command(subject),
        "resent": resent(ctx, reminder),
    }
    cases = (subject.case,) if subject.case is not None else ()
    saying = Saying("four.remind", f"four:{taken.id}", values, cases, about=_about(ctx, subject), quiet=True)
    say_to_person(ctx, taken.by_id, saying)


def subject_of(ctx: Context, taken: FourTaken) -> Subjects:
    """Return the case or the motion that a step was taken on."""
    return Subjects(
        ctx.uow.cases.get(taken.case_id) if taken.case_id is not None else None,
        ctx.uow.motions.get(taken.motion_id) if taken.motion_id is not None else None,
    )


def _subject(heard: Heard, command: Command, number: re.Match[str] | None) -> Subjects:
    if number is None:
        return Subjects(case_for(heard, command), None)
    ref = Reference(int(number["number"]))
    if number["motion"]:
        return Subjects(None, motion_for(heard, ref))
    return Subjects(case_named(heard, ref), None)


def _take(heard: Heard, command: Command, subject: Subjects, step: FourStep, words: str) -> None:
    """Take the next step, in this order only."""
    _require_officer(heard, command, subject)
    if subject.motion is not None and subject.motion.state is MotionState.WITHDRAWN:
        raise UserError("motion.taken_back", number=subject.motion.number)
    taken = heard.uow.resolutions.four(**subject.keys)
    following = next_step(taken)
    if following is None:
        raise UserError("four.done", name=_name(heard, subject))
    if step is not following:
        raise UserError("four.order", name=_name(heard, subject), next=following.value, step=step.value)
    if not words:
        raise UserError("four.words", step=step.value, command=_command(subject))
    publicity = _what_it_needs(heard, subject, step, words, taken)
    made = FourTaken(
        0,
        subject.case.id if subject.case is not None else None,
        subject.motion.id if subject.motion is not None else None,
        step,
        heard.now,
        heard.person.id,
        words,
        publicity.id if publicity is not None else None,
    )
    step_id = heard.uow.resolutions.take_four(made, said_in(heard))
    if subject.case is not None:
        record(heard, subject.case, Action.DISCUSS, by=heard.person, words=f"{step.value} {words}")
    if step is not ORDER[-1]:
        work = heard.policy.work
        due = work.next_open(work.end_of_day_after(heard.now, REMIND_AFTER_DAYS))
        heard.uow.reminders.put(ReminderKind.FOUR.key(step_id), ReminderKind.FOUR, step_id, due)
    heard.private_answer = True
    tell_where(heard, subject, "four.taken", step=step.value)


def _what_it_needs(
    heard: Heard, subject: Subjects, step: FourStep, words: str, taken: Sequence[FourTaken]
) -> Publicity | None:
    """Raise unless a step may be taken; return the publicity that it begins."""
    if step is FourStep.RESOLVE:
        _require_decision(heard, subject, words)
    elif step is FourStep.PUBLISH_DECISION:
        days = heard.policy.deliberation.publicity_days
        return _publish(heard, subject, PublicityKind.DECISION, days, words)
    elif step is FourStep.PUBLISH_OUTCOME:
        _require_run(heard, subject, taken)
        _require_finished(heard, subject)
        return _publish(heard, subject, PublicityKind.OUTCOME, OUTCOME_DAYS, words)
    return None


def _require_decision(heard: Heard, subject: Subjects, words: str) -> None:
    """决议 needs a resolution of a meeting, or a ballot that passed, on the case or the motion (or named)."""
    named = _BALLOT.search(words)
    found = _ballots(heard, subject)
    if named is not None:
        community = (subject.case or subject.motion).community_id  # type: ignore[union-attr]  # one of the two
        ballot = heard.uow.ballots.numbered(community, int(named[1]))
        found = [ballot] if ballot is not None else []
    if any(ballot.outcome is not None and ballot.outcome.verdict.decides for ballot in found):
        return
    if named is None and _resolved(heard, subject):
        return
    waiting = any(ballot.state is BallotState.OPEN for ballot in found)
    raise UserError("four.ballot_open" if waiting else "four.undecided", name=_name(heard, subject))


def _ballots(heard: Heard, subject: Subjects) -> list[Ballot]:
    found = heard.uow.ballots.about(**subject.keys)
    if subject.case is not None:
        for motion in _motions(heard, subject.case):
            found += heard.uow.ballots.about(motion_id=motion)
    return found


def _resolved(heard: Heard, subject: Subjects) -> bool:
    if subject.case is not None:
        motions = _motions(heard, subject.case)
        return bool(heard.uow.resolutions.of_case(subject.case.id)) or any(
            heard.uow.resolutions.of_motion(motion) for motion in motions
        )
    return subject.motion is not None and bool(heard.uow.resolutions.of_motion(subject.motion.id))


def _motions(heard: Heard, case: Case) -> set[int]:
    """Return the motions a case grew into, or that brought it."""
    brought = {one.motion_id for one in heard.uow.resolutions.of_case(case.id) if one.motion_id is not None}
    return brought | {motion.id for motion in heard.uow.motions.of_case(case.id)}


def _require_run(heard: Heard, subject: Subjects, taken: Sequence[FourTaken]) -> None:
    """决议公开 must have run its time."""
    published = next((one for one in taken if one.step is FourStep.PUBLISH_DECISION), None)
    if published is None or published.publicity_id is None:
        return
    publicity = heard.uow.publicities.get(published.publicity_id)
    if not publicity.has_run(heard.now) and publicity.ends_at is not None:
        raise UserError("four.not_run", name=_name(heard, subject), time=when(heard, publicity.ends_at))


def _require_finished(heard: Heard, subject: Subjects) -> None:
    """结果公开 comes after 办结: of the case, or of the cases that a motion's resolutions brought."""
    if subject.case is not None:
        cases = [subject.case]
    else:
        brought = heard.uow.resolutions.of_motion(subject.motion.id if subject.motion else 0)
        cases = [heard.uow.cases.get(case_id) for one in brought for case_id in one.cases]
    for case in cases:
        if case.state not in (State.RESOLVED, State.CLOSED):
            raise UserError("four.not_resolved", number=case.number, state=case.state)


def _publish(heard: Heard, subject: Subjects, kind: PublicityKind, days: int, words: str) -> Publicity:
    title = heard.house.texts(f"four.publicity.{kind.value}", name=_name(heard, subject, public=True))
    found = Subject(_areas(heard, subject), kind, days, title, words, subject.case, subject.motion)
    return begin(heard, found, tuple(pictures_for(heard)))


def _show(heard: Heard, subject: Subjects) -> None:
    heard.detail = SHOWN  # nothing that 撤销 takes back
    heard.private_answer = True
    tell_where(heard, subject, "four.shown")


def tell_where(heard: Heard, subject: Subjects, key: str, **more: str) -> None:
    """Say where it stands: the steps taken, and the next one with its command."""
    texts = heard.house.texts
    taken = heard.uow.resolutions.four(**subject.keys)
    rows = [
        texts(
            "four.row",
            step=one.step.value,
            at=when(heard, one.at),
            who=heard.uow.people.get(one.by_id).name,
            words=Said(one.words),
        )
        for one in taken
    ]
    following = next_step(taken)
    values = {
        "name": _name(heard, subject),
        "rows": Said("".join(f"\n{row}" for row in rows)),
        "next": texts("four.next", next=following.value, command=_command(subject))
        if following
        else texts("four.all"),
        **more,
    }
    cases = (subject.case,) if subject.case is not None else ()
    answer_about(heard, key, cases, about=_about(heard, subject), **values)


def _require_officer(heard: Heard, command: Command, subject: Subjects) -> None:
    if not all(heard.roles_at(area.id) & OFFICERS for area in _areas(heard, subject)):
        raise RefusedError("refused.four", verb=command.verb.value, name=_name(heard, subject))


def _areas(ctx: Context, subject: Subjects) -> list[Area]:
    if subject.case is not None:
        return [ctx.uow.areas.get(subject.case.area_id)]
    return [ctx.uow.areas.get(area_id) for area_id in (subject.motion.areas if subject.motion else ())]


def _name(ctx: Context, subject: Subjects, *, public: bool = False) -> str:
    if subject.case is not None:
        return f"#{subject.case.number}{case_label(ctx.policy, subject.case, public=public)}"
    motion = subject.motion
    return ctx.house.texts("four.motion", number=motion.number, title=motion.title) if motion else ""


def _command(subject: Subjects) -> str:
    if subject.case is not None:
        return str(subject.case.number)
    return f"议题{subject.motion.number}" if subject.motion else ""


def _about(ctx: Context, subject: Subjects) -> tuple[About, ...]:
    return (about(ctx, "motion", subject.motion),) if subject.motion is not None else ()
