"""`shaozi export`: the cases as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, say, store_at, xlsx_named


@app.command("export")
def export_cases(
    to: Annotated[Path, typer.Argument(help="写到哪个 xlsx")] = Path("cases.xlsx"),
    config: ConfigOption = None,
) -> int:
    """把办件导成表格,带五个第一时间;电话、门牌已打码。"""
    from bot.bootstrap import policy_of
    from bot.export import export
    from data.holidays import ChineseHolidays
    from handlers.texts.wording import Texts

    to = xlsx_named(to)
    settings = config_from(config)
    with store_at(settings.database.url) as store:
        count = export(store, policy_of(settings, ChineseHolidays()), Texts.load(settings.bot.wordings), to)
    say("cli.exported", count=count, to=to)
    return DONE
