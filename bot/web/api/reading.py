"""What can be read: each resource from the store, as a token sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.web.api import models, showing
from bot.web.api.envelopes import Everything, Listed
from bot.web.api.problems import not_found
from data.domain.figures import Scope, part_of_area
from data.repositories.latest import CasesWanted, RowSpan
from handlers.reports.figures import figures
from handlers.reports.periods import this_week
from nlp.categories import CATEGORIES, OTHER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.web.api.looking import Looking
    from bot.web.api.parameters import CasePath, CasesQuery, Nothing, SpanQuery, StatisticsQuery
    from data.domain.areas import Area
    from data.domain.case import Case
    from data.domain.figures import Totals


class HasId(Protocol):
    """A thing with a number by which pages go on."""

    @property
    def id(self) -> int:
        """The number."""
        ...


def cases(ctx: Looking, _path: Nothing, query: CasesQuery) -> Listed[models.Case]:
    """Return a page of cases."""
    wanted = CasesWanted(
        area=_area(ctx, query.area),
        states=(query.state,) if query.state is not None else (),
        open=query.open,
        categories=(query.category,) if query.category is not None else (),
        grade=query.grade,
        source=query.source,
    )
    found = ctx.uow.latest.cases(wanted, _span(query))
    page = found[: query.limit]
    reports = ctx.uow.reports.of_cases([case.id for case in page])
    items = [showing.case_of(ctx, case, reports.get(case.id)) for case in page]
    return Listed(items=items, next=_next(found, page))


def case(ctx: Looking, path: CasePath, _query: Nothing) -> models.Case:
    """Return one case."""
    found = case_at(ctx, path)
    return showing.case_of(ctx, found, ctx.uow.reports.of_cases([found.id]).get(found.id))


def timeline(ctx: Looking, path: CasePath, _query: Nothing) -> Everything[models.Step]:
    """Return the steps of a case, the first first."""
    found = case_at(ctx, path)
    _note_view(ctx, found)
    steps = ctx.uow.timeline.of_case(found.id)
    return Everything(items=[showing.step_of(ctx, found, step) for step in steps])


def appeals(ctx: Looking, path: CasePath, _query: Nothing) -> Everything[models.Appeal]:
    """Return what residents said about a case."""
    found = case_at(ctx, path)
    _note_view(ctx, found)
    said = ctx.uow.appeals.of_case(found.id)
    return Everything(items=[showing.appeal_of(ctx, found, appeal) for appeal in said])


def meetings(ctx: Looking, _path: Nothing, query: SpanQuery) -> Listed[models.Meeting]:
    """Return a page of meetings."""
    found = ctx.uow.latest.activities(_within(ctx, query.area), _span(query), meetings=True)
    page = found[: query.limit]
    return Listed(items=[showing.meeting_of(ctx, one) for one in page], next=_next(found, page))


def activities(ctx: Looking, _path: Nothing, query: SpanQuery) -> Listed[models.Activity]:
    """Return a page of activities that are no meetings."""
    found = ctx.uow.latest.activities(_within(ctx, query.area), _span(query), meetings=False)
    page = found[: query.limit]
    return Listed(items=[showing.activity_of(ctx, one) for one in page], next=_next(found, page))


def ballots(ctx: Looking, _path: Nothing, query: SpanQuery) -> Listed[models.Ballot]:
    """Return a page of ballots that are over."""
    here = _within(ctx, query.area)
    found = ctx.uow.latest.ballots(_communities(ctx, query.area), _span(query))
    page = found[: query.limit]
    shown = (showing.ballot_of(ctx, one) for one in page if _touches(one.areas, here))
    return Listed(items=[one for one in shown if one is not None], next=_next(found, page))


def publicities(ctx: Looking, _path: Nothing, query: SpanQuery) -> Listed[models.Publicity]:
    """Return a page of publicities and ledgers."""
    here = _within(ctx, query.area)
    found = ctx.uow.latest.publicities(_communities(ctx, query.area), _span(query))
    page = found[: query.limit]
    shown = [showing.publicity_of(ctx, one) for one in page if _touches(one.areas, here)]
    return Listed(items=shown, next=_next(found, page))


def visits(ctx: Looking, _path: Nothing, query: SpanQuery) -> Listed[models.Visit]:
    """Return a page of home visits."""
    found = ctx.uow.latest.visits(_within(ctx, query.area), _span(query))
    page = found[: query.limit]
    return Listed(items=[showing.visit_of(ctx, one) for one in page], next=_next(found, page))


def statistics(ctx: Looking, _path: Nothing, query: StatisticsQuery) -> models.Statistics:
    """Return the figures of an area and a period."""
    area = _area(ctx, query.area) or ctx.uow.areas.widest()
    if area is None:
        raise not_found("area")
    week = this_week(ctx.policy.work, ctx.now)
    since, until = query.since or week.start, query.until or week.end
    found, scope = figures(ctx, Scope(area), since, until), Scope(area)
    by = part_of_area(area)
    tally = ctx.uow.sums.tally(scope, since, until, ctx.now, [by])
    late, all_late = tally.late(by), tally.late().get(0, 0)
    parts = [
        (ctx.uow.areas.get(key), counted) for key, counted in tally.totals(by).items() if key is not None
    ]
    return models.Statistics(
        area=area.code,
        since=since,
        until=until,
        counts=_counts(found.totals, all_late),
        rates=models.Rates(
            answers=found.rates.answers,
            contacted=found.rates.contacted,
            solved=found.rates.solved,
            satisfied=found.rates.satisfied,
            composite=found.rates.composite,
        ),
        times=models.Times(
            **{
                stage: int(span.total_seconds()) if span is not None else None
                for stage, span in found.medians.items()
            }
        ),
        parts=[
            models.Part(code=part.code, name=part.name, counts=_counts(counted, late.get(part.id, 0)))
            for part, counted in sorted(parts, key=lambda pair: pair[0].code)
        ],
    )


def areas(ctx: Looking, _path: Nothing, _query: Nothing) -> Everything[models.Area]:
    """Return the tree of areas, as far as the token sees it."""
    seen = [area for area in ctx.uow.areas.everything() if ctx.sees(area.id)]
    return Everything(items=[showing.area_of(ctx, area) for area in seen])


def categories(_ctx: Looking, _path: Nothing, _query: Nothing) -> Everything[models.Category]:
    """Return the kinds of matters."""
    return Everything(
        items=[
            models.Category(code=code, name=group if name == OTHER else name, group=group)
            for code in CATEGORIES
            for group, _, name in [code.partition("/")]
        ]
    )


def case_at(ctx: Looking, path: CasePath) -> Case:
    """Return the case of an address, or the problem that there is none for this token."""
    community = ctx.uow.areas.by_code(path.community)
    found = ctx.uow.cases.numbered(community.id, path.number) if community is not None else None
    if found is None or not ctx.sees_case(found):
        raise not_found("case")
    return found


def _note_view(ctx: Looking, found: Case) -> None:
    if ctx.personal:
        ctx.viewed.append(found.id)


def _area(ctx: Looking, code: str | None) -> Area | None:
    try:
        return ctx.area(code)
    except KeyError:
        raise not_found("area") from None


def _within(ctx: Looking, code: str | None) -> list[int] | None:
    """Return the ids of an area and of what lies in it, None for everything."""
    top = _area(ctx, code)
    return None if top is None else [top.id, *(area.id for area in ctx.uow.areas.below(top.id))]


def _communities(ctx: Looking, code: str | None) -> list[int] | None:
    """Return the communities that lie in an area, or that it lies in; None for all."""
    top = _area(ctx, code)
    if top is None:
        return None
    covers = ctx.uow.areas.covers
    return [c.id for c in ctx.uow.areas.communities() if covers(top.id, c.id) or covers(c.id, top.id)]


def _touches(area_ids: Sequence[int], here: Sequence[int] | None) -> bool:
    return here is None or bool(set(area_ids) & set(here))


def _span(query: SpanQuery) -> RowSpan:
    """Return which rows to read: one more than is shown, to know whether there is a next page."""
    before = int(query.cursor[1:]) if query.cursor is not None else None
    return RowSpan(query.limit + 1, before, query.since, query.until)


def _next(found: Sequence[HasId], page: Sequence[HasId]) -> str | None:
    return f"c{page[-1].id}" if len(found) > len(page) else None


def _counts(totals: Totals, late: int) -> models.Counts:
    return models.Counts(
        reported=totals.reported,
        found_by_staff=totals.by_staff,
        accepted=totals.accepted,
        done=totals.resolved,
        open=totals.open,
        deferred=totals.deferred,
        reopened=totals.reopened,
        late=late,
    )
