"""Appeals: what a resident says becomes a case, joins one, or belongs to what they said a moment ago."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from data.domain.case import Line, State
from data.domain.events import AppealGrew
from data.domain.hearing import Outcome
from data.domain.messages import MessageKind
from data.domain.people import GRID_STAFF, Role
from handlers.appeals import corrections, doubts, filing, matters
from handlers.appeals.beginning import begin, spot_of, words_of
from handlers.cases import opening
from handlers.hearing.outcome import is_spoken_to, outcome
from handlers.ratings.answers import heard_as_unsolved
from handlers.saying.say import answer_about
from handlers.texts.masking import mask
from nlp import threads
from nlp.putting_right import puts_right
from nlp.similar import shared_spot
from nlp.understanding import Urgency

if TYPE_CHECKING:
    from data.domain.case import Appeal, Case
    from handlers.context import Heard
    from nlp.understanding import Understanding

HELPERS = GRID_STAFF | {Role.MEDIATOR}  # neighbours themselves: what they say in the group may be an appeal


FRAGMENTS_WITHIN = timedelta(seconds=90)  # “3栋2单元”, “电梯又坏了”: said one right after the other
MOST_FRAGMENTS = 3
HOPELESS = -5.0  # what scores less for an appeal is plain talk: no fragment of one


class Earlier(NamedTuple):
    """The speaker's last appeal, if it is fresh, and the case it belongs to."""

    appeal: Appeal
    case: Case


def hear(heard: Heard) -> bool:
    """Take a line for an appeal, or for a part of one; return whether it was."""
    if heard.room is not None and not heard.room.public:
        if heard.inbound.media and heard.has_duty:  # a picture may belong to the command that follows
            heard.house.conversations.remember(spot_of(heard), line_of(heard), heard.uow)
        return False
    if hear_more(heard):
        return True
    lines, said = _together(heard)
    sure = Outcome.NO if said is None or _speaks_as_staff(heard, said) else outcome(heard, said)
    if said is not None and sure is not Outcome.SURE and (plain := doubts.plain_with(heard, said, lines[-1])):
        (said, lines), sure = plain, Outcome.SURE
    if said is not None and sure is Outcome.SURE:
        if not heard_as_unsolved(heard, said):
            begin(heard, *doubts.made_plain(heard, said, lines))
        return True
    if said is not None and (case := matters.pointed_back(heard, said)):
        heard.keep_text = True
        filing.add(heard, case, lines)
        if is_spoken_to(heard):
            answer_about(heard, "ack.added", (case,))
        return True
    heard.house.conversations.remember(spot_of(heard), line_of(heard), heard.uow)
    return sure is Outcome.DOUBTFUL and _doubted(heard, said, lines)


def hear_more(heard: Heard) -> bool:
    """Take a line for a part of the speaker's last appeal: said just now, or put right later."""
    last = earlier(heard)
    if last is None and (meant := corrections.meant(heard)) is not None:
        last = Earlier(*meant)
    if last is None or not _belongs(heard, last):
        return False
    _grow(heard, last)
    return True


def says_where_just_raised(heard: Heard) -> bool:
    """Whether a line says in which building the matter lies that its speaker has just raised without one."""
    last = earlier(heard)
    return last is not None and not last.case.place.building and bool(heard.understanding.place.building)


def _doubted(heard: Heard, said: Understanding | None, lines: list[Line]) -> bool:
    """Have somebody asked about a doubtful line; not a word of it in the group."""
    heard.detail = Outcome.DOUBTFUL.value
    return said is not None and heard.room is not None and doubts.keep(heard, heard.room, said, lines)


def line_of(heard: Heard) -> Line:
    """Return the message being heard as a line of an appeal."""
    inbound = heard.inbound
    return Line(inbound.channel, inbound.message_id, heard.now, heard.address.text, inbound.media)


def _together(heard: Heard) -> tuple[list[Line], Understanding | None]:
    """Return the lines that make an appeal together with this one, and what they say; pictures say nothing.

    What was said before is taken in where all of it together is surer than this line, or gives its place.
    """
    line = line_of(heard)
    if heard.inbound.kind is not MessageKind.TEXT:
        return [line], None
    said = heard.understanding
    recent = heard.house.conversations.recent(spot_of(heard), heard.now)
    pictures = [r for r in recent if r.media]
    lately = [r for r in recent if r.text and heard.now - r.at <= FRAGMENTS_WITHIN][-MOST_FRAGMENTS:]
    before = [r for r in lately if _is_fragment(heard.understand_again(r.text), said)]
    sure = outcome(heard, said) is Outcome.SURE
    if _is_placed(said) if sure else not (said.place or said.score > HOPELESS):
        return [*pictures, line], said
    for start in range(len(before)):
        together = heard.understand(words_of([*before[start:], line]))
        placed = _is_placed(together) or (together.own_building and not said.own_building)
        if outcome(heard, together) is Outcome.SURE and (placed or not sure):
            return [*pictures, *before[start:], line], together
    return [*pictures, line], said


def _is_fragment(before: Understanding, said: Understanding) -> bool:
    """Whether a line can be a part of what is said now: no matter by itself, or of the same kind."""
    hardly = before.probability < doubts.WORTH or (not before.is_appeal and bool(before.place))
    return hardly or said.category is None or threads.akin(before, said)


def _is_placed(said: Understanding) -> bool:
    """Whether it is said where: in which building, or at a place that is no building's."""
    return bool(said.place.building or said.place.compound or shared_spot(said.place))


