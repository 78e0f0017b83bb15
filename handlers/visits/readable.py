"""走访 名单, 取消, 查, 覆盖: what is planned, due, missed and made; by household, person and area."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from data.domain.errors import UserError
from data.domain.people import OFFICERS, STAFF, Role
from data.domain.visit import quarter_of
from handlers.cases.coverage import covered
from handlers.cases.in_charge import holders
from handlers.hearing.areas import address_in_charge, charge
from handlers.hearing.called_for import area_for
from handlers.hearing.names import has_duty_in_reach, people_named
from handlers.hearing.permissions import above_duty
from handlers.hearing.verbs import Who
from handlers.saying.days import date_name, day_of
from handlers.saying.say import Saying, answer, say_to_person
from handlers.saying.showing import place_name, resent
from handlers.texts.wording import Said

if TYPE_CHECKING:
    from data.domain.case import Place
    from data.domain.reminder import Reminder
    from data.domain.visit import VisitPlan
    from handlers.context import Context, Heard
    from handlers.hearing.areas import Residence
    from handlers.hearing.grammar import Command

MOST, MOST_RECORDS = 20, 8
_PERIOD = re.compile(r"本季度?|本月|这个?季度?|这个?月")


def listed(heard: Heard, _command: Command) -> None:
    """Show one's own plans and what was missed, an officer those of the area: 走访 名单."""
    heard.private_answer = True
    plans = _plans(heard)
    today = heard.policy.work.local(heard.now).date()
    missed = {plan.id: due for plan in plans for due in heard.uow.visits.open_turns(plan.id) if due <= today}
    rows = [_row(heard, plan, missed.get(plan.id), today) for plan in plans]
    shown = "".join(f"\n{row}" for row in rows[:MOST])
    late = sum(due < today for due in missed.values())
    answer(
        heard,
        "visit.list" if rows else "visit.none",
        count=len(rows),
        missed=heard.house.texts("visit.missed_count", count=late) if late else "",
        rows=Said(shown),
    )


def cancel(heard: Heard, command: Command) -> None:
    """End a plan of visits: 走访 取消 3栋501."""
    heard.private_answer = True
    address = _address(heard, command)
    officer = bool(heard.roles_at(address.grid.id) & (OFFICERS | {Role.GRID_LEADER}))
    found = [
        plan
        for plan in heard.uow.visits.plans_for(address.grid.id, address.place)
        if plan.place == address.place and (officer or plan.visitor_id == heard.person.id)
    ]
    where = Said(place_name(address.place, public=False))
    if not found:
        raise UserError("visit.no_plan", where=where)
    for plan in found:
        heard.uow.visits.cancel(plan.id)
    answer(heard, "visit.cancelled", where=where, count=len(found))


def _address(heard: Heard, command: Command) -> Residence:
    """Return the place in the speaker's charge that a command begins with, or raise."""
    address = address_in_charge(heard, command.words.split(" ")[0])
    if address is None:
        raise UserError("visit.where", example=command.form.example)
    return address


def look_up(heard: Heard, command: Command) -> None:
    """Show what was heard at a door, to the staff of its area only: 走访 查 3栋501."""
    heard.private_answer = True
    address = _address(heard, command)
    if not heard.roles_at(address.grid.id) & STAFF:
        raise above_duty(command.verb, Who.STAFF)
    records = heard.uow.visits.at_place(address.grid.id, address.place)[:MOST_RECORDS]
    rows = "".join(
        "\n"
        + heard.house.texts(
            "visit.record_row",
            day=date_name(heard, one.at),
            who=heard.uow.people.get(one.visitor_id).name,
            whom=one.whom or "",
            words=one.words,
        )
        for one in records
    )
    where = Said(place_name(address.place, public=False))
    answer(heard, "visit.records" if records else "visit.no_records", where=where, rows=Said(rows))


def coverage(heard: Heard, command: Command) -> None:
    """Show how many households were visited in a period: 走访 覆盖 [本季|本月] [网格|人]."""
    heard.private_answer = True
    said = _PERIOD.match(command.words.strip())
    month = said is not None and said[0].endswith("月")
    rest = command.words.strip()[said.end() if said else 0 :].strip()
    today = heard.policy.work.local(heard.now).date()
    first = today.replace(day=1) if month else quarter_of(today)[0]
    people = people_named(heard, rest, partial(has_duty_in_reach, heard)) if rest else []
    person = people[0] if people else None
    area = area_for(heard, command.verb.value, "" if person else rest).area
    found = covered(heard, area, heard.policy.work.at(first, time.min), heard.now)
    texts = heard.house.texts
    rows = "".join(
        "\n" + texts("visit.coverage_row", name=heard.uow.people.get(one).name, count=count)
        for one, count in sorted(found.by_person.items(), key=lambda pair: -pair[1])
        if person is None or person.id == one
    )
    share = f"{found.visited / found.households:.0%}" if found.households else "-"
    answer(
        heard,
        "visit.coverage",
        area=area.name,
        period=texts("visit.month" if month else "visit.quarter"),
        visited=found.visited,
        households=found.households,
        share=share,
        rows=rows,
    )


def tell_officers(ctx: Context, reminder: Reminder) -> None:
    """On Friday at five tell the officers which visits of the week were not made by their day."""
    today = ctx.policy.work.local(ctx.now).date()
    community = ctx.uow.areas.get(reminder.subject)
    grids = [grid.id for grid in ctx.uow.areas.grids(community.id)]
    rows = [
        _row(ctx, plan, due, today)
        for plan in ctx.uow.visits.plans_in(grids)
        for due in ctx.uow.visits.open_turns(plan.id)
        if today - timedelta(days=7) <= due < today
    ]
    if not rows:
        return
    values = {"count": len(rows), "rows": Said("".join(f"\n{row}" for row in rows[:MOST]))}
    for _, officer in holders(ctx, community.id, (Role.OFFICER, Role.OPERATOR)):
        dedupe = f"rem:{reminder.id}:{reminder.due.isoformat()}:{officer.id}"
        saying = Saying("visit.missed_week", dedupe, values | {"resent": resent(ctx, reminder)})
        say_to_person(ctx, officer.id, saying)


def _plans(heard: Heard) -> list[VisitPlan]:
    """Return the speaker's own plans, the first due first; an officer's are all of their area."""
    areas = charge(heard, OFFICERS)
    if not areas:
        return heard.uow.visits.plans_of(heard.person.id)
    return heard.uow.visits.plans_in([grid.id for area in areas for grid in heard.uow.areas.grids(area.id)])


def _row(ctx: Context, plan: VisitPlan, missed: date | None, today: date) -> str:
    texts = ctx.house.texts
    key = "planned" if missed is None else "today" if missed == today else "missed"
    return texts(
        f"visit.row.{key}",
        where=_where(plan.place),
        whom=f"({plan.whom})" if plan.whom else "",
        who=ctx.uow.people.get(plan.visitor_id).name,
        day=day_of(texts, missed or plan.due),
    )


def _where(place: Place) -> str:
    return place_name(place, public=False)
