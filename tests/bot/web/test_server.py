from __future__ import annotations

import os
import socket
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

from bot.app import App
from bot.bootstrap import build, channels_of, server_of
from bot.channels.hub import ChatSpot
from bot.config import Config
from bot.web.server import PortTakenError, WebServer, reserve
from data.domain.clock import SystemClock
from data.domain.errors import InputError
from data.store import Store
from tests.bot.channels.test_pictures import png

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.understand import Understander
    from tests.bot.web.conftest import Place

HERE = "127.0.0.1"


def test_a_taken_port_is_said_so() -> None:
    with reserve(HERE, 0) as first:
        first.listen()
        port = first.getsockname()[1]
        with pytest.raises(PortTakenError) as taken:
            reserve(HERE, port)
    assert (taken.value.host, taken.value.port) == (HERE, port)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7"])
def test_a_host_that_is_not_ours_is_wrong_input(host: str) -> None:
    with pytest.raises(InputError) as wrong:
        reserve(host, 0)
    assert wrong.value.key == "web.bad_host"


def test_a_demo_is_on_this_machine_only() -> None:
    with pytest.raises(InputError) as wrong:
        reserve("", 0, only_here=True)
    assert wrong.value.key in ("web.demo_host", "web.bad_host")
    with pytest.raises(InputError) as wrong:
        reserve("203.0.113.7", 0, only_here=True)
    assert wrong.value.key == "web.demo_host"
    reserve("localhost", 0, only_here=True).close()


async def test_the_whole_bot_starts_serves_and_stops(
    store_url: str, tmp_path: Path, understander: Understander
) -> None:
    config = Config.model_validate({"storage": {"folder": tmp_path / "files"}})
    clock, store = SystemClock(), Store(store_url)
    parts = build(config, channels_of(config, store, clock), store=store, understander=understander)
    reserved = reserve(HERE, 0)
    bot = App(parts, server_of(parts, reserved, {}))
    where = f"http://{HERE}:{reserved.getsockname()[1]}"
    await bot.start()
    async with ClientSession() as session:
        assert (await session.get(f"{where}/healthz")).status == 200
        assert "登录码" in await (await session.get(f"{where}/")).text()
    await bot.stop()
    assert reserved.fileno() == -1
    assert (tmp_path / "files" / "secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("letter", ["a", "长"])
async def test_a_search_of_ten_thousand_characters_is_answered(
    store_url: str, tmp_path: Path, understander: Understander, letter: str
) -> None:
    tree = {"storage": {"folder": tmp_path / "files"}, "web": {"board": True}}
    config = Config.model_validate(tree)
    store = Store(store_url)
    parts = build(config, channels_of(config, store, SystemClock()), store=store, understander=understander)
    reserved = reserve(HERE, 0)
    bot = App(parts, server_of(parts, reserved, {}))
    await bot.start()
    async with ClientSession() as session:
        where = f"http://{HERE}:{reserved.getsockname()[1]}/board"
        async with session.get(where, params={"kind": letter * 10_000}) as answer:
            assert answer.status == 200
            await answer.read()
    await bot.stop()


async def test_a_bot_may_do_without_the_chat(
    store_url: str, tmp_path: Path, understander: Understander
) -> None:
    tree = {"storage": {"folder": tmp_path}, "channels": {"web": {"enabled": False}}}
    config = Config.model_validate(tree)
    store = Store(store_url)
    channels = channels_of(config, store, SystemClock())
    assert channels == {}
    parts = build(config, channels, store=store, understander=understander)
    reserved = reserve(HERE, 0)
    bot = App(parts, server_of(parts, reserved, {"SHAOZI_SECRET": "long enough, I hope"}))
    await bot.start()
    async with ClientSession() as session:
        where = f"http://{HERE}:{reserved.getsockname()[1]}"
        assert (await session.get(f"{where}/healthz")).status == 200
        assert (await session.get(f"{where}/")).status == 404
    await bot.stop()
    assert not (tmp_path / "secret").exists()


async def test_the_server_sweeps_the_album(place: Place) -> None:
    await place.open()
    path = place.folder / place.site.album.put(ChatSpot("grid1"), png())
    old = (place.clock.now() - timedelta(days=2)).timestamp()
    os.utime(path, (old, old))
    with socket.socket() as unused:
        assert await WebServer(place.site, b"A" * 43 + b"=", unused).sweep() == 1
    assert not path.exists()
