"""The summary table at the end of a replay: what came in, what became of it, how much the bot said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from data.domain.times import five_times
from handlers.marks import marked_state
from handlers.showing import case_label

if TYPE_CHECKING:
    from datetime import datetime

    from data.domain.case import Case
    from data.store import Store
    from data.uow import UnitOfWork
    from handlers.context import House


def print_report(store: Store, house: House) -> None:
    """Print a table of the cases with their five times, and one of the rooms, on standard error."""
    console = Console(stderr=True, width=140)
    with store.read() as uow:
        console.print(_cases(uow, house))
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
