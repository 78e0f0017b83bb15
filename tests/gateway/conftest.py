"""A gateway for each test, and a bot over a real store that speaks through it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot.app import App
from bot.bootstrap import FOLLOWS, build
from bot.channels.wechaty.gateway import Gateway
from bot.channels.wechaty.wire import GatewayAddress
from bot.channels.wechaty.wiring import wechaty_channel_of
from bot.config import Config
from data.domain.clock import SystemClock
from data.roster.load import import_roster
from data.store import Store
from handlers.context import Reach
from tests.gateway.fill import fill
from tests.gateway.world import TOKEN, NoGatewayError, World, installed
from tests.town import Memory, entries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.channels.base import ChannelState
    from bot.channels.wechaty.channel import WechatyChannel
    from data.domain.case import Case, Line
    from nlp.understand import Understander

GRID, STAFF = "grid1@chatroom", "staff@chatroom"
ROSTER = """
areas:
  - {code: c1, name: 百安坝社区, kind: community}
  - {code: g1, name: 第一网格, kind: grid, parent: c1}
  - {code: g1b3, name: 3栋, kind: building, parent: g1}
rooms:
  - {channel: wechaty, id: grid1@chatroom, topic: 第一网格居民群, kind: residents, area: g1}
  - {channel: wechaty, id: staff@chatroom, topic: 工作群, kind: staff, area: c1}
  - {channel: web, id: grid2, topic: 网页上的居民群, kind: residents, area: g1}
people:
  - {name: 李敏, accounts: [{channel: wechaty, id: wx_limin}], duties: [{role: grid_leader, area: g1}]}
  - {name: 管理员, accounts: [{channel: web, id: op}], duties: [{role: operator, area: c1}]}
  - {name: 赵主任, duties: [{role: officer, area: c1}]}
"""


@pytest.fixture(scope="session")
def gateway_folder() -> Path:
    """Return where the gateway is installed."""
    try:
        return installed()
    except NoGatewayError as why:
        pytest.skip(f"no gateway: {why}")


@pytest.fixture
async def world(gateway_folder: Path) -> AsyncIterator[World]:
    """A gateway that is not started yet."""
    made = World(gateway_folder)
    yield made
    await made.kill()


class Bot:
    """A bot that runs, with its WeChat channel and a second one that remembers."""

    def __init__(self, app: App, channel: WechatyChannel, web: Memory) -> None:
        self.app = app
        self.channel = channel
        self.web = web
        self.parts = app.parts

    def inbox(self) -> list[Any]:
        """Return what was taken in."""
        with self.parts.store.read() as uow:
            return list(uow.inbox.rows())

    def state(self) -> ChannelState:
        """Return where the channel stands."""
        return self.channel.health.state

    def routes(self) -> list[str]:
        """Return what became of everything that was taken in."""
        return [row.route for row in self.inbox()]

    def states(self) -> dict[str, int]:
        """Return how many rows of the outbox are in each state."""
        with self.parts.store.read() as uow:
            return {s: uow.outbox.count_state(s) for s in ("queued", "sending", "sent", "dead")}

    def sent_ids(self) -> list[str]:
        """Return the ids of what was sent on WeChat, in the order sent."""
        with self.parts.store.read() as uow:
            rows = [row for row in uow.outbox.of_state("sent") if row.channel == "wechaty"]
        return [row.message_id for row in sorted(rows, key=lambda row: row.sent_at)]

    def case(self, case_id: int) -> Case:
        """Return a case."""
        with self.parts.store.read() as uow:
            return uow.cases.get(case_id)

    def lines(self, case_id: int) -> list[Line]:
        """Return the lines of a case's first appeal."""
        with self.parts.store.read() as uow:
            return uow.appeals.lines(uow.appeals.of_case(case_id)[0].id)

    def topic(self, channel: str, room: str) -> str | None:
        """Return what a room is called."""
        with self.parts.store.read() as uow:
            found = uow.rooms.of(channel, room)
            return found.topic if found else None

    def says(self, chat: str, text: str, **more: Any) -> None:
        """Let the bot have something to say."""
        fill(self.parts.store, "wechaty", [(chat, text)], **more)

    def found(self, rooms: Iterable[str]) -> None:
        """Set rooms up."""
        like = {"channel": "wechaty", "kind": "residents", "area": "g1"}
        roster = [{**like, "id": room, "topic": room} for room in rooms]
        with self.parts.store.write() as uow:
            work = self.parts.house.policy.work
            import_roster(
                uow, entries(yaml.safe_dump({"rooms": roster})), "x", work=work, now=SystemClock().now()
            )
            uow.commit()

    async def until(self, holds: Callable[[], object], within: float = 20) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(within):
            while not holds():  # noqa: ASYNC110  a store has no event to wait for
                await asyncio.sleep(0.02)

    async def online(self, within: float = 20) -> None:
        """Wait until messages may be sent."""
        await self.until(lambda: self.channel.health.ready, within)


@pytest.fixture
def running(
    store_url: str, tmp_path: Path, understander: Understander
) -> Callable[..., AbstractAsyncContextManager[Bot]]:
    """Return what runs a bot over a gateway until the end of a block."""

    @asynccontextmanager
    async def run(world: World, config: str = "", **address: Any) -> AsyncIterator[Bot]:
        defaults = {"bot": {"hold_seconds": 0, "quiet_hours": "off", "flood_per_minute": 10_000}}
        defaults["channels"] = {"wechaty": {"pause": "0-0.01"} | (yaml.safe_load(config) or {})}
        settings = Config.model_validate(defaults | {"storage": {"folder": tmp_path}})
        clock = SystemClock()
        where: dict[str, Any] = {"token": TOKEN, "tls": False} | address
        channel = wechaty_channel_of(
            settings,
            clock,
            {},
            follows=FOLLOWS,
            connect=lambda: Gateway.at(GatewayAddress("127.0.0.1", world.port, **where)),
        )
        web = Memory(clock, Reach())
        store = Store(store_url)
        parts = build(
            settings,
            {"wechaty": channel, "web": web},
            clock=clock,
            store=store,
            random=Random(0),
            understander=understander,
        )
        with store.write() as uow:
            work = parts.house.policy.work
            import_roster(uow, entries(ROSTER), "roster.yaml", work=work, now=clock.now())
            uow.commit()
        app = App(parts)
        await app.start()
        try:
            yield Bot(app, channel, web)
        finally:
            await app.stop()

    return run
