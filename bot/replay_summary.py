"""The summary at the end of a replay: the cases, the figures of each place, how much the bot said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from data.domain.figures import STAGES, Scope
from data.domain.five_times import five_times
from handlers.cases.marks import marked_state
from handlers.context import Context
from handlers.reports.figures import figures, shown_rates, shown_times
from handlers.saying.showing import case_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.domain.case import Case
    from data.store import Store
    from data.uow import UnitOfWork
    from handlers.context import House


ALWAYS = datetime(2000, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
COUNTED = ("reported", "by_staff", "resolved", "open", "deferred", "reopened")
RATED = ("answers", "contacted", "solved", "satisfied", "composite")


def print_report(store: Store, house: House, now: datetime) -> None:
    """Print tables of the cases with their five times, the figures, and the rooms, on standard error."""
    console = Console(stderr=True, width=140)
    with store.read() as uow:
        console.print(_cases(uow, house))
        console.print(_figures(Context(house, uow, now)))
        console.print(_rooms(uow, house))


def _cases(uow: UnitOfWork, house: House) -> Table:
    texts = house.texts
    table = Table(title=texts("report.cases"))
    for name in (
        "number",
        "label",
        "state",
        "found",
        "accepted",
        "resolved",
        "fed_back",
        "confirmed",
        "ratings",
    ):
        table.add_column(texts(f"report.{name}"))
    for case in uow.cases.everything():
        times = five_times(uow.timeline.of_case(case.id))
        row = (times.found, times.accepted, times.resolved, times.fed_back, times.confirmed)
        shown = [_time(house, at) for at in row]
        state = marked_state(texts, house.policy, uow, case)
        table.add_row(_number(uow, case), _label(house, case), state, *shown, _ratings(uow, case))
    return table


def _figures(ctx: Context) -> Table:
    """Return the figures of each community, its grids, and the organisations at work there."""
    texts = ctx.house.texts
    table = Table(title=texts("report.figures"))
    for name in ("scope", *COUNTED, "late", *(f"took_{stage}" for stage in STAGES[:2]), *RATED):
        table.add_column(texts(f"report.{name}"))
    for scope in _scopes(ctx):
        found = figures(ctx, scope, *ALWAYS)
        counted = [str(getattr(found.totals, name)) for name in COUNTED]
        times = shown_times(texts, found)
        took = [times[stage] for stage in STAGES[:2]]
        rated = shown_rates(found.rates)
        table.add_row(
            scope.name, *counted, str(found.late_count), *took, *(str(rated[name]) for name in RATED)
        )
    return table


def _scopes(ctx: Context) -> Iterator[Scope]:
    for community in ctx.uow.areas.communities():
        yield Scope(community)
        yield from (Scope(grid) for grid in ctx.uow.areas.grids(community.id))
        cases = ctx.uow.figures.reported(Scope(community), *ALWAYS)
        at_work = sorted({c.assignee_org_id for c in cases if c.assignee_org_id is not None})
        yield from (Scope(community, ctx.uow.organisations.get(org_id)) for org_id in at_work)


def _rooms(uow: UnitOfWork, house: House) -> Table:
    texts = house.texts
    table = Table(title=texts("report.rooms"))
    for name in ("room", "heard", "said"):
        table.add_column(texts(f"report.{name}"))
    for topic, heard, said in uow.outbox.by_room():
        table.add_row(topic or texts("report.private"), str(heard), str(said))
    return table


def _number(uow: UnitOfWork, case: Case) -> str:
    return f"{uow.areas.get(case.community_id).short}#{case.number}"


def _label(house: House, case: Case) -> str:
    return case_label(house.policy, case, public=True)


def _time(house: House, at: datetime | None) -> str:
    return f"{house.policy.work.local(at):%m-%d %H:%M}" if at else "–"


def _ratings(uow: UnitOfWork, case: Case) -> str:
    asked = [a for turn in range(case.reopened + 1) for a in uow.ratings.of_round(case.id, turn)]
    return " ".join(str(a.digit) if a.digit else "·" for a in asked)
