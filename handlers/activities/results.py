"""What comes of an activity: cases found there, its end and result, 双亮 three working days later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.domain.activity import UnitState
from data.domain.areas import AreaKind
from data.domain.case import OPEN, Source, State
from data.domain.errors import UserError
from data.domain.events import ActivityEnded
from data.domain.lifecycle import Action
from data.domain.reminder import ReminderKind
from handlers.activities.announcing import tell
from handlers.activities.which import activity_for, fault, own
from handlers.appeals.found_by_staff import file_found, place_of
from handlers.cases.in_charge import holder_name
from handlers.saying.days import date_name
from handlers.saying.gently import say_gently
from handlers.saying.rooms_for import rooms_serving
from handlers.saying.say import Saying, answer_about
from handlers.saying.showing import case_label, resent
from handlers.saying.things import about
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.activity import Activity
    from data.domain.areas import Area
    from data.domain.case import Case
    from data.domain.reminder import Reminder
    from handlers.context import Context, Heard
    from handlers.hearing.grammar import Command

AFTER_DAYS = 3  # working days
MOST_PICTURES = 4


def note(heard: Heard, command: Command) -> None:
    """Open a case that was found at an activity; it is named in the result: 活动 记 5 情况."""
    heard.private_answer = True
    activity = own(heard, command, activity_for(heard, command))
    if activity.cancelled or activity.ended_at is not None:
        raise fault(activity, "over")
    if heard.now < activity.doors_open_at:
        raise fault(activity, "not_begun")
    said = heard.understand(command.words)
    grid, building = _where(heard, activity, said.place.building)
    place = place_of(said)
    if place.building is None and building is not None:
        own_place = place_of(heard.understand(building.name))
        place = place.filled_from(own_place)
    found = file_found(heard, said, grid=grid, building=building, place=place, source=Source.BUILDING_DAY)
    if found.case.id not in heard.uow.activities.cases(activity.id):
        heard.uow.activities.link_case(activity.id, found.case.id)
    if not found.emergency:
        label = case_label(heard.policy, found.case, public=False)
        mark = (about(heard, activity.counted_as, activity),)
        answer_about(
            heard, "activity.noted", (found.case,), label=label, about=mark, activity=activity.number
        )


def end(heard: Heard, command: Command) -> None:
    """End an activity with what came of it: 活动 结束 5 小结."""
    activity = own(heard, command, activity_for(heard, command))
    if activity.cancelled or activity.ended_at is not None:
        raise fault(activity, "over")
    if heard.now < activity.starts_at:
        raise fault(activity, "not_begun")
    heard.uow.activities.change(activity.id, ended_at=heard.now, result=command.words)
    heard.uow.reminders.drop(activity.id, ReminderKind.ACTIVITY)
    heard.happened(ActivityEnded(replace(activity, ended_at=heard.now, result=command.words)))


def announce_result(ctx: Context, event: ActivityEnded) -> None:
    """Say in the rooms who came and what was taken in, and set when one says what came of that."""
    activity = event.activity
    people = ctx.uow.activities.came(activity.id)
    cases = [ctx.uow.cases.get(case_id) for case_id in ctx.uow.activities.cases(activity.id)]
    texts = ctx.house.texts
    values: dict[str, Any] = {
        "words": activity.result or "",
        "people": len(people),
        "households": households(ctx, people),
        "units_came": _units(ctx, activity),
        "matters": texts("activity.matters", count=len(cases), cases=_listed(ctx, cases)) if cases else "",
    }
    tell(ctx, activity, "activity.ended", **values)
    if cases:
        due = ctx.policy.work.end_of_day_after(ctx.now, AFTER_DAYS)
        ctx.uow.reminders.put(ReminderKind.OUTCOME.key(activity.id), ReminderKind.OUTCOME, activity.id, due)


def fire(ctx: Context, reminder: Reminder) -> None:
    """Say what came of each matter (双亮), with the pictures there are of it."""
    activity = ctx.uow.activities.get(reminder.subject)
    cases = [ctx.uow.cases.get(case_id) for case_id in ctx.uow.activities.cases(activity.id)]
    shown = [case for case in cases if not case.discreet and case.state is not State.WITHDRAWN]
    if not shown:
        return
    rows = "\n".join(_outcome(ctx, case) for case in shown)
    done = sum(case.state not in OPEN for case in shown)
    saying = Saying(
        "activity.outcome",
        dedupe=f"rem:{reminder.id}",
        values={
            "resent": resent(ctx, reminder),
            "number": activity.number,
            "topic": activity.topic,
            "day": date_name(ctx, activity.starts_at),
            "count": len(shown),
            "done": done,
            "rows": rows,
        },
        cases=tuple(shown),
        about=(about(ctx, activity.counted_as, activity),),
    )
    pictures = [picture for case in shown for picture in _before_and_after(ctx, case)][:MOST_PICTURES]
    for room in rooms_serving(ctx, [ctx.uow.areas.get(activity.area_id)]):
        at = saying.under(f"r{room.id}")
        say_gently(ctx, room, replace(at, media=pictures[0] if pictures else None))
        for count, picture in enumerate(pictures[1:], start=2):
            more = Saying("notice.picture", f"{at.dedupe}:{count}", about=saying.about, media=picture)
            say_gently(ctx, room, more)


def households(ctx: Context, people: list[int]) -> int:
    """Return how many households people come from; who has none known counts as one of their own."""
    homes = set()
    for person_id in people:
        home = ctx.uow.households.home(person_id)
        if ctx.uow.people.get(person_id).organisation_id is None:
            homes.add(home if home is not None else person_id)
    return len(homes)


def _where(heard: Heard, activity: Activity, building: str | None) -> tuple[Area, Area | None]:
    """Return the grid, and the building if it is known, where something was found at an activity."""
    area = heard.uow.areas.get(activity.area_id)
    named = heard.uow.areas.buildings(area.id, building) if building else []
    if len(named) == 1:
        return heard.uow.areas.nearest(named[0].id, AreaKind.GRID) or area, named[0]
    if area.kind is AreaKind.BUILDING:
        return heard.uow.areas.nearest(area.id, AreaKind.GRID) or area, None if building else area
    grids = heard.uow.areas.grids(area.id)
    if len(grids) != 1:
        raise UserError("activity.where", number=activity.number)
    return grids[0], None


def _units(ctx: Context, activity: Activity) -> str:
    """Name the units that came; one that said 来 and did not sign in came, too."""
    came = [
        ctx.uow.organisations.get(unit.organisation_id).name
        for unit in ctx.uow.activities.units(activity.id)
        if unit.state in (UnitState.CAME, UnitState.COMING)
    ]
    return ctx.house.texts("activity.units_came", names="、".join(came)) if came else ""


def _listed(ctx: Context, cases: list[Case]) -> str:
    """Name the matters taken, a dispute or a private one by its number alone."""
    return "、".join(
        f"#{case.number}" if case.discreet else f"#{case.number}{case_label(ctx.policy, case)}"
        for case in cases
    )


def _outcome(ctx: Context, case: Case) -> str:
    texts = ctx.house.texts
    label = case_label(ctx.policy, case)
    if case.state in OPEN:
        who = holder_name(ctx, case)
        who = texts("digest.with", who=who) if who else ""
        return texts(
            "digest.open",
            number=case.number,
            label=label,
            state=texts(f"state.{case.state}"),
            who=who,
            words="",
        )
    done = texts("digest.done", number=case.number, label=label)
    words = texts("digest.because", words=Said(case.result), public=True) if case.result else ""
    return f"{done}{words}"


def _before_and_after(ctx: Context, case: Case) -> list[str]:
    """Return the picture of a case as it was found, and the one that came with its result."""
    before = picture_of(ctx, case)
    done = [s for s in ctx.uow.timeline.of_case(case.id) if s.action == Action.RESOLVE and not s.undone]
    after = [picture for step in done[-1:] for picture in step.note.pictures][:1]
    return [*([before] if before else []), *after]


def picture_of(ctx: Context, case: Case) -> str | None:
    """Return the first picture of a case, as it was when it was found."""
    for appeal in ctx.uow.appeals.of_case(case.id):
        for line in ctx.uow.appeals.lines(appeal.id):
            if line.media:
                return line.media
    return None
