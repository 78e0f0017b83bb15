"""What is said of each step of a case, and to whom besides its appellants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.areas import Room
from data.domain.case import State
from data.domain.lifecycle import Action
from data.domain.purpose import Purpose
from handlers.cases.gathering import UNTOLD
from handlers.cases.in_charge import in_charge, responsible
from handlers.cases.telling import StepNews, asking, audience, tell, tell_assignee, tell_staff_rooms
from handlers.context import Heard
from handlers.saying.say import Saying, answer_about, say, say_to_person
from handlers.saying.showing import case_label, deadline
from handlers.texts.punctuation import without_marks
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.case import Case
    from data.domain.events import CaseStepped
    from handlers.context import Context


def case_stepped(ctx: Context, event: CaseStepped) -> None:
    """Say a step to its appellants, to the one who took it, and to whom it lands on."""
    case = event.case
    in_charge_knows = end_waiting(ctx, event)
    if event.action in STAFF_ONLY:
        tell_staff(ctx, event)
        return
    if event.action in UNTOLD:
        return
    if event.silent:
        if event.action is Action.WITHDRAW and in_charge_knows:
            tell_in_charge(ctx, event)
        return
    to = audience(ctx, case, event.audience)
    asked = _asked(ctx, case) if event.action is Action.RESOLVE else frozenset()
    tell(
        ctx,
        StepNews(
            case,
            event.action,
            event.step_id,
            f"step.{event.action.value}",
            values_of(ctx, event),
            purpose=Purpose.FEEDBACK if event.action is Action.RESOLVE else None,
            asked=asked,
        ),
        to,
        confirm=event.by is not None,
    )
    if event.action in STAFF_TOO:
        tell_staff(ctx, event, confirmed=True)
    if event.action in SAYS_ENOUGH:
        ctx.uow.outbox.silence_all(f"second:{case.id}:")  # 进度 and the end say how many seconded it
    correct(ctx, event)
    if event.action in TO_ASSIGNEE:
        hand_to_assignee(ctx, event)
    if event.action is Action.RESOLVE:
        tell_seconders(ctx, event)
    if event.action is Action.HAND_BACK or (event.action is Action.WITHDRAW and in_charge_knows):
        tell_in_charge(ctx, event)


def _asked(ctx: Context, case: Case) -> frozenset[int]:
    """Return who is asked how it went, now that a case is resolved."""
    return frozenset(asked.person_id for asked in ctx.uow.ratings.of_round(case.id, case.reopened))


GOES_ON = {Action.REOPEN, Action.RESUME, Action.DECIDE, Action.PROCEED}  # whose clock runs anew
TO_ASSIGNEE = {Action.ASSIGN, Action.DEFER, *GOES_ON}
STAFF_TOO = {
    Action.WHISTLE,
    Action.CHECK_IN,
    Action.PART_NOTE,
    Action.PART_DONE,
    Action.ANSWER_ALARM,
    Action.DEFER,
    Action.RESUME,
    Action.AWAIT_MEETING,
    Action.DECIDE,
    Action.PROCEED,
}
STAFF_ONLY = {Action.PART_RETURNED, Action.EXCUSE, Action.END_WHISTLE, Action.SUPERVISE}


def tell_staff(ctx: Context, event: CaseStepped, *, confirmed: bool = False) -> None:
    """Say a step in the staff rooms of the case's community, and confirm it to who took it."""
    case = event.case
    key = f"step.{event.action.value}"
    values = {**values_of(ctx, event), "at": "", "ask": ""}
    tell_staff_rooms(ctx, case, Saying(key, f"step:{event.step_id}:staff", values, (case,)))
    if isinstance(ctx, Heard) and not confirmed:
        answer_about(ctx, key, (case,), **values)


def correct(ctx: Context, event: CaseStepped) -> None:
    """Say that a step was taken back wherever else it was said: to an assignee, in a staff room."""
    rows = [row for step_id in event.undone for row in ctx.uow.outbox.said_under(f"step:{step_id}:")]
    for row in rows:
        to = ctx.uow.rooms.get(row.room_id) if row.room_id else ctx.uow.people.account(row.account_id)
        hushed = isinstance(to, Room) and to.public and event.case.dispute
        if isinstance(ctx, Heard) and to not in (ctx.room, ctx.account) and not hushed:
            place = f"r{to.id}" if isinstance(to, Room) else f"a{to.id}"
            values = {**values_of(ctx, event), "at": "", "ask": ""}
            say(ctx, to, Saying("step.undo", f"step:{event.step_id}:{place}", values, (event.case,)))


