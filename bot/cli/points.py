"""`shaozi points export`: the ledger of points as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, say, store_at, xlsx_named

points = typer.Typer(help="积分:导出流水", no_args_is_help=True)
app.add_typer(points, name="points")

HEAD = ("时间", "社区", "谁", "分", "原因", "谁给的", "来源")


@points.command("export")
def export_points(
    to: Annotated[Path, typer.Argument(help="写到哪个 xlsx")] = Path("points.xlsx"),
    config: ConfigOption = None,
) -> int:
    """把积分流水导成表格:每一笔什么时候、几分、为什么、谁给的。"""
    from bot.sheets import write_sheet

    to = xlsx_named(to)
    settings = config_from(config)
    with store_at(settings.database.url) as store:
        with store.read() as uow:
            rows = [
                (
                    entry.at.astimezone(settings.bot.zone).strftime("%Y-%m-%d %H:%M"),
                    uow.areas.get(entry.community_id).name,
                    uow.people.get(entry.person_id).name,
                    entry.amount,
                    entry.why,
                    uow.people.get(entry.giver_id).name if entry.giver_id is not None else "",
                    entry.source,
                )
                for entry in uow.points.everything()
            ]
        count = write_sheet(to, "积分", HEAD, rows)
    say("cli.points_exported", count=count, to=to)
    return DONE
