"""`shaozi answers import|export`: the table of answers as a spreadsheet."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, say, store_at, xlsx_named
from data.domain.errors import InputError, UserError

if TYPE_CHECKING:
    from data.domain.areas import Area
    from data.uow import UnitOfWork

answers = typer.Typer(help="问答表:导入、导出", no_args_is_help=True)
app.add_typer(answers, name="answers")

HEAD = ("词", "回答", "电话", "时间")
CommunityOption = Annotated[str | None, typer.Option("--community", help="哪个社区(只有一个时不用写)")]


@answers.command("import")
def import_answers(
    file: Annotated[Path, typer.Argument(help="xlsx,表头:词、回答、电话、时间")],
    community: CommunityOption = None,
    config: ConfigOption = None,
) -> int:
    """从表格导入;词一样的换成新的,别的不动。词里有错的整张不导。"""
    from bot.sheets import read_sheet
    from handlers.answers.keeping import check_words

    with store_at(config_from(config).database.url) as store, store.write() as uow:
        area = _community(uow, community)
        known = {frozenset(one.words): one for one in uow.answers.all_of(area.id)}
        count = 0
        for where, row in read_sheet(file):
            try:
                words = check_words(re.split(r"[,，、;；]+", row.get("词", "")))
            except UserError as error:
                raise InputError(file.name, where, f"input.{error.key}", **error.values) from None
            if not row.get("回答"):
                raise InputError(file.name, where, "input.answers.no_answer")
            old = known.get(frozenset(words))
            new = (row["回答"], row.get("电话", ""), row.get("时间", ""))
            if old is not None and (old.answer, old.phone, old.hours) == new:
                continue
            if old is not None:
                uow.answers.remove(old.id)
            uow.answers.keep(area.id, words, new[0], phone=new[1], hours=new[2])
            count += 1
        uow.commit()
    say("cli.answers_imported", count=count)
    return DONE


@answers.command("export")
def export_answers(
    to: Annotated[Path, typer.Argument(help="写到哪个 xlsx")] = Path("answers.xlsx"),
    community: CommunityOption = None,
    config: ConfigOption = None,
) -> int:
    """把问答表导成表格,改好可以再导回来。"""
    from bot.sheets import write_sheet

    to = xlsx_named(to)
    with store_at(config_from(config).database.url) as store:
        with store.read() as uow:
            table = uow.answers.all_of(_community(uow, community).id)
        rows = [(",".join(one.words), one.answer, one.phone, one.hours) for one in table]
        count = write_sheet(to, "问答", HEAD, rows)
    say("cli.answers_exported", count=count, to=to)
    return DONE


def _community(uow: UnitOfWork, name: str | None) -> Area:
    """Return the community that is named, or the only one there is."""
    known = uow.areas.communities()
    found = [area for area in known if name is None or name in (area.name, area.short)]
    if len(found) != 1:
        raise InputError(
            "--community", name or "-", "input.community", names="、".join(a.name for a in known)
        )
    return found[0]
