"""Figures of community life: 党员, 五全 (嘉兴), 五个必到, and the week's good news for the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.domain.activity import UnitState
from data.domain.case import OPEN
from data.domain.figures import Scope
from handlers.cases.coverage import covered
from handlers.necessary.duty_calls import figures_line
from handlers.reports.figures import rates_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from data.domain.areas import Area
    from handlers.context import Context


def party(ctx: Context, area: Area, start: datetime, end: datetime) -> str:
    """Show how many party members an area has, and what they did: 统计 党员."""
    return ctx.house.texts("party.statistics", area=area.name, **party_of(ctx, area, start, end))


def party_of(ctx: Context, area: Area, start: datetime, end: datetime) -> dict[str, Any]:
    """Return the figures of an area's party members: how many, what they did, their points."""
    inside = [area.id, *(inner.id for inner in ctx.uow.areas.below(area.id))]
    community = ctx.uow.areas.community_of(area.id) or area
    members = ctx.uow.party.members_in(inside)
    minutes = sum(ctx.uow.volunteers.minutes(community.id, start, end, one) for one in members)
    return {
        "count": len(members),
        "hours": f"{minutes / 60:g}",
        "visits": sum(visit.visitor_id in members for visit in ctx.uow.visits.between(inside, start, end)),
        "taken": ctx.uow.party.taken_by(members, start, end),
        "pairs": ctx.uow.pairs.paired_with(members),
        "points": sum(ctx.uow.points.balance(community.id, one) for one in members),
    }


def five_alls(ctx: Context, area: Area, start: datetime, end: datetime) -> str:
    """统计 五全: visits cover all, appeals collected, units sent down, handled, evaluated."""
    return ctx.house.texts("life.five_alls", area=area.name, **five_alls_of(ctx, area, start, end))


def five_alls_of(ctx: Context, area: Area, start: datetime, end: datetime) -> dict[str, Any]:
    """Return the figures of the 五全: visited of all households, appeals, units, share done, ratings."""
    inside = [area.id, *(inner.id for inner in ctx.uow.areas.below(area.id))]
    seen = covered(ctx, area, start, end)
    cases = ctx.uow.figures.reported(Scope(area), start, end)
    done = sum(case.state not in OPEN for case in cases)
    rated = rates_of(ctx, Scope(area), start, end).answers
    units = sum(
        unit.state in (UnitState.CAME, UnitState.COMING)
        for activity in ctx.uow.activities.between(inside, start, end)
        for unit in ctx.uow.activities.units(activity.id)
    )
    return {
        "visited": seen.visited,
        "households": seen.households,
        "reported": len(cases),
        "units": units,
        "done": f"{done / len(cases):.0%}" if cases else "-",
        "rated": rated,
    }


def five_calls(ctx: Context, area: Area, start: datetime, end: datetime) -> str:
    """Show how often a household had to be seen, and how often somebody was there in time: 统计 五个必到."""
    line = figures_line(ctx, area.id, start, end).strip()
    return ctx.house.texts("life.of_area", area=area.name, line=line or ctx.house.texts("life.no_calls"))


def in_digest(ctx: Context, area: Area, start: datetime, end: datetime) -> list[str]:
    """Return what a group hears of its week's community life: figures of nobody, and nothing of the 必到."""
    alls, members = five_alls_of(ctx, area, start, end), party_of(ctx, area, start, end)
    behalf, _ = ctx.uow.sums.on_behalf(Scope(area), start, end)
    did = members["taken"] or members["visits"] or members["hours"] != "0"
    texts = ctx.house.texts
    lines = [
        texts("life.digest.five_alls", **alls) if alls["visited"] or alls["units"] else "",
        texts("life.digest.behalf", count=behalf) if behalf else "",
        texts("life.digest.party", **members) if did else "",
    ]
    return [line for line in lines if line]


def good_news(ctx: Context, area: Area, start: datetime, end: datetime) -> str:
    """Return the week's good news of a community: wishes, good people, hours of help; empty if none."""
    community = ctx.uow.areas.community_of(area.id) or area
    wishes = ctx.uow.volunteers.fulfilled(community.id, start, end)
    good = ctx.uow.good_people.published(community.id, start, end)
    minutes = ctx.uow.volunteers.minutes(community.id, start, end)
    texts = ctx.house.texts
    parts = [
        texts("life.wishes", count=wishes) if wishes else "",
        texts("life.good", names="、".join(one.name for one in good)) if good else "",
        texts("life.hours", hours=f"{minutes / 60:g}") if minutes else "",
    ]
    shown = ",".join(part for part in parts if part)
    return texts("life.good_news", parts=shown) if shown else ""


TOPICS: dict[str, Callable[[Context, Area, datetime, datetime], str]] = {
    "党员": party,
    "五全": five_alls,
    "五个必到": five_calls,
    "必到": five_calls,
}
