"""The figures of a scope and a period: 统计, the weekly digest and the report show the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.domain.figures import STAGES, Figures, Story, late
from data.domain.rating import counted_rates
from handlers.saying.showing import case_number

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from typing import Any

    from data.domain.areas import Area
    from data.domain.figures import Late, Scope
    from data.domain.rating import Rates
    from handlers.context import Context
    from handlers.texts.wording import Texts


MOST_LATE = 10  # of the late cases so many are named


def figures(ctx: Context, scope: Scope, start: datetime, end: datetime) -> Figures:
    """Return the figures of the cases that came up in a period, and the rates of the answers given in it."""
    tally = ctx.uow.sums.tally(scope, start, end, ctx.now)
    first, count = _late(ctx, scope, start, end)
    return Figures(
        totals=tally.whole,
        rates=counted_rates(tally.answers()[0], ctx.policy.rates),
        medians=tally.medians()[0],
        late=first,
        late_count=count,
    )


def _late(ctx: Context, scope: Scope, start: datetime, end: datetime) -> tuple[tuple[Late, ...], int]:
    """Return the first cases on which a deadline was missed, and how many there are; few are read whole."""
    called = [one for one in ctx.uow.figures.called(scope, start, end) if one.part.is_late(ctx.now)]
    own = set(ctx.uow.sums.late_ids(scope, start, end, ctx.now))
    every = own | {(one.case.community_id, one.case.number, one.case.id) for one in called}
    first = {case_id for _, _, case_id in sorted(every)[:MOST_LATE]}
    theirs = ctx.uow.cases.some(sorted(first & {case_id for _, _, case_id in own}))
    stories = [Story(case, ctx.uow.timeline.of_case(case.id)) for case in theirs]
    return late(stories, [one for one in called if one.case.id in first], ctx.now), len(every)


def rates_of(ctx: Context, scope: Scope, start: datetime, end: datetime) -> Rates:
    """Return the three rates of the answers given in a period."""
    return counted_rates(ctx.uow.sums.answers(scope, start, end), ctx.policy.rates)


def percent(rate: float | None) -> str:
    """Show a rate; a dash where nobody answered."""
    return "–" if rate is None else f"{rate:.1%}"


def shown_rates(rated: Rates) -> dict[str, Any]:
    """Return the rates as wordings show them."""
    return {
        "answers": rated.answers,
        "contacted": percent(rated.contacted),
        "solved": percent(rated.solved),
        "satisfied": percent(rated.satisfied),
        "composite": percent(rated.composite),
    }


def shown_times(texts: Texts, found: Figures) -> dict[str, str]:
    """Return the median times as wordings show them, by stage."""
    return {stage: span(texts, found.medians[stage]) for stage in STAGES}


def shown_late(ctx: Context, found: Figures, home: Area) -> str:
    """Return the first late cases, by the number `home` knows, with the clocks each missed."""
    texts = ctx.house.texts
    rows = [
        texts(
            "statistics_parts.late_case",
            case=case_number(ctx, one.case, home),
            clocks="、".join(texts(f"action.{clock}") for clock in one.clocks),
        )
        for one in found.late
    ]
    left = found.late_count - len(rows)
    return "、".join(rows) + (texts("statistics_parts.more", count=left) if left > 0 else "")


def span(texts: Texts, taken: timedelta | None) -> str:
    """Show how long something took, in its two largest units; a dash where nothing was measured."""
    if taken is None:
        return "–"
    minutes = round(taken.total_seconds() / 60)
    if minutes < 60:
        return texts("span.minutes", minutes=minutes)
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return texts("span.hours", hours=hours, minutes=minutes)
    return texts("span.days", days=hours // 24, hours=hours % 24)
