"""公示 7天 标题:内容: said in the rooms, on the public board; objections, and what becomes of them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from data.domain.errors import RefusedError, UserError
from data.domain.people import OFFICERS, STAFF
from data.domain.publicity import Publicity, PublicityKind
from data.domain.references import Reference
from data.domain.reminder import ReminderKind
from handlers.context import said_in
from handlers.deliberation.telling import say_in_rooms
from handlers.deliberation.which import thing_for
from handlers.hearing.called_for import called_for
from handlers.hearing.pictures import pictures_for
from handlers.saying.days import day_and_time, when
from handlers.saying.say import Saying, answer_about, say_to_person
from handlers.saying.showing import resent
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.domain.areas import Area
    from data.domain.case import Case
    from data.domain.motion import Motion
    from data.domain.reminder import Reminder
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

MOST_DAYS = 365
DAY = timedelta(days=1)
_DAYS = re.compile(r"^(\d{1,5})\s*[天日]\s*")
_COLON = re.compile("[:：]")
_OBJECTION = re.compile(r"^[#＃]?\s*(\d{1,9})\s*[-—–]\s*(\d{1,5})\s*(.*)$", re.DOTALL)
SHOWN = "shown"


class Subject(NamedTuple):
    """What is made public: for which areas, of what kind, for how long, and on which case or motion."""

    areas: Sequence[Area]
    kind: PublicityKind
    days: int | None
    title: str
    words: str
    case: Case | None = None
    motion: Motion | None = None


def publicity(heard: Heard, command: Command) -> None:
    """Show a publicity, or make something public: 公示 4, 公示 7天 标题:内容."""
    ref = command.ref
    if ref is not None and (not command.words or not _COLON.search(command.words)):
        show(heard, ref)
    elif not command.words:
        show(heard, None)
    else:
        number = f"{ref.number} " if ref is not None else ""
        _publish(heard, command, f"{number}{command.words}")


def ledger(heard: Heard, command: Command) -> None:
    """Put a file on the board as the ledger of a month: 公开 本月资金."""
    areas, words = called_for(heard, command.verb, command.words, OFFICERS)
    media = tuple(pictures_for(heard))
    if not media:
        raise UserError("publicity.no_file")
    title, _, body = _split(words)
    begin(heard, Subject(areas, PublicityKind.LEDGER, None, title, body), media)


def begin(heard: Heard, subject: Subject, media: tuple[str, ...]) -> Publicity:
    """Make something public, and set when its day before and its end are said."""
    first = subject.areas[0]
    community = heard.uow.areas.community_of(first.id) or first
    ends_at = heard.now + timedelta(days=subject.days) if subject.days is not None else None
    made = heard.uow.publicities.begin(
        {
            "community_id": community.id,
            "areas": tuple(area.id for area in subject.areas),
            "kind": subject.kind,
            "title": subject.title,
            "words": subject.words,
            "media": media,
            "by_id": heard.person.id,
            "starts_at": heard.now,
            "ends_at": ends_at,
            "case_id": subject.case.id if subject.case is not None else None,
            "motion_id": subject.motion.id if subject.motion is not None else None,
            "said_in": said_in(heard),
        }
    )
    if ends_at is not None:
        soon, end = ReminderKind.PUBLICITY_SOON, ReminderKind.PUBLICITY_END
        if ends_at - DAY > heard.now:
            heard.uow.reminders.put(soon.key(made.id), soon, made.id, ends_at - DAY)
        heard.uow.reminders.put(end.key(made.id), end, made.id, ends_at)
    heard.private_answer = False  # the rooms hear of it
    key = "publicity.ledger" if ends_at is None else "publicity.begun"
    cases = (subject.case,) if subject.case is not None else ()
    say_in_rooms(heard, "publicity", made, key, values_of(heard, made), media=media, cases=cases)
    return made


def show(heard: Heard, ref: Reference | None) -> None:
    """Show a publicity; staff read the objections."""
    heard.detail = SHOWN  # nothing that 撤销 takes back
    heard.private_answer = True
    one = publicity_for(heard, ref)
    this = (about(heard, "publicity", one),)
    values = values_of(heard, one)
    if any(heard.roles_at(area_id) & STAFF for area_id in one.areas):
        answer_about(heard, "publicity.for_staff", (), about=this, **values, objections=_rows(heard, one))
    else:
        answer_about(heard, "publicity.shown", (), about=this, **values)


def object_to(heard: Heard, command: Command) -> None:
    """Write down what somebody objects; the staff see it: 异议 4 原因."""
    one = publicity_for(heard, command.ref)
    if not one.in_force(heard.now):
        raise UserError("publicity.over", number=one.number)
    made = heard.uow.publicities.object(
        one.id,
        person_id=heard.person.id,
        account_id=heard.account.id,
        words=command.words,
        at=heard.now,
    )
    this = (about(heard, "publicity", one),)
    values = values_of(heard, one) | {"objection": f"{one.number}-{made.number}"}
    answer_about(heard, "publicity.objected", (), about=this, **values)
    values |= {"name": heard.account.name, "reason": Said(command.words)}
    if one.by_id != heard.person.id:
        saying = Saying("publicity.objection", f"objection:{made.id}", values, about=this, quiet=True)
        say_to_person(heard, one.by_id, saying)


def answer_objection(heard: Heard, command: Command) -> None:
    """Answer an objection, in private to who objected: 回复异议 4-1 …."""
    heard.private_answer = True
    said = _OBJECTION.match(command.words)
    if said is None or not said[3].strip():
        raise UserError("publicity.answer_form", example=command.form.example)
    one = publicity_for(heard, Reference(int(said[1])))
    if not any(heard.roles_at(area_id) & STAFF for area_id in one.areas):
        raise RefusedError("refused.publicity", verb=command.verb.value, number=one.number)
    found = {objection.number: objection for objection in heard.uow.publicities.objections(one.id)}
    objection = found.get(int(said[2]))
    if objection is None:
        raise UserError("publicity.no_objection", number=one.number, objection=said[2])
    words = said[3].strip()
    heard.uow.publicities.answer(objection.id, words, heard.person.id, heard.now)
    this = (about(heard, "publicity", one),)
    values = values_of(heard, one) | {"objection": f"{one.number}-{objection.number}", "words": Said(words)}
    name = f"objection:{objection.id}:{heard.now.isoformat()}"
    say_to_person(heard, objection.person_id, Saying("publicity.answered", name, values, about=this))
    answer_about(heard, "publicity.answer_sent", (), about=this, **values)


def undo(heard: Heard, said: str) -> bool:
    """Take a publicity back, a moment after a message began it; return whether it did."""
    one = heard.uow.publicities.said_in(said)
    if one is None or one.withdrawn:
        return False
    withdraw(heard, one)
    return True


def withdraw(heard: Heard, one: Publicity) -> None:
    """Take a publicity off the board, and tell the rooms."""
    heard.uow.publicities.change(one.id, withdrawn=True)
    heard.uow.reminders.drop(one.id, ReminderKind.PUBLICITY_SOON, ReminderKind.PUBLICITY_END)
    say_in_rooms(heard, "publicity", one, "publicity.withdrawn", values_of(heard, one))


def fire_soon(ctx: Context, reminder: Reminder) -> None:
    """Say once, the day before, that a publicity ends."""
    one = ctx.uow.publicities.get(reminder.subject)
    if one.in_force(ctx.now):
        values = values_of(ctx, one) | {"resent": resent(ctx, reminder)}
        say_in_rooms(ctx, "publicity", one, "publicity.soon", values)


def fire_end(ctx: Context, reminder: Reminder) -> None:
    """Say what came of a publicity, and ask who made it public to answer every objection."""
    one = ctx.uow.publicities.get(reminder.subject)
    if one.withdrawn or one.closed:
        return
    ctx.uow.publicities.change(one.id, closed=True)
    objections = ctx.uow.publicities.objections(one.id)
    values = values_of(ctx, one) | {"resent": resent(ctx, reminder), "count": len(objections)}
    key = "publicity.ended_with" if objections else "publicity.ended"
    say_in_rooms(ctx, "publicity", one, key, values)
    if any(objection.answer is None for objection in objections):
        values |= {"objections": _rows(ctx, one)}
        name = f"publicity:answer:{one.id}"
        saying = Saying(
            "publicity.ask_answers", name, values, about=(about(ctx, "publicity", one),), quiet=True
        )
        say_to_person(ctx, one.by_id, saying)


def publicity_for(heard: Heard, ref: Reference | None) -> Publicity:
    """Return the publicity that is meant."""
    return thing_for(heard, heard.uow.publicities, "publicity", ref, heard.uow.publicities.open_ones)


def values_of(ctx: Context, one: Publicity) -> dict[str, Any]:
    """Return what wordings about a publicity may speak of; it is the office's own text."""
    return {
        "number": one.number,
        "title": one.title,
        "body": f"\n{one.words}" if one.words else "",
        "ends": day_and_time(ctx, one.ends_at) if one.ends_at is not None else "",
    }


