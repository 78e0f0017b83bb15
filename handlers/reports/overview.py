"""Puts the figures of a scope and its parts together: cockpit, the month's report and charts share them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.domain.areas import AreaKind
from data.domain.case import Grade
from data.domain.figures import By, Scope, Totals, part_of_area
from data.domain.overview import Heat, Month, Now, Overview, PartFigures
from data.domain.rating import Rates, counted_rates
from handlers.reports.periods import month_of, months_before

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from data.domain.areas import Area
    from data.domain.tally import Tally
    from handlers.context import Context
    from handlers.reports.periods import Period

MONTHS = 12
MOST_BUILDINGS, MOST_KINDS = 14, 10
MOST_PARTS = 60
MOST_NOW = 12
RANKED_FROM = 1  # cases or calls that an organisation must have had


def overview(ctx: Context, scope: Scope, period: Period) -> Overview:
    """Return the figures of a scope and a period, and of each of its parts."""
    by = part_of_area(scope.area)
    tally = ctx.uow.sums.tally(
        scope, period.start, period.end, ctx.now, (by, By.ORGANISATION, By.PERSON, By.GRADE)
    )
    return Overview(
        scope=scope,
        whole=_parts(ctx, tally, By.NOTHING, {0: (scope.area.code, scope.name)})[0],
        areas=_areas(ctx, scope, tally, by),
        units=_units(ctx, scope, period, tally),
        people=_people(ctx, tally),
        grades=_grades(ctx, tally),
        months=months_of(ctx, scope, period),
        heat=_heat(ctx, scope, period),
    )


def now(ctx: Context, scope: Scope, period: Period) -> Now:
    """Return how things stand in an area at this moment."""
    sums, work = ctx.uow.sums, ctx.policy.work
    today = work.at(work.local(ctx.now).date(), work.opens.min)
    below = [area.id for area in (scope.area, *ctx.uow.areas.below(scope.area.id))]
    local_day = work.local(ctx.now).date()
    held = ctx.uow.activities.between(below, period.start, period.end)
    calls, inside = ctx.uow.duty_calls, set(below)
    return Now(
        **sums.now_open(scope, ctx.now),
        **sums.moved(scope, today, today + timedelta(days=1)),
        whistles=tuple(sums.whistled(scope, MOST_NOW)),
        emergencies=tuple(sums.emergencies(scope, MOST_NOW)),
        visits=ctx.uow.visits.count(below, period.start, period.end),
        visits_due=ctx.uow.visits.count_due(below, local_day),
        meetings=sum(one.is_meeting for one in held),
        activities=sum(not one.is_meeting for one in held),
        necessary=sum(one.area_id in inside for c in _communities(ctx, scope) for one in calls.open_in(c)),
        calls=tuple(
            (ctx.house.texts(f"necessary.kind.{one.kind.value}"), one.count, one.in_time)
            for one in calls.figures(below, period.start, period.end)
            if one.count
        ),
    )


def _communities(ctx: Context, scope: Scope) -> list[int]:
    """Return the communities that an area lies in or takes in."""
    own = ctx.uow.areas.community_of(scope.area.id)
    return (
        [own.id] if own else [a.id for a in ctx.uow.areas.below(scope.area.id) if a.kind.value == "community"]
    )


def months_of(ctx: Context, scope: Scope, period: Period) -> tuple[Month, ...]:
    """Return the months up to a period's last, the oldest first."""
    last = month_of(ctx.policy.work, min(ctx.now, period.end))
    return months_up_to(ctx, [scope], last, MONTHS)


def months_up_to(ctx: Context, scopes: Sequence[Scope], last: Period, count: int) -> tuple[Month, ...]:
    """Return the figures of so many months of several scopes together, the oldest first."""
    months = months_before(ctx.policy.work, last, count)
    counted = ctx.uow.sums.months(scopes, [month.start for month in months], last.end)
    return tuple(
        Month(month.start, month.name, one.totals, counted_rates(one.digits, ctx.policy.rates))
        for month, one in zip(months, counted, strict=True)
    )


