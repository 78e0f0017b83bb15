"""撤销 of a motion, of its place on an agenda, of minutes, of a step of 四议: while nothing rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.errors import UserError
from data.domain.lifecycle import Action
from data.domain.motion import Motion, MotionState
from data.domain.reminder import ReminderKind
from handlers.activities.sparing import has_room_for, tell_who_comes
from handlers.cases.steps import record
from handlers.deliberation import four_discussions, minutes, publicity
from handlers.deliberation.agenda import told_proposer
from handlers.deliberation.motions import values_of
from handlers.deliberation.telling import say_in_rooms
from handlers.saying.rooms_for import rooms_serving
from handlers.saying.say import Saying, answer, answer_about, say, say_to_person
from handlers.saying.things import about

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from data.domain.four_discussions import FourTaken
    from handlers.context import Heard


def undo(heard: Heard, said: str) -> bool:
    """Take back what a message did for a talk; return whether it did anything of the kind."""
    return any(takes_back(heard, said) for takes_back in (_listing, _motion, _minutes, _four_step))


def _listing(heard: Heard, said: str) -> bool:
    """Put a motion where it was before it came on an agenda; what only became one thereby is none."""
    one = heard.uow.motions.listed_in(said)
    if one is None:
        return False
    if one.state is MotionState.DECIDED:
        raise UserError("undo.motion_decided", number=one.number)
    earlier = MotionState.LISTED if one.listed_before is not None else MotionState.OPEN
    state = MotionState.WITHDRAWN if one.said_in == said else earlier
    heard.uow.motions.change(one.id, meeting_id=one.listed_before, state=state.value, listed_in=None)
    values = values_of(heard, heard.uow.motions.get(one.id))
    this = (about(heard, "motion", one),)
    heard.private_answer = True
    answer_about(heard, "undo.listing", (), about=this, **values)
    if heard.uow.outbox.silence_all(told_proposer(one, said)):
        saying = Saying("motion.yours_off", f"motion:off:{one.id}:{said}", values, about=this)
        say_to_person(heard, one.by_id, saying)
    return True


def _motion(heard: Heard, said: str) -> bool:
    """Withdraw a motion that nobody else supports yet, and that nothing was made of."""
    one = heard.uow.motions.said_in(said)
    if one is None or one.state is MotionState.WITHDRAWN:
        return False
    if one.state is not MotionState.OPEN or _is_in_use(heard, one):
        raise UserError("undo.motion_in_use", number=one.number)
    if any(person != one.by_id for person, _ in heard.uow.motions.supporters(one.id)):
        raise UserError("undo.motion_supported", number=one.number)
    heard.uow.motions.change(one.id, state=MotionState.WITHDRAWN.value)
    if heard.uow.outbox.silence_all(f"motion.proposed:{one.id}:"):
        say_in_rooms(heard, "motion", one, "motion.withdrawn", values_of(heard, one))
    else:
        heard.private_answer = True
        answer(heard, "undo.motion", number=one.number)
    return True


def _is_in_use(heard: Heard, one: Motion) -> bool:
    ballots = heard.uow.ballots.about(motion_id=one.id)
    return bool(ballots or heard.uow.resolutions.four(motion_id=one.id))


def _minutes(heard: Heard, said: str) -> bool:
    """Forget minutes; a group that read their line hears so, else whoever comes to the meetings."""
    meeting_id = heard.uow.resolutions.forget_minutes(said)
    if meeting_id is None:
        return False
    meeting = heard.uow.activities.get(meeting_id)
    if not heard.uow.resolutions.minutes(meeting_id):
        minutes.chase(heard, meeting)
    if heard.uow.outbox.silence_all(minutes.line_of(meeting, said)):
        _tell_group(heard, meeting, said)
    heard.private_answer = True
    answer_about(heard, "undo.minutes", (), about=(about(heard, "meeting", meeting),), number=meeting.number)
    return True


def _tell_group(heard: Heard, meeting: Activity, said: str) -> None:
    saying = Saying(
        "minutes.withdrawn",
        f"minutes:off:{meeting.id}:{said}",
        {"number": meeting.number},
        about=(about(heard, "meeting", meeting),),
    )
    for room in rooms_serving(heard, [heard.uow.areas.get(meeting.area_id)]):
        if has_room_for(heard, room, meeting, kept_back=0):
            say(heard, room, saying.under(f"r{room.id}"))
        else:
            tell_who_comes(heard, meeting, saying)


def _four_step(heard: Heard, said: str) -> bool:
    """Take back the last step of 四议, with the publicity that it began; the timeline keeps both."""
    taken = heard.uow.resolutions.four_said_in(said)
    if taken is None:
        return False
    subject = four_discussions.subject_of(heard, taken)
    if heard.uow.resolutions.four(**subject.keys)[-1].id != taken.id:
        raise UserError("undo.four_went_on", step=taken.step.value)
    _withdraw_publicity(heard, taken)
    heard.uow.resolutions.undo_four(taken.id)
    heard.uow.reminders.drop(taken.id, ReminderKind.FOUR)
    for step in heard.uow.timeline.said_in(said):
        heard.uow.timeline.undo(step.id)
    if subject.case is not None:
        record(heard, subject.case, Action.UNDO, by=heard.person, words=Action.DISCUSS.value)
    heard.private_answer = True
    four_discussions.tell_where(heard, subject, "four.undone", step=taken.step.value)
    return True


def _withdraw_publicity(heard: Heard, taken: FourTaken) -> None:
    if taken.publicity_id is None:
        return
    if heard.uow.publicities.objections(taken.publicity_id):
        raise UserError("undo.four_objected", step=taken.step.value)
    publicity.withdraw(heard, heard.uow.publicities.get(taken.publicity_id))
