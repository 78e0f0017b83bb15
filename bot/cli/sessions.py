"""`shaozi sessions`: which browsers are signed in, and ending them."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.app import DONE, FAILED, ConfigOption, app, config_from, say, store_at
from data.domain.errors import InputError

sessions = typer.Typer(help="网页登录:谁在哪些设备上登录着,让谁退出", no_args_is_help=True)
app.add_typer(sessions, name="sessions")


@sessions.command("list")
def list_sessions(
    person: Annotated[str | None, typer.Option("--person", help="只看叫这个名字的人")] = None,
    config: ConfigOption = None,
) -> int:
    """列出登录着的设备。"""
    from data.domain.clock import SystemClock
    from handlers.texts.wording import Texts

    settings = config_from(config)
    with store_at(settings.database.url) as store, store.read() as uow:
        found = uow.sessions.all_standing(SystemClock().now())
    texts, zone = Texts.load(settings.bot.wordings), settings.bot.zone
    for one in found:
        if person in (None, one.name):
            say(
                "cli.sessions.row",
                id=one.id,
                name=one.name,
                account=one.account,
                device=texts(f"devices.{one.device}"),
                began=f"{one.began_at.astimezone(zone):%Y-%m-%d %H:%M}",
                seen=f"{one.seen_at.astimezone(zone):%Y-%m-%d %H:%M}",
            )
    return DONE


@sessions.command("end")
def end(
    ids: Annotated[list[int] | None, typer.Argument(help="编号,见 shaozi sessions list")] = None,
    *,
    person: Annotated[str | None, typer.Option("--person", help="叫这个名字的人的所有设备")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="所有人的所有设备")] = False,
    config: ConfigOption = None,
) -> int:
    """让设备退出登录;开着的页面一分钟内断开。"""
    from data.domain.clock import SystemClock

    if sum((bool(ids), person is not None, everybody)) != 1:
        raise InputError("sessions end", "-", "cli.sessions.which")
    now = SystemClock().now()
    with store_at(config_from(config).database.url) as store, store.write() as uow:
        wanted = [
            one.id
            for one in uow.sessions.all_standing(now)
            if everybody or one.name == person or one.id in (ids or ())
        ]
        count = uow.sessions.end(wanted, now)
        uow.commit()
    say("cli.sessions.ended", count=count)
    return DONE if count else FAILED
