"""`shaozi roster import`: areas, rooms, organisations, people from a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, say, xlsx_named
from data.domain.errors import InputError

if TYPE_CHECKING:
    from data.domain.people import Person

roster = typer.Typer(help="花名册:区域、群、单位、人", no_args_is_help=True)
app.add_typer(roster, name="roster")


@roster.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="花名册(YAML,或每部分一个工作表的 xlsx)")],
    *,
    end_gone: Annotated[
        bool | None,
        typer.Option("--end-gone/--keep-gone", help="文件里没有了的人:撤掉职责、退出登录,或照旧留着"),
    ] = None,
    move_rooms: Annotated[bool, typer.Option("--move-rooms", help="群可以从一个社区换到另一个")] = False,
    config: ConfigOption = None,
) -> int:
    """导入花名册;再导一次不会变。有一行不对就一行也不导。以前有、现在没有的人会问一声。"""
    from bot.bootstrap import policy_of
    from data.domain.clock import SystemClock
    from data.holidays import ChineseHolidays
    from data.roster import end_duties, gone_from, import_roster, read
    from data.store import Store

    settings = config_from(config)
    entries = read(file)
    store = Store(settings.database.url)
    try:
        store.upgrade()
        with store.write() as uow:
            work = policy_of(settings, ChineseHolidays()).work
            now = SystemClock().now()
            counts = import_roster(uow, entries, file.name, work=work, now=now, move_rooms=move_rooms)
            gone = gone_from(uow, entries)
            if gone and _ends(gone, end_gone):
                end_duties(uow, gone, now)
            uow.commit()
    finally:
        store.close()
    say("cli.roster", added=counts["added"], changed=counts["changed"], same=counts["same"])
    return DONE


def _ends(gone: list[Person], wanted: bool | None) -> bool:
    """Whether the duties of those who are gone from the file end: as told, else as answered, else not."""
    from handlers.texts.wording import Texts

    names = "、".join(person.name for person in gone)
    if wanted is None and sys.stdin.isatty():
        wanted = typer.confirm(Texts.load()("cli.roster_gone.ask", names=names), default=False)
    say("cli.roster_gone.ended" if wanted else "cli.roster_gone.kept", names=names)
    return bool(wanted)


@roster.command("template")
def template(
    to: Annotated[Path, typer.Argument(help="写到哪个 xlsx")] = Path("roster.xlsx"),
) -> int:
    """写一个空的花名册表格:每部分一页,表头是中文,每格都是文本,「说明」里有例子。"""
    from data.roster.sheets import write_template

    to = xlsx_named(to)
    if to.exists():
        raise InputError(str(to), "-", "cli.exists")
    write_template(to)
    say("cli.template", to=to)
    return DONE