def _areas(ctx: Context, scope: Scope, tally: Tally, by: By) -> tuple[PartFigures, ...]:
    area = scope.area
    if area.kind is AreaKind.BUILDING or (by is By.COMMUNITY and area.kind is AreaKind.GRID):
        return ()
    inner = [a for a in ctx.uow.areas.below(area.id) if a.kind.value == by.value]
    return tuple(_parts(ctx, tally, by, {a.id: (a.code, a.name) for a in inner[:MOST_PARTS]}))


def _units(ctx: Context, scope: Scope, period: Period, tally: Tally) -> tuple[PartFigures, ...]:
    """Return the organisations at work, ranked: by what people say, then by what is done, then by delay."""
    known = {o.id: (f"o:{o.id}", o.name) for o in ctx.uow.organisations.all_of_them()}
    calls = ctx.uow.sums.arrivals(scope, period.start, period.end, ctx.now)
    found = [
        part._replace(calls=called, late_calls=late)
        for part in _parts(ctx, tally, By.ORGANISATION, known)
        for called, late in [calls.get(int(part.key[2:]), (0, 0))]
    ]
    at_work = [part for part in found if part.totals.reported + part.calls >= RANKED_FROM]
    return tuple(sorted(at_work, key=_rank))


def _rank(part: PartFigures) -> tuple[Any, ...]:
    total = part.totals.reported
    done = part.totals.resolved / total if total else 0.0
    return -(part.rates.composite or 0.0), -done, part.late + part.late_calls, part.name


def _people(ctx: Context, tally: Tally) -> tuple[PartFigures, ...]:
    by_person = tally.totals(By.PERSON)
    most = sorted((key for key in by_person if key is not None), key=lambda key: -by_person[key].reported)
    known = {key: (f"p:{key}", ctx.uow.people.get(key).name) for key in most[:MOST_PARTS]}
    return tuple(_parts(ctx, tally, By.PERSON, known))


def _parts(ctx: Context, tally: Tally, by: By, known: dict[int, tuple[str, str]]) -> list[PartFigures]:
    totals, late, answers, medians = tally.totals(by), tally.late(by), tally.answers(by), tally.medians(by)
    return [
        PartFigures(
            key,
            name,
            totals.get(id_, Totals()),
            late.get(id_, 0),
            counted_rates(answers[id_], ctx.policy.rates) if id_ in answers else Rates(0),
            medians[id_],
        )
        for id_, (key, name) in known.items()
    ]


def _grades(ctx: Context, tally: Tally) -> tuple[tuple[str, int, int], ...]:
    by_grade = tally.totals(By.GRADE)
    found = [(ctx.policy.grade_name(grade), by_grade.get(grade.value, Totals())) for grade in Grade]
    return tuple((name, totals.reported, totals.resolved) for name, totals in found)


def _heat(ctx: Context, scope: Scope, period: Period) -> Heat:
    """Return buildings × kinds, those with the most cases."""
    counts = ctx.uow.sums.pairs(scope, period.start, period.end, By.BUILDING, By.KIND)
    rows = _most(counts, lambda pair: pair[0], MOST_BUILDINGS)
    columns = _most(counts, lambda pair: pair[1], MOST_KINDS)
    buildings = [ctx.uow.areas.get(int(row)) for row in rows]
    return Heat(
        tuple(_building_name(ctx, b) for b in buildings),
        tuple(b.code for b in buildings),
        tuple(str(column) for column in columns),
        tuple(tuple(counts.get((row, column), 0) for column in columns) for row in rows),
    )


def _most(counts: dict[tuple[Any, Any], int], part: Callable[[tuple[Any, Any]], Any], most: int) -> list[Any]:
    summed: dict[Any, int] = {}
    for pair, count in counts.items():
        summed[part(pair)] = summed.get(part(pair), 0) + count
    return sorted(summed, key=lambda one: (-summed[one], str(one)))[:most]


def _building_name(ctx: Context, building: Area) -> str:
    above = ctx.uow.areas.get(building.parent_id) if building.parent_id else building
    community = ctx.uow.areas.community_of(building.id)
    return f"{above.name_within(community) if community else above.name} {building.name}"
