"""Setting it up: the doctor asks the gateway, TLS is on by default, a missing token is one line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.channels.wechaty.wiring import address_of
from bot.config import Config
from bot.doctor import examine
from data.domain.errors import InputError
from tests.gateway.conftest import GRID
from tests.gateway.world import TOKEN, free_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.gateway.conftest import Bot
    from tests.gateway.world import World

pytestmark = pytest.mark.timeout(90)


def config_of(folder: Path, port: int, **wechaty: Any) -> Config:
    settings = {"enabled": True, "endpoint": f"127.0.0.1:{port}", **wechaty}
    tree = {"channels": {"wechaty": settings}, "storage": {"folder": folder}, "web": {"port": free_port()}}
    return Config.model_validate(tree | {"database": {"url": f"sqlite:///{folder}/none.db"}})


async def found(config: Config, token: str = TOKEN) -> set[str]:
    """Return the keys of what the doctor finds."""
    environment = {"SHAOZI_WECHATY_TOKEN": token}
    return await asyncio.to_thread(lambda: {one.key for one in examine(config, environment)})


@pytest.mark.gateway
async def test_the_doctor_asks_the_gateway_over_tls(world: World, tmp_path: Path) -> None:
    await world.start("--tls")
    assert {"gateway", "wechaty_unknown"} <= await found(config_of(tmp_path, world.port))
    assert "gateway_refuses" in await found(config_of(tmp_path, world.port), token="wrong")
    assert "gateway_absent" in await found(config_of(tmp_path, world.port, tls=False))


async def test_the_doctor_finds_no_gateway(tmp_path: Path) -> None:
    assert "gateway_absent" in await found(config_of(tmp_path, free_port()))


@pytest.mark.gateway
async def test_talk_over_tls(world: World, running: Callable[..., AbstractAsyncContextManager[Bot]]) -> None:
    await world.start("--tls", "--ids")
    async with running(world, tls=True) as bot:
        await bot.online()
        await world.say(GRID, "wang", "@哨子 帮助")
        assert "有事直接说" in (await world.said(1))[0].text


def test_a_token_is_asked_for(tmp_path: Path) -> None:
    config = config_of(tmp_path, 1)
    with pytest.raises(InputError) as missing:
        address_of(config, {})
    assert missing.value.key == "wechat.no_token"
    assert address_of(config, {"SHAOZI_WECHATY_TOKEN": "x"})[:4] == ("127.0.0.1", 1, "x", True)
