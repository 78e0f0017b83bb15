"""`shaozi report`: the month of an area as a document or a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, say, store_at


@app.command("report")
def report(
    month: Annotated[str, typer.Argument(help="哪个月,如 2026-03;也可以是 本月、上月、今年")],
    to: Annotated[Path, typer.Option("--output", "-o", help="写到哪个 .docx 或 .xlsx")],
    area: Annotated[str | None, typer.Option("--area", help="区域编码;不写是最大的那个")] = None,
    config: ConfigOption = None,
) -> int:
    """写一个月的报告:和驾驶舱、统计同一套数,带图。"""
    from bot.bootstrap import house_of, policy_of
    from bot.channels.album import Album
    from bot.month_report import report_of, write
    from data.domain.clock import SystemClock
    from data.domain.errors import InputError
    from data.domain.figures import Scope
    from data.holidays import ChineseHolidays
    from handlers.context import Context
    from handlers.reports.periods import read_period

    settings = config_from(config)
    if to.suffix.lower() not in (".docx", ".xlsx") or not to.parent.is_dir():
        raise InputError(str(to), "-o", "input.report_file")
    with store_at(settings.database.url) as store:
        house = house_of(settings, policy_of(settings, ChineseHolidays()), {})
        with store.read() as uow:
            ctx = Context(house, uow, SystemClock().now())
            period = read_period(house.policy.work, ctx.now, month)
            if period is None:
                raise InputError("report", month, "input.period")
            found = uow.areas.by_code(area) if area else uow.areas.widest()
            if found is None:
                raise InputError("report", f"--area {area or '-'}", "input.no_area")
            write(report_of(ctx, Scope(found), period), to, Album(settings.storage.folder))
    say("cli.reported", to=to)
    return DONE
