"""`shaozi db`: the store's schema, its health, its backups."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, FAILED, ConfigOption, app, config_from, say, store_at
from data.domain.errors import InputError

if TYPE_CHECKING:
    from bot.config import Config

database = typer.Typer(help="数据库:升级、检查、备份、恢复", no_args_is_help=True)
app.add_typer(database, name="db")


@database.command("upgrade")
def upgrade(config: ConfigOption = None) -> int:
    """把数据库升到程序需要的版本(空的就建起来)。"""
    from data.lock import locked
    from data.store import Store

    url = config_from(config).database.url
    with locked(url), closing(Store(url)) as store:  # never under a bot that runs
        before, after = store.upgrade()
    say("cli.db.same" if before == after else "cli.db.upgraded", before=before or "-", after=after)
    return DONE


@database.command("check")
def check(config: ConfigOption = None) -> int:
    """检查数据库:版本、完整性、断开的引用、各处的数对不对得上。"""
    from data.checks import problems

    with store_at(config_from(config).database.url) as store:
        found = problems(store)
    for problem in found:
        sys.stderr.write(f"{problem}\n")
    if not found:
        say("cli.db.sound")
    return FAILED if found else DONE


@database.command("copy")
def copy(
    to: Annotated[str, typer.Option("--to", help="搬到哪里:postgresql://用户@主机/库,或 sqlite:///新文件")],
    config: ConfigOption = None,
) -> int:
    """把整个库搬进一个空的库(SQLite 搬到 PostgreSQL,或反过来),每张表都核对;先停哨子。"""
    from data.copying import copy as move
    from data.lock import locked
    from data.store import Store

    url = config_from(config).database.url
    with locked(url), locked(to), closing(Store(url)) as source, closing(Store(to)) as target:
        rows = 0
        for table in move(source, target):
            rows += table.rows
            if table.rows:
                say(
                    "cli.db.copied_table",
                    table=table.table,
                    rows=f"{table.rows:,}",
                    total=f"{table.total:016x}",
                )
    say("cli.db.copied", rows=f"{rows:,}")
    return DONE


@database.command("backup")
def backup(
    to: Annotated[Path | None, typer.Argument(help="备份文件(默认:库名-时间.db)")] = None,
    *,
    keep_days: Annotated[
        int | None, typer.Option("--keep-days", min=1, help="备份好以后,删掉库旁边比这更旧的备份")
    ] = None,
    config: ConfigOption = None,
) -> int:
    """边用边备份(SQLite 的在线备份)。"""
    from data.backups import STAMP, outdated
    from data.domain.clock import SystemClock
    from data.store import Store

    settings = config_from(config)
    now = SystemClock().now().astimezone(settings.bot.zone)
    with closing(Store(settings.database.url)) as store:
        base = store.engines.path or Path("shaozi.db")
        to = to or base.with_name(f"{base.stem}-{now:{STAMP}}.db")
        store.backup(to)
    say("cli.db.backed_up", to=to, size=to.stat().st_size // 1024)
    if keep_days is not None:
        old = list(outdated(base, now - timedelta(days=keep_days)))
        for path in old:
            path.unlink()
        say("cli.db.old_backups", count=len(old), days=keep_days)
    return DONE


@database.command("shrink")
def shrink(config: ConfigOption = None) -> int:
    """把删掉的东西占过的地方还给磁盘(VACUUM);先停哨子,磁盘上要有再放一份库的地方。"""
    from data.lock import locked

    url = config_from(config).database.url
    with locked(url), store_at(url) as store:
        before, after = store.shrink()
    say("cli.db.shrunk", before=before // 1024, after=after // 1024)
    return DONE


@database.command("restore")
def restore(
    backup_file: Annotated[Path, typer.Argument(help="备份文件")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="覆盖现有的库")] = False,
    config: ConfigOption = None,
) -> int:
    """用备份换下现有的库;先停哨子。没有 --yes 不覆盖。"""
    from data.backups import restore as put_back
    from data.engine import parse, sqlite_path

    settings = config_from(config)
    path = sqlite_path(parse(settings.database.url))
    if path is None:
        raise InputError("database.url", "-", "store.not_sqlite")
    put_back(backup_file, path, overwrite=yes)
    say("cli.db.restored", path=path)
    return _delete_again(settings)


@database.command("delete-again")
def delete_again(config: ConfigOption = None) -> int:
    """恢复备份以后(PostgreSQL 用 pg_restore),把备份之后居民删掉的再删一遍;开哨子之前做。"""
    return _delete_again(config_from(config))


def _delete_again(settings: Config) -> int:
    """Delete again what was deleted after the last thing that a store knows."""
    from bot.channels.album import Album
    from bot.housekeeping import clear_away
    from data.deletions import DeletionLog
    from data.domain.clock import SystemClock
    from data.lock import locked
    from data.store import Store
    from handlers.people import my_data
    from handlers.texts.wording import Texts

    url, folder = settings.database.url, settings.storage.folder
    log = DeletionLog(folder)
    if log.empty:
        return DONE
    with locked(url), closing(Store(url)) as store:
        store.upgrade()
        with store.write() as uow:
            newest = uow.personal.newest()
            hashes = log.since(newest) if newest else set()
            texts = Texts.load(settings.bot.wordings)
            count = my_data.delete_again(uow, texts, hashes, SystemClock().now()) if hashes else 0
            uow.commit()
        clear_away(store, Album(folder), at_once=True)
    say("cli.db.deleted_again", count=count)
    return DONE
