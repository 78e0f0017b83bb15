"""What residents and staff do on WeChat, through Wechaty's own gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gateway.conftest import GRID

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.gateway.conftest import Bot
    from tests.gateway.world import World

    Running = Callable[..., AbstractAsyncContextManager[Bot]]

pytestmark = [pytest.mark.gateway, pytest.mark.timeout(90)]
APPEAL = "3栋2单元电梯坏了没人修"


async def test_an_appeal_and_its_way(world: World, running: Running) -> None:
    await world.start("--ids")
    async with running(world) as bot:
        await bot.online()
        await world.say(GRID, "wang", APPEAL, name="王姐")
        seen = await world.said(2)
        ack = next(one for one in seen if one.chat == GRID)
        assert ack.text.startswith("@王姐\u2005记为 #1【电梯")
        assert ack.mentions == ("wang",)
        assert next(one for one in seen if one.chat == "wx_limin").text.startswith("新诉求 #1")
        await world.say(GRID, "wx_limin", "@哨子 受理 1", name="李敏", mentions=["bot"])
        assert "#1 已受理" in (await world.said(3))[2].text
        await world.say(
            GRID, "wx_limin", f"「哨子:{ack.text}」\n- - - - - - - - - - - - - - -\n好了", name="李敏"
        )
        assert "#1 已办结" in (await world.said(4))[3].text
        await world.say(None, "wang", "进度 1", name="王姐")
        progress = (await world.said(5))[4]
        assert progress.chat == "wang"
        assert "已办结" in progress.text
