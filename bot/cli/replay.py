"""`shaozi replay`: a chat history through the bot; nothing is sent anywhere."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Annotated, TextIO

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from
from data.domain.errors import InputError


@app.command("replay")
def replay(
    transcript: Annotated[Path, typer.Argument(help="聊天记录,每行一个 JSON")],
    *,
    roster: Annotated[Path, typer.Option("--roster", help="花名册(YAML 或 xlsx)")],
    until: Annotated[str | None, typer.Option("--until", help="放到这个时刻(含)为止")] = None,
    config: ConfigOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="写到文件,不写到标准输出")] = None,
    db: Annotated[str | None, typer.Option("--db", help="接着这个库放,不另开新的")] = None,
    report: Annotated[bool, typer.Option("--report", help="最后在标准错误上列一张表")] = False,
) -> int:
    """用聊天记录演一遍:时钟跟着记录走,什么也不真发。"""
    from bot.observability import logs_to_stderr
    from bot.replay import Replay
    from bot.replay_summary import print_report
    from bot.transcript import TIME, read
    from data.roster import read as read_roster
    from data.store import Store

    logs_to_stderr()
    settings = config_from(config)
    messages, entries = read(transcript), read_roster(roster)
    try:
        end = datetime.fromisoformat(until) if until else None
    except ValueError:
        raise InputError("--until", "-", "input.transcript_field", field=until, expected=TIME) from None
    if end is not None and end.tzinfo is None:
        end = end.replace(tzinfo=settings.bot.zone)
    with ExitStack() as stack:
        url = db or f"sqlite:///{stack.enter_context(tempfile.TemporaryDirectory())}/replay.db"
        store = Store(url)
        stack.callback(store.close)
        store.upgrade()
        stream: TextIO = stack.enter_context(out.open("w", encoding="utf-8")) if out else sys.stdout
        play = Replay(settings, store, messages, stream)
        stack.callback(play.parts.close)
        play.import_roster(entries, roster.name)
        asyncio.run(play.run(end))
        if report:
            print_report(store, play.parts.house, play.parts.clock.now())
    return DONE
