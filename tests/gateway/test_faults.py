"""What goes wrong between the bot and WeChat, and is survived."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog

from bot.channels.base import ChannelState
from data.store import Store
from tests.gateway.conftest import GRID
from tests.gateway.fill import fill
from tests.gateway.world import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.gateway.conftest import Bot
    from tests.gateway.world import World

    Running = Callable[..., AbstractAsyncContextManager[Bot]]

pytestmark = [pytest.mark.gateway, pytest.mark.timeout(120)]
ROOT = Path(__file__).parents[2]
LOAD = Path(__file__).with_name("sending.py")
SOON = (1.0, 0.5)  # seconds between two pings, and for the answer


async def heard(world: World, bot: Bot, text: str) -> None:
    """Let something be said, and wait until it is taken in."""
    before = len(bot.inbox())
    await world.say(GRID, "wang", text)
    await bot.until(lambda: len(bot.inbox()) == before + 1)


async def away(bot: Bot, within: float = 20) -> None:
    await bot.until(lambda: not bot.channel.health.ready, within)


@pytest.mark.parametrize(
    ("how", "gone"),
    [
        (signal.SIGKILL, 1),
        (signal.SIGTERM, 0),
        pytest.param(signal.SIGKILL, 90, marks=[pytest.mark.soak, pytest.mark.timeout(240)]),
    ],
)
async def test_a_gateway_that_ends_and_comes_back(
    world: World, running: Running, how: signal.Signals, gone: int
) -> None:
    await world.start("--ids")
    async with running(world) as bot:
        await bot.online()
        await heard(world, bot, "早上好")
        world.signal(how)
        await world.ends()
        await away(bot)
        bot.says(GRID, "等网关回来")
        await asyncio.sleep(gone)
        await world.start("--ids")
        await bot.online(within=45)
        await heard(world, bot, "又见面了")
        assert [one.text for one in await world.said(1)] == ["等网关回来"]
        assert bot.states()["dead"] == 0
        assert bot.channel.health.counts["connections"] == 2


@pytest.mark.parametrize(
    ("keepalive", "frozen"),
    [
        (SOON, 4),
        pytest.param((20.0, 10.0), 60, marks=[pytest.mark.soak, pytest.mark.timeout(240)]),
    ],
)
async def test_a_gateway_that_freezes_is_noticed(
    world: World, running: Running, keepalive: tuple[float, float], frozen: int
) -> None:
    await world.start("--ids")
    async with running(world, keepalive=keepalive) as bot:
        await bot.online()
        loop = asyncio.get_running_loop()
        world.signal(signal.SIGSTOP)
        began = loop.time()
        await away(bot, within=60)
        assert loop.time() - began < min(frozen, 45)
        await asyncio.sleep(max(0.0, frozen - (loop.time() - began)))
        world.signal(signal.SIGCONT)
        await bot.online(within=45)
        await heard(world, bot, "又动了")


async def test_a_gateway_that_is_absent_at_first(world: World, running: Running) -> None:
    async with running(world) as bot:
        await asyncio.sleep(0.7)
        assert bot.channel.health.state is ChannelState.CONNECTING
        await world.start()
        await bot.online()
        await heard(world, bot, "你好")


async def test_a_wrong_token_ends_the_channel_and_nothing_else(world: World, running: Running) -> None:
    await world.start()
    with structlog.testing.capture_logs() as logs:
        async with running(world, token="wrong") as bot:
            assert await bot.channel.health.refused() == "token"
            await bot.until(lambda: bot.web.said)
            assert "令牌" in bot.web.said[0].text
            await asyncio.sleep(1)
            assert bot.channel.health.counts["connections"] == 0
    (refusal,) = [one for one in logs if "refuses the token" in one["event"]]
    assert refusal["log_level"] == "error"


async def test_a_bot_with_nothing_but_a_wrong_token_ends(world: World, tmp_path: Path) -> None:
    await world.start()
    (tmp_path / "config.yaml").write_text(
        f"web: {{port: {world.port + 1}}}\nchannels: {{web: {{enabled: false}}, wechaty: "
        f"{{enabled: true, endpoint: '127.0.0.1:{world.port}', tls: false}}}}\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SHAOZI_WECHATY_TOKEN": "wrong"}
    command = [sys.executable, "-m", "bot", "run"]
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "SHAOZI_WECHATY_TOKEN" in done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr


async def test_error_events_and_a_logout(world: World, running: Running) -> None:
    await world.start("--ids")
    async with running(world) as bot:
        await bot.online()
        for _ in range(3):
            await world.act("error", data="boom")
        await heard(world, bot, "还在吗")
        assert bot.channel.health.counts["errors"] == 3
        await world.act("logout", why="在别处登录")
        await away(bot)
        assert bot.state() == ChannelState.LOGGED_OUT
        await bot.until(lambda: bot.web.said)
        assert "掉线" in bot.web.said[0].text
        bot.says(GRID, "等登录")
        await world.act("scan", code="https://login.weixin.qq.com/l/x")
        await bot.until(lambda: bot.channel.health.code is not None)
        assert bot.state() == ChannelState.SCAN
        assert world.seen == []
        await world.act("login")
        assert [one.text for one in await world.said(1)] == ["等登录"]
        assert bot.channel.health.counts["connections"] == 1  # no relogin, no reconnection
        assert len(bot.web.said) == 1


async def test_a_burst_is_taken_in_in_order_and_once(world: World, running: Running) -> None:
    await world.start()
    rooms, count = 20, 1_000
    async with running(world) as bot:
        bot.found(f"room{n}@chatroom" for n in range(rooms))
        await bot.online()
        await world.act("burst", rooms=rooms, count=count)
        await bot.until(lambda: len(bot.inbox()) == count, within=60)
        rows = bot.inbox()
        assert Counter(row.route for row in rows) == {"left_alone": count}
        numbers: dict[int, list[int]] = {}
        for row in rows:
            numbers.setdefault(row.room_id, []).append(int(row.message_id.rpartition("-")[2]))
        assert len(numbers) == rooms
        assert all(said == sorted(set(said)) for said in numbers.values())
        assert sorted(n for said in numbers.values() for n in said) == sorted(set().union(*numbers.values()))


async def test_what_was_in_doubt_is_not_said_twice(world: World, running: Running) -> None:
    await world.start()
    async with running(world) as bot:
        await bot.online()
        await world.act("doubt", count=1)
        bot.says(GRID, "只说一遍")
        await bot.until(lambda: bot.states()["sent"] == 1)
        assert [one.text for one in world.seen] == ["只说一遍"]
        assert bot.sent_ids() == [world.seen[0].id]
        await world.act("fail", count=1)
        bot.says(GRID, "再试一次")
        await bot.until(lambda: bot.states()["sent"] == 2)
        assert [one.text for one in world.seen] == ["只说一遍", "再试一次"]


async def test_long_texts_and_files(world: World, running: Running) -> None:
    await world.start("--ids")
    async with running(world) as bot:
        await bot.online()
        folder = bot.parts.config.storage.folder
        (folder / "chart.png").write_bytes(b"\x89PNG" + bytes(40_000))
        (folder / "list.xlsx").write_bytes(b"PK" + bytes(100))
        bot.says(GRID, "\n".join(["很长的一行字"] * 400))
        await world.said(2)
        bot.says(GRID, "统计图", media="chart.png")
        await world.said(4)
        bot.says("wang", "", media="list.xlsx", kind="file")
        bot.says(GRID, "", media="../../etc/passwd", kind="file")
        seen = await world.said(5)
        assert [len(one.text) <= 1500 for one in seen] == [True] * 5
        assert all(line == "很长的一行字" for one in seen[:2] for line in one.text.split("\n"))
        assert [one.file for one in seen] == [None, None, None, "chart.png", "list.xlsx"]
        assert len(seen[3].base64) > 50_000
        await bot.until(lambda: bot.states()["dead"] == 1)


async def test_a_bot_killed_with_fifty_messages_waiting(world: World, store_url: str, tmp_path: Path) -> None:
    await world.start("--ids")
    store = Store(store_url)
    fill(store, "wechaty", ((f"room{n % 20}@chatroom", f"第{n}条") for n in range(50)))
    store.close()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(LOAD), store_url, str(world.port), TOKEN, str(tmp_path)]
    process = await asyncio.create_subprocess_exec(*command, "0", env=environment)
    await world.said(7, within=30)
    process.kill()
    await process.wait()
    assert len(world.seen) < 50
    again = await asyncio.create_subprocess_exec(*command, "3", env=environment)
    texts = Counter[str]()
    while len(texts) < 50:
        texts = Counter(one.text for one in await world.said(len(world.seen) + 1, within=30))
    await asyncio.sleep(0.5)
    again.kill()
    await again.wait()
    texts = Counter(one.text for one in world.seen)
    assert set(texts) == {f"第{n}条" for n in range(50)}
    assert sum(texts.values()) <= 51