def values_of(ctx: Context, event: CaseStepped) -> dict[str, Any]:
    """Return what the wordings of steps may speak of."""
    case = event.case
    texts = ctx.house.texts
    words = without_marks(event.words or "")
    values: dict[str, Any] = {
        "words": Said(words) if event.action not in _OUR_WORDS else words,
        "who": event.who,
        "number": case.number,
        "deadline": deadline(ctx, case),
        "kind": case.kind_name,
        "state": texts(f"state.{case.state.value}"),
        "seconds": texts("step.seconds", count=count) if (count := seconders(ctx, case)) else "",
    }
    if event.action is Action.UNDO:
        values["undone"] = texts(f"action.{event.words}")
    if event.action is Action.MERGE and case.merged_into_id:
        values["into"] = ctx.uow.cases.get(case.merged_into_id)
    if event.action is Action.DECIDE:
        due = deadline(ctx, case)
        values["goes_on"] = texts("step.goes_on", deadline=due) if due else ""
    if event.action is Action.REOPEN:  # what a rating said concerns one person: the group hears no reason
        values["words"] = Said(texts("step.reason", words=words)) if words else ""
    return values


SAYS_ENOUGH = {Action.ACCEPT, Action.ASSIGN, Action.RESOLVE}
_OUR_WORDS = {Action.ASSIGN, Action.RECLASSIFY, Action.REGRADE, Action.MERGE, Action.UNDO, Action.PROCEED}


def seconders(ctx: Context, case: Case) -> int:
    """Return how many neighbours have seconded a case."""
    return len(ctx.uow.appeals.seconded_by(case.id))


def end_waiting(ctx: Context, event: CaseStepped) -> bool:
    """End what still waits to be said of a new case: said before the step, or never if it is withdrawn.

    Return whether those in charge have heard of the case.
    """
    if event.was is State.RESOLVED:
        ctx.uow.outbox.silence_all(asking(event.case))  # it was answered, or taken up again, in the night
    for appeal in event.audience:
        key = f"ack:{appeal.id}"
        if event.action is Action.WITHDRAW:
            ctx.uow.outbox.silence(key)
        else:
            ctx.uow.outbox.release(key, ctx.now)
    return ctx.uow.outbox.silence_all(f"new:{event.case.id}:")


def hand_to_assignee(ctx: Context, event: CaseStepped) -> None:
    """Tell the assignee what to do, where, and by when."""
    case = event.case
    appeals = ctx.uow.appeals.of_case(case.id)
    saying = Saying(
        f"assigned.{event.action.value}",
        dedupe=f"step:{event.step_id}:to",
        values={
            **values_of(ctx, event),
            "label": case_label(ctx.policy, case, public=False),
            "summary": Said(appeals[0].words if appeals else case.summary),
            "words": Said(event.words or event.note or ctx.house.texts("step.by_rating")),
            "note": Said(f"\n{event.note}") if event.note else "",
            "you": ctx.house.texts("assigned.you_all" if case.assignee_id is None else "assigned.you"),
        },
        cases=(case,),
    )
    by_oneself = isinstance(ctx, Heard) and (
        ctx.person.id == case.assignee_id
        or (event.was is State.REPORTED and case.assignee_org_id == ctx.person.organisation_id is not None)
    )
    if by_oneself:
        return
    if not tell_assignee(ctx, case, saying) and event.action in GOES_ON:
        tell_in_charge(ctx, event)


def tell_in_charge(ctx: Context, event: CaseStepped) -> None:
    """Tell who has a case in hand that it goes on, or who is in charge that it is back with them, or gone."""
    case = event.case
    goes_on = event.action in GOES_ON
    people = responsible(ctx, case) if goes_on else [person for _, person in in_charge(ctx, case)]
    for person in people:
        if event.by is None or person.id != event.by.id:
            saying = Saying(
                f"in_charge.{event.action.value}",
                dedupe=f"step:{event.step_id}:charge:{person.id}",
                values={
                    **values_of(ctx, event),
                    "label": case_label(ctx.policy, case, public=False),
                    "words": Said(event.words or ctx.house.texts("step.by_rating")),
                },
                cases=(case,),
                quiet=True,
            )
            say_to_person(ctx, person.id, saying)


def tell_seconders(ctx: Context, event: CaseStepped) -> None:
    """Tell the end to seconders where no appellant was told; they are not asked to rate."""
    case = event.case
    told_rooms = {a.room_id for a in event.audience} - {None}
    told_people = {a.person_id for a in event.audience}
    rooms: dict[int, None] = {}
    for row in ctx.uow.appeals.seconded_by(case.id):
        if row.person_id in told_people or row.room_id in told_rooms:
            continue
        if row.room_id is not None and not case.discreet:
            rooms[row.room_id] = None
        else:
            saying = _end(ctx, event, f"second:{row.person_id}")
            say_to_person(ctx, row.person_id, saying)
    for room_id in rooms:
        say(ctx, ctx.uow.rooms.get(room_id), _end(ctx, event, f"second:r{room_id}"))


def _end(ctx: Context, event: CaseStepped, suffix: str) -> Saying:
    return Saying(
        "step.resolve",
        dedupe=f"step:{event.step_id}:{suffix}",
        values={**values_of(ctx, event), "ask": ""},
        cases=(event.case,),
    )
