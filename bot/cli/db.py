"""`shaozi db`: the store's schema, its health, its backups."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import DONE, FAILED, ConfigOption, app, config_from, say
from data.domain.errors import InputError

database = typer.Typer(help="数据库:升级、检查、备份、恢复", no_args_is_help=True)
app.add_typer(database, name="db")


@database.command("upgrade")
def upgrade(config: ConfigOption = None) -> int:
    """把数据库升到程序需要的版本(空的就建起来)。"""
    from data.store import Store

    store = Store(config_from(config).database.url)
    try:
        before, after = store.upgrade()
    finally:
        store.close()
    say("cli.db.same" if before == after else "cli.db.upgraded", before=before or "-", after=after)
    return DONE


@database.command("check")
def check(config: ConfigOption = None) -> int:
    """检查数据库:版本、完整性、断开的引用。"""
    from data.schema import problems, require_current
    from data.store import Store

    store = Store(config_from(config).database.url)
    try:
        if store.engines.path is not None and not store.engines.path.exists():
            raise InputError(str(store.engines.path), "-", "store.empty")
        require_current(store.engines)
        found = problems(store.engines)
    finally:
        store.close()
    for problem in found:
        sys.stderr.write(f"{problem}\n")
    if not found:
        say("cli.db.sound")
    return FAILED if found else DONE


@database.command("backup")
def backup(
    to: Annotated[Path | None, typer.Argument(help="备份文件(默认:库名-时间.db)")] = None,
    config: ConfigOption = None,
) -> int:
    """边用边备份(SQLite 的在线备份)。"""
    from data.domain.clock import SystemClock
    from data.store import Store

    settings = config_from(config)
    store = Store(settings.database.url)
    try:
        if to is None:
            now = SystemClock().now().astimezone(settings.bot.zone)
            base = store.engines.path or Path("shaozi.db")
            to = base.with_name(f"{base.stem}-{now:%Y%m%d-%H%M%S}.db")
        store.backup(to)
    finally:
        store.close()
    say("cli.db.backed_up", to=to, size=to.stat().st_size // 1024)
    return DONE


@database.command("restore")
def restore(
    backup_file: Annotated[Path, typer.Argument(help="备份文件")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="覆盖现有的库")] = False,
    config: ConfigOption = None,
) -> int:
    """用备份换下现有的库;先停哨子。没有 --yes 不覆盖。"""
    from data.engine import parse, sqlite_path
    from data.store import restore as put_back

    path = sqlite_path(parse(config_from(config).database.url))
    if path is None:
        raise InputError("database.url", "-", "store.not_sqlite")
    put_back(backup_file, path, overwrite=yes)
    say("cli.db.restored", path=path)
    return DONE