def earlier(heard: Heard) -> Earlier | None:
    """Return the speaker's last appeal, if it was said here and within three minutes and still stands."""
    if heard.account.last_appeal_id is None:
        return None
    appeal = heard.uow.appeals.get(heard.account.last_appeal_id)
    here = heard.room.id if heard.room else None
    if appeal.withdrawn or appeal.case_id is None or appeal.room_id != here:
        return None
    if heard.now - appeal.last_line_at > heard.policy.join_within:
        return None
    case = heard.uow.cases.get(appeal.case_id)
    return Earlier(appeal, case) if case.is_open else None


def _belongs(heard: Heard, earlier: Earlier) -> bool:
    """Whether a line goes on with the appeal before it: within the hold all do but another matter."""
    if heard.inbound.kind in (MessageKind.IMAGE, MessageKind.FILE):
        return True
    if heard.understanding.urgency is Urgency.EMERGENCY:  # a case of its own, but for more on the same one
        return earlier.case.hazard == heard.understanding.hazard
    before = heard.understand(earlier.appeal.words)
    if threads.relation(before, heard.understanding) is not threads.Relation.CONTINUES:
        return False
    said = heard.understanding
    waits = heard.uow.outbox.is_waiting(f"ack:{earlier.appeal.id}")
    if said.is_appeal or waits or outcome(heard, said) is Outcome.SURE:
        return True
    return bool(said.place) and not (heard.room is None and heard.has_duty)  # staff speak of other things


def _grow(heard: Heard, earlier: Earlier) -> None:
    """Add a line to an appeal; it may say where the matter lies, or that it is an emergency after all."""
    heard.keep_text = True
    appeal, case = earlier
    heard.uow.appeals.add_lines(appeal.id, [line_of(heard)])
    words = words_of(heard.uow.appeals.lines(appeal.id))
    heard.uow.appeals.grow(appeal.id, words, heard.now)
    was, waits = case.place, heard.uow.outbox.is_waiting(f"ack:{appeal.id}")
    appeal = heard.uow.appeals.get(appeal.id)
    opening.update(heard, case, appeal, heard.understand(words))
    if puts_right(heard.address.text) and not waits:
        corrections.put_right(heard, appeal, case, was)
    else:
        heard.happened(AppealGrew(heard.uow.cases.get(case.id), appeal))


def _speaks_as_staff(heard: Heard, said: Understanding) -> bool:
    """Whether this is an officer or responder at work: what they tell a group is no appeal."""
    if heard.room is None or heard.address.spoken_to or said.urgency is Urgency.EMERGENCY:
        return False
    if heard.person.organisation_id is not None:
        return True
    roles = {duty.role for duty in heard.duties}
    return bool(roles) and not roles & HELPERS


def recalled(heard: Heard) -> bool:
    """Take back a message that its sender recalled: the appeal shrinks, or is withdrawn without a word."""
    quote = heard.inbound.quote or ""
    heard.house.conversations.drop(spot_of(heard), quote, heard.uow)
    heard.uow.inbox.unsay(heard.inbound.channel, quote, heard.account.id)
    doubts.recalled(heard, quote)
    taken_back: list[str] = []
    about: list[int] = []
    for appeal in heard.uow.appeals.with_line(heard.inbound.channel, quote):
        if appeal.person_id != heard.person.id or appeal.withdrawn:
            continue
        said = heard.uow.appeals.lines(appeal.id)
        taken_back += [line.text for line in said if line.message_id == quote and line.text]
        about += [appeal.case_id] if appeal.case_id is not None else []
        if appeal.case_id is None:  # a private matter that was answered: nobody else ever heard of it
            heard.uow.appeals.drop_line(appeal.id, heard.inbound.channel, quote)
            heard.uow.appeals.grow(appeal.id, words_of(heard.uow.appeals.lines(appeal.id)), heard.now)
        else:
            case = heard.uow.cases.get(appeal.case_id)
            fresh = heard.now - appeal.said_at <= heard.policy.undo_within
            if fresh and case.state is State.REPORTED:
                _shrink(heard, Earlier(appeal, case), quote)
            else:
                _unsay(heard, Earlier(appeal, case), quote)
    if taken_back:
        heard.uow.personal.unsay(taken_back, about, mask)
    return True


def _unsay(heard: Heard, earlier: Earlier, message_id: str) -> None:
    """Let a case that is being handled go on without the words that were taken back."""
    appeal, case = earlier
    heard.uow.appeals.drop_line(appeal.id, heard.inbound.channel, message_id)
    words = words_of(heard.uow.appeals.lines(appeal.id))
    heard.uow.appeals.grow(appeal.id, words, appeal.last_line_at)
    if heard.uow.appeals.of_case(case.id)[0].id == appeal.id:
        case.summary = words
        heard.uow.cases.save(case)


def _shrink(heard: Heard, earlier: Earlier, message_id: str) -> None:
    appeal, case = earlier
    heard.uow.appeals.drop_line(appeal.id, heard.inbound.channel, message_id)
    words = words_of(heard.uow.appeals.lines(appeal.id))
    left = heard.understand(words)
    if left.is_appeal:
        heard.uow.appeals.grow(appeal.id, words, appeal.last_line_at)
        opening.update(heard, case, appeal, left)
        heard.happened(AppealGrew(heard.uow.cases.get(case.id), heard.uow.appeals.get(appeal.id)))
    else:
        filing.withdraw_silently(heard, case, appeal)
