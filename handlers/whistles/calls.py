"""Calling organisations: where they are told, by when they must come, who hears of it if they do not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.domain.areas import Room
from data.domain.reminder import Reminder, ReminderKind
from data.domain.whistle import PartState
from handlers.cases import ladder
from handlers.saying.days import when
from handlers.saying.say import Saying, organisation_at, private_account, say, say_to_person
from handlers.saying.showing import case_label, resent
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from data.domain.case import Case
    from data.domain.people import Person
    from data.domain.reminder import Reminder
    from data.domain.whistle import Part, Whistle
    from handlers.context import Context

URGENT_WITHIN = timedelta(minutes=30)  # on the clock


def check_in_by(ctx: Context, whistle: Whistle) -> datetime:
    """Return by when who is called now must have come."""
    if whistle.urgent:
        return ctx.now + URGENT_WITHIN
    return ctx.policy.check_in.after(ctx.now, ctx.policy.work)


def call(ctx: Context, case: Case, whistle: Whistle, part: Part, step_id: int) -> None:
    """Tell an organisation in its own room, and whom its colour calls; without either all its members."""
    key = "whistle.call" if whistle.reason else "whistle.call_bare"
    saying = Saying(
        key,
        dedupe=f"whistle:{step_id}:{part.id}",
        values={
            "label": case_label(ctx.policy, case, public=False),
            "summary": Said(case.summary),
            "reason": Said(whistle.reason),
            "by": when(ctx, part.check_in_by),
            "number": case.number,
            "colour": ctx.house.texts(f"colour.{whistle.colour.value}") if whistle.colour else "",
        },
        cases=(case,),
        awake=whistle.urgent,
    )
    reach(ctx, part.organisation_id, saying, whistle)


def reach(ctx: Context, organisation_id: int, saying: Saying, whistle: Whistle | None = None) -> None:
    """Say something to an organisation: its room, the one its whistle's colour calls, else its members."""
    places = organisation_at(ctx, organisation_id)
    members = ctx.uow.people.members(organisation_id)
    chiefs = _of_rank(ctx, members, whistle) if whistle is not None else []
    if chiefs:  # and nobody else alone
        called = (private_account(ctx, person.id) for person in chiefs)
        places = [to for to in places if isinstance(to, Room)]
        places += [account for account in called if account is not None]
    for to in places:
        say(ctx, to, saying.at(to))


def schedule(ctx: Context, whistle: Whistle, part: Part) -> None:
    """Set the reminders of a part nobody has come for."""
    due = ladder.dues(ctx, part.called_at, part.check_in_by, on_clock=whistle.urgent)
    ladder.schedule(ctx, ReminderKind.CHECK_IN, part.id, due, {"clock": whistle.urgent})


def unschedule(ctx: Context, part: Part) -> None:
    """Take those reminders back: they have come, or need not."""
    ctx.uow.reminders.drop(part.id, *ladder.kinds(ReminderKind.CHECK_IN))


def fire(ctx: Context, reminder: Reminder) -> None:
    """Tell the organisation that has not come, the officer after that, the supervisor last."""
    part = ctx.uow.whistles.part(reminder.subject)
    whistle = ctx.uow.whistles.get(part.whistle_id)
    case = ctx.uow.cases.get(whistle.case_id)
    stage = reminder.stage
    waits = part.state is PartState.CALLED and whistle.ended_at is None and case.is_open
    if not waits or (part.check_in_by > ctx.now) is not (stage == "soon"):
        return
    saying = Saying(
        f"deadline.check_in.{stage}",
        dedupe=f"rem:{reminder.id}:{stage}:{reminder.due.isoformat()}",
        values={
            "label": case_label(ctx.policy, case, public=False),
            "by": when(ctx, part.check_in_by),
            "who": ctx.uow.organisations.get(part.organisation_id).name,
            "number": case.number,
            "resent": resent(ctx, reminder),
        },
        cases=(case,),
    )
    if stage not in ladder.ABOVE:
        reach(ctx, part.organisation_id, saying, whistle)
        return
    for person in ladder.told_at(ctx, case, stage):
        say_to_person(ctx, person.id, saying.under(str(person.id)))


def tell_blower(ctx: Context, case: Case, whistle: Whistle) -> None:
    """Tell who blew a whistle that all parts are done: it may be ended, and the case resolved."""
    saying = Saying(
        "whistle.all_done",
        dedupe=f"whistle:{whistle.id}:done:{ctx.now.isoformat()}",
        values={"label": case_label(ctx.policy, case, public=False), "number": case.number},
        cases=(case,),
    )
    say_to_person(ctx, whistle.blown_by, saying)


def call_off(ctx: Context, case: Case, part_ids: Collection[int], whistle: Whistle, step_id: int) -> None:
    """Take back a call that was undone, and tell those who were called."""
    for part in ctx.uow.whistles.parts(whistle.id):
        if part.id in part_ids and part.is_open:
            ctx.uow.whistles.change(part.id, state=PartState.EXCUSED)
            unschedule(ctx, part)
            label = case_label(ctx.policy, case, public=False)
            saying = Saying(
                "whistle.called_off", f"whistle:{step_id}:off:{part.id}", {"label": label}, (case,)
            )
            reach(ctx, part.organisation_id, saying, whistle)
    if not any(part.is_open for part in ctx.uow.whistles.parts(whistle.id)):
        ctx.uow.whistles.end(whistle.id, ctx.now)


def standing(ctx: Context, case: Case) -> str:
    """Return who has come, who has not, since when; nothing if nobody was called."""
    whistle = ctx.uow.whistles.open_on(case.id)
    if whistle is None:
        return ""
    texts = ctx.house.texts
    shown = [
        texts(
            f"whistle.part.{part.state.value}",
            who=ctx.uow.organisations.get(part.organisation_id).name,
            at=when(ctx, part.done_at or part.checked_in_at or part.called_at),
            by=when(ctx, part.check_in_by),
        )
        for part in ctx.uow.whistles.parts(whistle.id)
    ]
    return texts("whistle.standing", parts="、".join(shown))


def _of_rank(ctx: Context, members: list[Person], whistle: Whistle) -> list[Person]:
    rank = ctx.policy.colours.get(whistle.colour) if whistle.colour else None
    return [person for person in members if person.rank is rank]
