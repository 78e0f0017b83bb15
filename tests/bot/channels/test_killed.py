"""The whole bot as a process, killed in the middle of its speech: what it had to say is said, once."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientError

from data.store import Store
from tests.bot.channels.counterparts.onebot.gateway import TOKEN, Gateway
from tests.bot.channels.counterparts.wecom.office import OTHERS, Office
from tests.bot.channels.counterparts.wecom.seals import AES_KEY, AGENT, CORP, SECRET
from tests.gateway.fill import fill
from tests.gateway.world import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.timeout(300)


@asynccontextmanager
async def running(folder: Path, **secrets: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot as the config in a folder says, and kill it in the end."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **secrets}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env=environment,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def until(holds: Callable[[], object], within: float = 120) -> None:
    async with asyncio.timeout(within):
        while not holds():  # noqa: ASYNC110  another process has no event to wait for
            await asyncio.sleep(0.02)


async def connected(gateway: Gateway, url: str) -> None:
    """Connect as a gateway does: again and again until somebody is there."""
    async with asyncio.timeout(120):
        while True:
            try:
                await gateway.connect(url)
            except (ClientError, OSError):
                await asyncio.sleep(0.1)
            else:
                return


def settle(
    folder: Path, port: int, channels: str, channel: str, chats: list[str], *, alone: bool = False
) -> None:
    """Write a config, and let fifty messages wait."""
    (folder / "config.yaml").write_text(
        f"bot: {{quiet_hours: 'off'}}\nweb: {{port: {port}}}\n"
        f"channels: {{web: {{enabled: false}}, {channels}}}\n",
        encoding="utf-8",
    )
    store = Store(f"sqlite:///{folder}/shaozi.db")
    store.upgrade()
    fill(store, channel, ((chats[n % len(chats)], f"第{n}条") for n in range(50)), alone=alone)
    store.close()


async def test_fifty_messages_wait_for_a_gateway_and_survive_a_kill(tmp_path: Path) -> None:
    port = free_port()
    rooms = [str(70_000 + n) for n in range(20)]
    settle(tmp_path, port, "onebot: {enabled: true, pause: '0.02-0.05'}", "onebot", rooms)
    gateway = Gateway(groups=rooms)
    url = f"ws://127.0.0.1:{port}/onebot/v11/ws"
    async with running(tmp_path, SHAOZI_ONEBOT_TOKEN=TOKEN):
        await connected(gateway, url)
        await until(lambda: len(gateway.messages) >= 7)
    assert len(gateway.messages) < 50
    await gateway.close()
    async with running(tmp_path, SHAOZI_ONEBOT_TOKEN=TOKEN):
        await connected(gateway, url)
        await until(lambda: len({one["message"][-1]["data"]["text"] for one in gateway.messages}) == 50)
        await asyncio.sleep(0.3)
    await gateway.close()
    texts = Counter(one["message"][-1]["data"]["text"] for one in gateway.messages)
    assert set(texts) == {f"第{n}条" for n in range(50)}
    assert texts.total() <= 51


async def test_fifty_messages_to_members_survive_a_kill_and_none_is_doubled(tmp_path: Path) -> None:
    office = Office()
    await office.server.start_server()
    channel = f"wecom: {{enabled: true, corp: {CORP}, agent: {AGENT}, api: '{office.url}'}}"
    settle(tmp_path, free_port(), channel, "wecom", OTHERS, alone=True)
    names = {"SECRET": SECRET, "TOKEN": "x", "AES_KEY": AES_KEY}
    secrets = {f"SHAOZI_WECOM_{name}": value for name, value in names.items()}
    async with running(tmp_path, **secrets):
        await until(lambda: len(office.messages) >= 7)
    assert len(office.messages) < 50
    async with running(tmp_path, **secrets):
        await until(lambda: len(office.messages) >= 50)
        await asyncio.sleep(0.3)
    await office.server.close()
    assert Counter(one.text for one in office.messages) == Counter(f"第{n}条" for n in range(50))
