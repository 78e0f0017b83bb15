"""The bot as a plugin of a python-wechaty bot, where the extra `wechaty` is installed."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.bootstrap import policy_of
from bot.config import Config
from data.domain.clock import SystemClock
from data.holidays import ChineseHolidays
from data.roster.load import import_roster
from data.store import Store
from tests.gateway.conftest import GRID, ROSTER
from tests.gateway.world import TOKEN
from tests.town import entries

if TYPE_CHECKING:
    from tests.gateway.world import World

pytestmark = [pytest.mark.gateway, pytest.mark.timeout(90)]
ROOT = Path(__file__).parents[2]
# a process of its own: python-wechaty changes logs and event loops at import
HOST = """
import asyncio, sys
from bot.wechaty_plugin import ShaoziPlugin
from bot.channels.wechaty.imports import PuppetOptions, Wechaty, WechatyOptions
options = PuppetOptions(token=sys.argv[1], end_point=sys.argv[2])
bot = Wechaty(WechatyOptions(puppet_options=options, port=int(sys.argv[3])))
bot.use(ShaoziPlugin("config.yaml"))
asyncio.run(bot.start())
"""


async def test_the_plugin_hears_and_answers(world: World, store_url: str, tmp_path: Path) -> None:
    pytest.importorskip("wechaty_puppet", reason="the extra `wechaty` is not installed")
    await world.start("--ids")
    store = Store(store_url)
    with store.write() as uow:
        work = policy_of(Config(), ChineseHolidays()).work
        import_roster(uow, entries(ROSTER), "roster.yaml", work=work, now=SystemClock().now())
        uow.commit()
    store.close()
    (tmp_path / "config.yaml").write_text(
        f"bot: {{quiet_hours: 'off', hold_seconds: 0}}\ndatabase: {{url: '{store_url}'}}\n"
        "channels: {web: {enabled: false}, wechaty: {pause: '0-0.01'}}\n",
        encoding="utf-8",
    )
    endpoint, web = f"127.0.0.1:{world.port}", str(world.port + 1)
    host = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOST, TOKEN, endpoint, web),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        async with asyncio.timeout(30):
            while (
                not world.seen
            ):  # nobody says when a plugin has begun to listen, and its host logs out first
                await world.act("login")
                await world.say(GRID, "wang", "3栋2单元电梯坏了没人修", name="王姐")
                await asyncio.sleep(1)
        await asyncio.sleep(1)
        assert any("@王姐" in one.text and "#1" in one.text for one in world.seen)
        before = len(world.seen)
        await world.say(GRID, "wx_limin", "@哨子 受理 1", name="李敏")
        assert "#1 已受理" in (await world.said(before + 1))[-1].text
    finally:
        host.kill()
        await host.wait()
