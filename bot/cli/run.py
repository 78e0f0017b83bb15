"""`shaozi run` and `shaozi demo`: the bot, until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, failed, say
from bot.quick_start import quick_start

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable

    from bot.app import App

DEMO = Path("demo")
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 25.0  # seconds: service managers kill after 30 or 90
MOST_WAITS = 10


@app.command("run")
def run(
    config: ConfigOption = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="几个进程一起跑(PostgreSQL)")] = 1,
    listener: Annotated[int | None, typer.Option("--listener", hidden=True)] = None,
    lifeline: Annotated[int | None, typer.Option("--lifeline", hidden=True)] = None,
) -> int:
    """按 config.yaml 运行,直到 Ctrl+C。"""
    with quick_start() as settled:
        return _run(config, workers, listener, lifeline, settled)


def _run(
    config: Path | None,
    workers: int,
    listener: int | None,
    lifeline: int | None,
    settled: Callable[[], None],
) -> int:
    from bot.app import App
    from bot.bootstrap import build, channels_of, server_of
    from bot.channels.album import Album
    from bot.charts import Drawer
    from bot.observability import set_up_logs
    from bot.web.server import PortTakenError, inherited, reserve
    from data.domain.clock import SystemClock
    from data.domain.errors import InputError
    from data.engine import parse, sqlite_path
    from data.lock import locked
    from data.store import Store

    settings = config_from(config)
    set_up_logs(settings.log)
    url = settings.database.url
    if workers > 1 and sqlite_path(parse(url)) is not None:
        raise InputError("--workers", "-", "cli.run.one_worker")
    try:
        reserved = inherited(listener) or reserve(settings.web.host, settings.web.port)
    except PortTakenError as taken:
        return failed("cli.run.port_taken", host=taken.host, port=taken.port)
    with reserved, locked(url), closing(Store(url)) as store:
        store.upgrade()
        if workers > 1:
            store.close()
            return _several(config, workers, reserved)
        clock = SystemClock()
        channels = channels_of(settings, store, clock, os.environ)
        charts = Drawer(Album(settings.storage.folder))
        parts = build(settings, channels, clock=clock, store=store, charts=charts, among_others=True)
        bot = App(parts, server_of(parts, reserved, os.environ))
        refused = asyncio.run(_until_stopped(bot, ready=settled, lifeline=lifeline))
    return failed(f"cli.run.refused.{refused}") if refused else DONE


@app.command("demo")
def demo(
    host: Annotated[str, typer.Option("--host", help="只能是本机:在演示里谁都可以替谁说话")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="端口")] = 8311,
) -> int:
    """一个现成的小区:每次从头开始,数据放在 ./demo/,只在本机能打开。"""
    from bot.demo import Tale, clear, config_for, set_stage
    from bot.observability import set_up_logs
    from bot.transcript import read
    from bot.web.server import PortTakenError, reserve
    from data.lock import locked
    from data.roster import read as read_roster
    from data.store import Store

    settings = config_for(DEMO, host=host, port=port)
    set_up_logs(settings.log)
    try:
        reserved = reserve(host, port, only_here=True)
    except PortTakenError as taken:
        return failed("cli.run.port_taken", host=taken.host, port=taken.port)
    url = settings.database.url
    with reserved, locked(url), as_file(files("data") / "samples") as samples:
        messages, entries = read(samples / "two-days.jsonl"), read_roster(samples / "roster.yaml")
        clear(DEMO)
        with closing(Store(url)) as store:
            store.upgrade()
            stage = set_stage(settings, store, reserved, Tale(messages, samples), os.environ)
            stage.story.import_roster(entries, "roster.yaml")
            address = f"[{host}]" if ":" in host else host

            def ready() -> None:
                say("cli.run.demo", where=f"http://{address}:{port}/")

            asyncio.run(_until_stopped(stage.app, stage.tell, ready))
    return DONE


def _several(config: Path | None, workers: int, reserved: socket.socket) -> int:
    """Be the parent of several workers that listen together."""
    from random import Random

    from bot.workers.parent import Parent

    options = ["--config", str(config)] if config is not None else []
    parent = Parent(options, workers, reserved, Random())  # noqa: S311  for jitter, not for secrets
    return asyncio.run(parent.run(STOPPING))


async def _until_stopped(
    bot: App,
    first: Callable[[], Awaitable[None]] | None = None,
    ready: Callable[[], None] = lambda: None,
    lifeline: int | None = None,
) -> str | None:
    """Run a bot, after what comes `first`, until Ctrl+C, TERM or HUP; return why if it gave up.

    A worker also ends with its parent, at whose end of the `lifeline` nobody is then.
    """
    stop, hurry = asyncio.Event(), asyncio.Event()

    def told() -> None:
        (hurry if stop.is_set() else stop).set()

    def orphaned(end: int) -> None:
        loop.remove_reader(end)
        told()

    loop = asyncio.get_running_loop()
    for number in STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:  # under nohup nobody hangs up on it
            loop.add_signal_handler(number, told)
    if lifeline is not None:
        loop.add_reader(lifeline, orphaned, lifeline)
    try:
        if first is not None:
            await first()
        await bot.start()
        ready()
        stopped, refused = asyncio.create_task(stop.wait()), asyncio.create_task(bot.refused())
        await asyncio.wait((stopped, refused), return_when=asyncio.FIRST_COMPLETED)
        return refused.result() if refused.done() else None
    finally:
        stop.set()
        await _end(bot, hurry)


async def _end(bot: App, hurry: asyncio.Event) -> None:
    """Stop a bot in peace; told a second time, or after `PATIENCE`, without waiting for anybody."""
    ending, impatient = asyncio.create_task(bot.stop()), asyncio.create_task(hurry.wait())
    await asyncio.wait((ending, impatient), timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    impatient.cancel()
    for _ in range(MOST_WAITS):
        if ending.done():
            break
        ending.cancel()  # ends one wait; the store is closed at the end all the same
        await asyncio.wait((ending,), timeout=1)
    if not ending.cancelled():
        ending.result()