def _publish(heard: Heard, command: Command, said: str) -> None:
    areas, words = called_for(heard, command.verb, said, OFFICERS)
    named = _DAYS.match(words)
    days = int(named[1]) if named else heard.policy.deliberation.publicity_days
    if not 1 <= days <= MOST_DAYS:
        raise UserError("publicity.days", most=MOST_DAYS)
    title, colon, body = _split(words[named.end() if named else 0 :])
    if not title or not colon or not body:
        raise UserError("publicity.form", example=command.form.example)
    media = tuple(pictures_for(heard))
    begin(heard, Subject(areas, PublicityKind.NOTICE, days, title, body), media)


def _split(words: str) -> tuple[str, str, str]:
    found = _COLON.search(words)
    if found is None:
        return words.strip(), "", ""
    return words[: found.start()].strip(), found[0], words[found.end() :].strip()


def _rows(ctx: Context, one: Publicity) -> Said:
    texts = ctx.house.texts
    rows = [
        texts(
            "publicity.row",
            objection=f"{one.number}-{objection.number}",
            name=ctx.uow.people.account(objection.account_id).name,
            at=when(ctx, objection.at),
            reason=Said(objection.words),
            answer=texts("publicity.row_answer", words=Said(objection.answer)) if objection.answer else "",
        )
        for objection in ctx.uow.publicities.objections(one.id)
    ]
    return Said("\n".join(rows) if rows else texts("publicity.no_objections"))
