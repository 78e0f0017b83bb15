"""Emergencies: answered at once with the number to call; the ladder is called until somebody answers.

The bot never says that it has called anybody outside: it cannot. Gas and lift numbers come from the config.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.domain.areas import RoomKind
from data.domain.case import State
from data.domain.people import Role
from handlers.announce import Saying, private_account, say
from handlers.charge import holders
from handlers.showing import case_label, place_name
from handlers.wording import Said

if TYPE_CHECKING:
    from data.domain.case import Appeal, Case
    from data.domain.events import EmergencyRaised
    from data.domain.people import Person
    from data.domain.reminder import Reminder
    from handlers.context import Context

LADDER = ((Role.GRID_LEADER, Role.GRID_WORKER), (Role.OFFICER,), (Role.SUPERVISOR, Role.OPERATOR))
REMINDER = "emergency"


def raised(ctx: Context, event: EmergencyRaised) -> None:
    """Answer whoever reported it at once, and call the first on the ladder."""
    case, appeal = event.case, event.appeal
    if appeal is not None:
        _answer(ctx, case, appeal)
    _call(ctx, case, 0)
    _next_in_five_minutes(ctx, case, 1)


def fire(ctx: Context, reminder: Reminder) -> None:
    """Call the next on the ladder, unless somebody has taken the case in hand."""
    case = ctx.uow.cases.get(reminder.subject)
    step = int(reminder.details["step"])
    if case.state is not State.REPORTED or step >= len(LADDER):
        return
    _call(ctx, case, step)
    _next_in_five_minutes(ctx, case, step + 1)


def _answer(ctx: Context, case: Case, appeal: Appeal) -> None:
    texts = ctx.house.texts
    hazard = case.hazard if f"emergency.{case.hazard}" in texts else "danger"
    number = ctx.policy.numbers.get(hazard or "", "")
    account = ctx.uow.people.account(appeal.account_id)
    saying = Saying(
        f"emergency.{hazard}",
        dedupe=f"emergency:{case.id}:{appeal.id}",
        values={
            "place": place_name(case.place, public=True),
            "number": texts("emergency.number", number=number) if number else "",
        },
        cases=(case,),
        reply_to=ctx.uow.appeals.lines(appeal.id)[-1].message_id,
        urgent=True,
    )
    ctx.uow.outbox.silence(f"ack:{appeal.id}")
    if appeal.room_id is None:
        say(ctx, account, saying)
    else:
        room = ctx.uow.rooms.get(appeal.room_id)
        say(ctx, room, replace(saying, mentions=(account,)))


def _call(ctx: Context, case: Case, step: int) -> None:
    """Call who holds a step of the ladder alone, and the community's staff rooms."""
    called = [p for role in LADDER[step] for _, p in holders(ctx, case.area_id, [role])]
    for person in _unique(called):
        account = private_account(ctx, person.id)
        if account is not None:
            say(ctx, account, _alarm(ctx, case, f"emergency:{case.id}:{step}:p{person.id}", called))
    for area in ctx.uow.areas.up(case.area_id):
        for room in ctx.uow.rooms.of_area(area.id, RoomKind.STAFF):
            say(ctx, room, _alarm(ctx, case, f"emergency:{case.id}:{step}:r{room.id}", called))


def _alarm(ctx: Context, case: Case, dedupe: str, called: list[Person]) -> Saying:
    return Saying(
        "emergency.alarm",
        dedupe=dedupe,
        values={
            "label": case_label(ctx.policy, case, public=False),
            "summary": Said(case.summary),
            "number": case.number,
            "who": "、".join(p.name for p in _unique(called)) or ctx.house.texts("nobody"),
        },
        cases=(case,),
        urgent=True,
    )


def _next_in_five_minutes(ctx: Context, case: Case, step: int) -> None:
    if step < len(LADDER):
        due = ctx.now + ctx.policy.answer_emergency
        ctx.uow.reminders.put(f"{REMINDER}:{case.id}:{step}", REMINDER, case.id, due, {"step": step})


def _unique(people: list[Person]) -> list[Person]:
    return list({p.id: p for p in people}.values())
