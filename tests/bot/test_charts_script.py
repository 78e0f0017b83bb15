"""The script that draws charts: made once, while everything else goes on."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bot.charts import ChartScript


async def test_the_bot_goes_on_while_the_script_is_made() -> None:
    times = 0

    async def heart() -> None:
        nonlocal times
        while True:
            await asyncio.sleep(0.01)
            times += 1

    script, beating = ChartScript(), asyncio.create_task(heart())
    first, second = await asyncio.gather(script.text(), script.text())
    beating.cancel()
    with suppress(asyncio.CancelledError):
        await beating
    assert first is second
    assert b"vegaEmbed" in first
    assert times > 10  # made here it would be one beat
