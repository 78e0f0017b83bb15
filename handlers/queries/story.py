"""A case's story (进度): three lines for a resident, the whole timeline where only staff read.

To staff it also says what was said in the cases that were merged into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.areas import RoomKind
from data.domain.lifecycle import Action
from handlers.saying.days import when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.case import Appeal, Case, Line
    from data.domain.steps import Step
    from data.domain.whistle import Part
    from handlers.context import Heard

MOST = 40
PICTURE = "[图片]"  # what stands for a picture where a chat is written down
SAID = frozenset({Action.REPORT, Action.JOIN})
UNTOLD = frozenset({Action.SECOND})  # counted in the first line


def is_for_staff(heard: Heard, case: Case) -> bool:
    """Whether the whole story may be told here: to staff of the case, in private or in a staff room."""
    alone = heard.room is None or heard.room.kind is RoomKind.STAFF
    return alone and heard.is_staff_for(case)


def timeline(heard: Heard, case: Case) -> str:
    """Return every step of a case, a line each, then who was called, who came, and since when one waits."""
    steps = [s for s in heard.uow.timeline.of_case(case.id) if s.action not in UNTOLD]
    gone = heard.uow.cases.get(case.merged_into_id) if case.merged_into_id is not None else None
    lines = [_line(heard, step, said_in=gone) for step in steps[-MOST:]]
    if len(steps) > MOST:
        lines.insert(0, heard.house.texts("story.more", count=len(steps) - MOST))
    lines += [
        _part(heard, part)
        for whistle in heard.uow.whistles.of_case(case.id)
        for part in heard.uow.whistles.parts(whistle.id)
    ]
    lines += [_merged(heard, other, case) for other in heard.uow.cases.merged_into(case.id)]
    return "".join(f"\n{line}" for line in lines)


def _merged(heard: Heard, other: Case, into: Case) -> str:
    """Return what was said in a case that went into another; its appeals went along."""
    raised = [s for s in heard.uow.timeline.of_case(other.id) if s.action in SAID and not s.undone]
    return heard.house.texts(
        "story.merged",
        number=other.number,
        said=";".join(_line(heard, step, said_in=into) for step in raised),
    )


def _line(heard: Heard, step: Step, *, said_in: Case | None = None) -> str:
    texts = heard.house.texts
    who = heard.uow.people.get(step.person_id) if step.person_id is not None else None
    words = words_of(heard, step, said_in=said_in)
    return texts(
        "story.line",
        at=when(heard, step.at),
        who=who.name if who else heard.policy.bot_name,
        action=texts(f"action.{step.action}"),
        words=texts("story.words", words=words) if words else "",
        undone=texts("story.undone") if step.undone else "",
    )


def words_of(heard: Heard, step: Step, *, said_in: Case | None = None) -> str:
    """Return what a step says: its words, the organisations it is about, a rating by its name.

    `said_in` is the case where the appeals are now, if it is another.
    """
    texts = heard.house.texts
    words = step.words or ""
    if step.action == Action.RATE:
        words = texts(f"rating.{words}")
    elif step.action == Action.UNDO:
        words = texts(f"action.{words}")
    elif step.action in SAID and not words:
        words = _said(heard, step, said_in.id if said_in else step.case_id)
    named = "、".join(_organisation(heard, heard.uow.whistles.part(part)) for part in _parts_of(step))
    return " ".join(part for part in (named, words) if part)


def _said(heard: Heard, step: Step, case_id: int) -> str:
    """Return what somebody said when they raised a case, and how many pictures came with it."""
    theirs = [a for a in heard.uow.appeals.of_case(case_id) if a.person_id == step.person_id]
    near = min(theirs, key=lambda appeal: abs(appeal.last_line_at - step.at), default=None)
    if near is None:
        return ""
    lines = heard.uow.appeals.lines(near.id)
    pictures = sum(line.media is not None for line in lines)
    shown = heard.house.texts("story.pictures", count=pictures) if pictures else ""
    return f"{said_words(near, lines).replace(chr(10), ' ')}{shown}"


def said_words(appeal: Appeal, lines: Sequence[Line]) -> str:
    """Return what was said in an appeal, without what only stands for a picture."""
    spoken = [line.text for line in lines if line.text and not (line.media and line.text == PICTURE)]
    return "\n".join(spoken) or appeal.words


def _parts_of(step: Step) -> tuple[int, ...]:
    """Return the parts of a whistle that a step was about: those it called, or the one it moved."""
    note = step.note
    return note.called or ((note.part[0],) if note.part else ())


def _part(heard: Heard, part: Part) -> str:
    texts = heard.house.texts
    came = texts("story.came", at=when(heard, part.checked_in_at)) if part.checked_in_at else ""
    done = texts("story.done", at=when(heard, part.done_at)) if part.done_at else ""
    standing = "" if done else texts(f"story.part.{part.state.value}", by=when(heard, part.check_in_by))
    scores = part.scores
    return texts(
        "story.called",
        who=_organisation(heard, part),
        at=when(heard, part.called_at),
        since=f"{came}{done}{standing}",
        scores=texts("story.scores", scores=f"{scores.arrival} {scores.cooperation} {scores.outcome}")
        if scores
        else "",
    )


def _organisation(heard: Heard, part: Part) -> str:
    return heard.uow.organisations.get(part.organisation_id).name
