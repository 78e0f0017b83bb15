"""`shaozi orders import|export`: the city hotline's orders (12345), in as cases and back with results."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.app import DONE, FAILED, ConfigOption, app, config_from, say, store_at, xlsx_named
from data.domain.errors import InputError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.config import Config
    from data.domain.areas import Area
    from data.domain.order import Order
    from data.orders.headings import Columns
    from data.store import Store
    from data.uow import UnitOfWork
    from handlers.orders.taking_in import TakenOrders

orders = typer.Typer(help="12345 工单:导入、回填", no_args_is_help=True)
app.add_typer(orders, name="orders")

AT_ONCE = 250  # orders of one transaction
SHOWN = 3  # orders of the preview
CommunityOption = Annotated[
    str | None, typer.Option("--community", help="地址里看不出社区的,算哪个社区(只有一个时不用写)")
]


@orders.command("import")
def import_orders(
    file: Annotated[Path, typer.Argument(help="工单表(.xlsx,或 UTF-8、GBK 的 .csv)")],
    *,
    mapping: Annotated[
        Path | None, typer.Option("--map", help="哪一列是什么(YAML,如 number: 派单流水)")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="看过预览了,直接导入")] = False,
    community: CommunityOption = None,
    config: ConfigOption = None,
) -> int:
    """先给看认出了哪些列、头几条,确认后才写;有一行不对就一条也不导;再导一次不会变。"""
    from data.orders.mapping import read_mapping
    from handlers.orders.taking_in import require_placed

    settings = config_from(config)
    told = read_mapping(mapping) if mapping is not None else {}
    columns, found = _orders_in(file, told, settings)
    with store_at(settings.database.url) as store:
        with store.read() as uow:
            home = _home(uow, community)
            try:
                require_placed(uow, found, home)
            except UserError as error:
                raise InputError(file.name, "-", f"error.{error.key}", **error.values) from None
            known = len(uow.orders.known([order.number for order in found]))
        _preview(columns, found, known)
        if not (yes or (sys.stdin.isatty() and typer.confirm(_word("ask"), default=False))):
            say("orders.cli.nothing")
            return FAILED
        taken = _take_in(store, settings, found, home)
    say("orders.cli.done", opened=taken.opened, joined=taken.joined, same=taken.same, answered=taken.answered)
    return DONE


def _orders_in(file: Path, told: Mapping[str, str], settings: Config) -> tuple[Columns, list[Order]]:
    """Return which columns were found in a sheet, and its orders."""
    from rich.progress import track

    from data.domain.clock import SystemClock
    from data.orders.read import opened, orders_of

    with opened(file, told) as sheet:
        today = SystemClock().now().astimezone(settings.bot.zone).date()
        found = list(track(orders_of(sheet, today), _word("reading"), **_bar()))
        return sheet.columns, found


def _take_in(store: Store, settings: Config, found: list[Order], home: Area | None) -> TakenOrders:
    """Take orders in, some hundred in one transaction; return what became of them."""
    from rich.progress import track

    from bot.bootstrap import house_of, policy_of
    from data.domain.clock import SystemClock
    from data.holidays import ChineseHolidays
    from handlers.context import Context
    from handlers.orders.taking_in import TakenOrders, read, take_in
    from handlers.reactions import react

    clock, house = SystemClock(), house_of(settings, policy_of(settings, ChineseHolidays()), {})
    taken, left = TakenOrders(), len(found)
    for orders in _parts(track(found, _word("writing"), **_bar())):
        understood = [read(house.understander, order) for order in orders]  # nobody waits meanwhile
        left -= len(orders)
        with store.write() as uow:
            ctx = Context(house, uow, clock.now())
            take_in(ctx, understood, home, taken, more=left > 0)
            react(ctx)
            uow.commit()
    return taken


@orders.command("export")
def export_orders(
    to: Annotated[Path, typer.Option("--output", "-o", help="写到哪个 xlsx")],
    since: Annotated[
        str | None, typer.Option("--since", help="这天以后来的、办结的、回访的,如 2026-03-01")
    ] = None,
    config: ConfigOption = None,
) -> int:
    """写一张回填表:办理结果、各个时间、联系了没有、解决了没有、满意不满意。"""
    from bot.bootstrap import house_of, policy_of
    from bot.sheets import write_sheet
    from data.domain.clock import SystemClock
    from data.holidays import ChineseHolidays
    from data.orders.dates import read_time
    from handlers.context import Context
    from handlers.orders.giving_back import head, rows

    settings, now = config_from(config), SystemClock().now()
    to = xlsx_named(to)
    day = read_time(since, now.astimezone(settings.bot.zone).date()) if since else None
    if since and day is None:
        raise InputError("orders", "--since", "orders.date", said=since)
    with store_at(settings.database.url) as store:
        house = house_of(settings, policy_of(settings, ChineseHolidays()), {})
        begins = day and house.policy.work.at(day.date(), day.time().min)
        with store.read() as uow:
            ctx = Context(house, uow, now)
            count = write_sheet(to, _word("sheet"), head(ctx), rows(ctx, begins))
    say("orders.cli.exported", count=count, to=to)
    return DONE


def _parts(orders: Iterable[Order]) -> Iterator[list[Order]]:
    """Yield orders in parts that are taken in one after the other, so that a bot that runs has its turn."""
    left = iter(orders)
    while part := list(islice(left, AT_ONCE)):
        yield part


def _bar() -> dict[str, Any]:
    """Return how a progress bar is drawn: on standard error, and only where somebody watches."""
    from rich.console import Console

    console = Console(stderr=True)
    return {"console": console, "transient": True, "disable": not console.is_terminal}


def _preview(columns: Columns, found: list[Order], known: int) -> None:
    """Show which column was taken for what, and the first orders; nothing is written yet."""
    from data.orders.headings import FIELDS
    from handlers.texts.masking import mask

    for field, name in FIELDS.items():
        if field in columns.heads:
            say("orders.cli.column", name=name, head=columns.heads[field])
        else:
            say("orders.cli.no_column", name=name)
    if columns.ignored:
        say("orders.cli.ignored", heads="、".join(columns.ignored))
    for order in found[:SHOWN]:
        text = mask(" ".join(order.text.split()))[:40]
        due = f"{order.deadline:%Y-%m-%d %H:%M}" if order.deadline else "–"
        say("orders.cli.order", number=order.number, due=due, text=text)
    say("orders.cli.count", count=len(found), known=known)


def _home(uow: UnitOfWork, code: str | None) -> Area | None:
    """Return the community that was named by its code or name, or the only one; None if it is not clear."""
    communities = uow.areas.communities()
    if code is None:
        return communities[0] if len(communities) == 1 else None
    found = next((a for a in communities if code in (a.code, a.name, a.short)), None)
    if found is None:
        raise InputError("orders", f"--community {code}", "input.no_area")
    return found


def _word(key: str) -> str:
    from handlers.texts.wording import Texts

    return Texts.load()(f"orders.cli.{key}")
