"""`shaozi retention`: what is too old loses its words, names and pictures."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.app import DONE, ConfigOption, app, config_from, say, store_at


@app.command("retention")
def retention(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只数一数,什么也不动")] = False,
    config: ConfigOption = None,
) -> int:
    """按 retention 里的年限,抹掉太旧的原话、姓名和图片,删掉早就说过的消息、做过的提醒(每天夜里也自动做)。"""
    from bot.channels.album import Album
    from bot.housekeeping import clear_away
    from data.domain.clock import SystemClock
    from data.domain.retention import EMPTY, Sweep

    settings = config_from(config)
    limits, now = settings.retention.limits, SystemClock().now()
    with store_at(settings.database.url) as store:
        if dry_run:
            with store.read() as uow:
                total = uow.retained.due(limits, now)
        else:
            come = Sweep()
            while not come.is_through:
                with store.write() as uow:
                    come = uow.retained.sweep(limits, now, come)
                    uow.commit()
            total = {**EMPTY, **come.done}
            clear_away(store, Album(settings.storage.folder), at_once=True)
    say("cli.retention.would" if dry_run else "cli.retention.done", **total)
    return DONE
