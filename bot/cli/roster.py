"""`shaozi roster import`: areas, rooms, organisations, people from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, say

roster = typer.Typer(help="花名册:区域、群、单位、人", no_args_is_help=True)
app.add_typer(roster, name="roster")


@roster.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="花名册(YAML,或每部分一个工作表的 xlsx)")],
    config: ConfigOption = None,
) -> int:
    """导入花名册;再导一次不会变。有一行不对就一行也不导。"""
    from bot.bootstrap import policy_of
    from data.domain.clock import SystemClock
    from data.holidays import ChineseHolidays
    from data.roster import import_roster, read
    from data.store import Store

    settings = config_from(config)
    entries = read(file)
    store = Store(settings.database.url)
    try:
        store.upgrade()
        with store.write() as uow:
            work = policy_of(settings, ChineseHolidays()).work
            counts = import_roster(uow, entries, file.name, work=work, now=SystemClock().now())
            uow.commit()
    finally:
        store.close()
    say("cli.roster", added=counts["added"], changed=counts["changed"], same=counts["same"])
    return DONE
