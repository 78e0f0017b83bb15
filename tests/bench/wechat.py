"""Messages through WeChat's gateway and through the web chat: how many a second, and how long each takes."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import yaml

from bot.app import App
from bot.bootstrap import FOLLOWS, build, web_channel_of
from bot.channels.web import PageMessage, Speaker
from bot.channels.wechaty.gateway import Gateway
from bot.channels.wechaty.wire import GatewayAddress
from bot.channels.wechaty.wiring import wechaty_channel_of
from bot.config import Config
from data.domain.clock import SystemClock
from data.roster.load import import_roster
from data.store import Store
from tests.gateway.fill import fill
from tests.gateway.world import TOKEN, NoGatewayError, World, installed
from tests.town import entries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.bootstrap import Parts
    from bot.channels.base import Channel

ROOMS, BURST, SINGLE = 20, 1_000, 200
CONFIG = {
    "bot": {"quiet_hours": "off", "flood_per_minute": 10_000},
    "channels": {"wechaty": {"pause": "0-0"}},
    "log": {"level": "error"},
}


class Figures(NamedTuple):
    """Messages a second in and out, and the milliseconds of one at the 50th and the 99th percentile."""

    heard: float
    said: float
    half: float
    most: float


def through_wechat() -> Figures | None:
    """Measure a bot behind WeChat's gateway; None where there is none."""
    try:
        folder = installed()
    except NoGatewayError:
        return None
    return asyncio.run(_through_wechat(folder))


def through_the_web() -> Figures:
    """Measure a bot behind the web chat, from its channel on: no browser, no network."""
    return asyncio.run(_through_the_web())


async def _through_wechat(installation: Path) -> Figures:
    world = World(installation)
    await world.start("--ids")
    with TemporaryDirectory() as folder:
        config = Config.model_validate(CONFIG | {"storage": {"folder": folder}})
        address = GatewayAddress("127.0.0.1", world.port, TOKEN, tls=False)
        channel = wechaty_channel_of(
            config, SystemClock(), {}, follows=FOLLOWS, connect=lambda: Gateway.at(address)
        )
        counts = channel.health.counts
        rooms = [f"room{n}@chatroom" for n in range(ROOMS)]
        async with _running(config, Path(folder), channel, rooms) as parts:
            await _until(lambda: channel.health.ready)
            began = time.perf_counter()
            await world.act("burst", rooms=ROOMS, count=BURST)
            await _until(lambda: counts["heard"] >= BURST)
            heard = BURST / (time.perf_counter() - began)
            said = await _said(parts, rooms, lambda: len(world.seen))
            spent = []
            for number in range(SINGLE):
                begins = time.perf_counter()
                await world.say(rooms[number % ROOMS], f"p{number}", "早上好")
                await _until(lambda: counts["heard"] > BURST + number, every=0.0005)  # noqa: B023  awaited here
                spent.append(time.perf_counter() - begins)
    await world.kill()
    return _figures(heard, said, spent)


async def _through_the_web() -> Figures:
    with TemporaryDirectory() as folder:
        config = Config.model_validate(CONFIG | {"storage": {"folder": folder}})
        store = Store(f"sqlite:///{folder}/bench.db")
        store.upgrade()
        channel = web_channel_of(config, store, SystemClock())
        store.close()
        rooms = [f"room{n}" for n in range(ROOMS)]

        async def say(number: int) -> None:
            who = Speaker(f"p{number % 1000}", "邻居")
            await channel.hear(who, PageMessage(f"c{number}", rooms[number % ROOMS], "早上好"))

        async with _running(config, Path(folder), channel, rooms) as parts:
            began = time.perf_counter()
            await asyncio.gather(*(say(number) for number in range(BURST)))
            heard = BURST / (time.perf_counter() - began)
            said = await _said(parts, rooms, lambda: channel.said)
            spent = []
            for number in range(BURST, BURST + SINGLE):
                begins = time.perf_counter()
                await say(number)
                spent.append(time.perf_counter() - begins)
    return _figures(heard, said, spent)


@asynccontextmanager
async def _running(config: Config, folder: Path, channel: Channel, rooms: list[str]) -> AsyncIterator[Parts]:
    """Run a bot with one channel and so many rooms on it."""
    store = Store(f"sqlite:///{folder}/bench.db")
    store.upgrade()
    parts = build(config, {channel.name: channel}, store=store)
    like = {"channel": channel.name, "kind": "residents", "area": "g"}
    roster = {
        "areas": [
            {"code": "c", "name": "大社区", "kind": "community"},
            {"code": "g", "name": "网格", "kind": "grid", "parent": "c"},
        ],
        "rooms": [{**like, "id": room, "topic": room} for room in rooms],
    }
    with store.write() as uow:
        work, now = parts.house.policy.work, SystemClock().now()
        import_roster(uow, entries(yaml.safe_dump(roster)), "bench", work=work, now=now)
        uow.commit()
    app = App(parts)
    await app.start()
    yield parts
    await app.stop()


async def _said(parts: Parts, rooms: list[str], count: Callable[[], int]) -> float:
    """Return messages/s from the outbox to those who read them."""
    (channel,) = parts.channels
    fill(parts.store, channel, [(rooms[n % ROOMS], f"第{n}条") for n in range(BURST)])
    before, began = count(), time.perf_counter()
    parts.sender.wake()
    await _until(lambda: count() - before >= BURST)
    return BURST / (time.perf_counter() - began)


async def _until(holds: Callable[[], bool], every: float = 0.005) -> None:
    while not holds():  # noqa: ASYNC110  what is measured has no event to wait for
        await asyncio.sleep(every)


def _figures(heard: float, said: float, spent: list[float]) -> Figures:
    cuts = quantiles(spent, n=100)
    return Figures(heard, said, cuts[49] * 1000, cuts[98] * 1000)
