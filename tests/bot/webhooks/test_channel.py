"""Events on their way: signed as `standardwebhooks` verifies, in order, tried again, off after 410."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from standardwebhooks import Webhook as Verifier

from bot.bootstrap import build
from bot.config import Config
from bot.webhooks.signing import new_secret
from data.domain.clock import ManualClock, SystemClock
from data.domain.messages import Inbound
from data.domain.webhook import EventType
from data.roster import import_roster
from data.store import Store
from handlers.context import Reach
from tests.town import ROSTER, Memory, entries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from nlp.understand import Understander

OPERATOR = (
    "\n  - {name: 管理, accounts: [{channel: web, id: admin}], duties: [{role: operator, area: '1'}]}\n"
)


class Listener:
    """Software that listens: it writes down what came, and answers as it was told."""

    def __init__(self) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.slow = asyncio.Event()
        self.slow.set()

    async def take(self, request: web.Request) -> web.Response:
        self.came.append((dict(request.headers), await request.read()))
        await self.slow.wait()
        status = self.answers.pop(0) if self.answers else 204
        return web.Response(status=status, headers={"Location": "/elsewhere"} if status == 302 else {})


class World:
    """A bot with a webhook, and who listens there."""

    def __init__(self, url: str, understander: Understander) -> None:
        self.clock = ManualClock(SystemClock().now())
        self.store = Store(url)
        self.memory = Memory(self.clock, Reach())
        self.listener = Listener()
        self.secret = new_secret()
        self.url = ""  # where it listens
        roster = ROSTER.replace("households:", f"{OPERATOR}households:")
        self.parts = build(
            Config.model_validate({}),
            {"web": self.memory},
            clock=self.clock,
            store=self.store,
            random=Random(0),
            understander=understander,
        )
        with self.store.write() as uow:
            work = self.parts.house.policy.work
            import_roster(uow, entries(roster), "roster.yaml", work=work, now=self.clock.now())
            uow.commit()

    def hook(self, url: str, *, allow_private: bool = True) -> int:
        with self.store.write() as uow:
            made = uow.webhooks.add_one(
                url,
                self.secret,
                [EventType.OPENED],
                area_id=None,
                allow_private=allow_private,
                now=self.clock.now(),
            )
            uow.commit()
        return made.id

    def report(self, *buildings: int) -> None:
        for number in buildings:
            said = f"{number}栋2单元电梯坏了"
            inbound = Inbound("web", f"m{number}", self.clock.now(), "grid1", f"u{number}", "邻居", said)
            self.parts.intake.take([inbound])

    async def drain(self, after: timedelta = timedelta()) -> None:
        self.clock.set(self.clock.now() + after)
        await self.parts.sender.drain()

    def states(self) -> list[tuple[str, str | None]]:
        with self.store.read() as uow:
            return [(row.state, row.error) for row in uow.outbox.under(["webhook:"], 100)]


@pytest.fixture
async def world(store_url: str, understander: Understander) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        world = World(store_url, understander)
        stack.callback(world.parts.close)
        stack.push_async_callback(world.parts.outward["webhook"].stop)
        app = web.Application()
        app.router.add_post("/hook", world.listener.take)
        app.router.add_route("*", "/elsewhere", world.listener.take)
        server = TestServer(app)
        await stack.enter_async_context(server)
        world.url = str(server.make_url("/hook"))
        yield world


def read(world: World, number: int) -> dict[str, Any]:
    headers, body = world.listener.came[number]
    lower = {name.lower(): value for name, value in headers.items()}
    found: dict[str, Any] = Verifier(world.secret).verify(body, lower)
    return found


async def test_a_stranger_verifies_our_signature(world: World) -> None:
    world.hook(world.url)
    world.report(3)
    await world.drain()
    event = read(world, 0)
    assert (event["type"], event["data"]["id"]) == ("case.opened", "1.1.1/1")
    headers, body = world.listener.came[0]
    assert headers["Content-Type"] == "application/json"
    assert headers["webhook-signature"].startswith("v1,")
    with pytest.raises(Exception, match="No matching signature"):
        Verifier(new_secret()).verify(body, headers)
    assert json.loads(body) == event


async def test_after_a_failure_the_same_message_comes_again_and_order_is_kept(world: World) -> None:
    world.hook(world.url)
    world.listener.answers = [500, 302, 200]
    world.report(3, 5)
    await world.drain()
    assert world.states() == [("queued", "HTTP 500"), ("queued", None)]
    await world.drain(timedelta(minutes=1))
    assert world.states()[0] == ("queued", "HTTP 302")  # nobody followed it
    await world.drain(timedelta(minutes=1))
    assert [state for state, _ in world.states()] == ["sent", "sent"]
    ids = [headers["webhook-id"] for headers, _ in world.listener.came]
    assert ids[0] == ids[1] == ids[2] != ids[3]
    numbers = [json.loads(body)["data"]["number"] for _, body in world.listener.came]
    assert numbers == [1, 1, 1, 2]


async def test_gone_is_switched_off_and_said(world: World) -> None:
    number = world.hook(world.url)
    world.listener.answers = [410]
    world.report(3, 5)
    await world.drain()
    await world.drain(timedelta(hours=1))
    assert len(world.listener.came) == 1
    with world.store.read() as uow:
        assert uow.webhooks.get(number).why == "gone"
    assert [state for state, _ in world.states()] == ["dead", "silenced"]
    assert [said.text for said in world.memory.said if said.to == "admin"][-1].count("410") == 1


async def test_who_never_answers_holds_up_nobody_else(world: World) -> None:
    world.parts.outward["webhook"].__dict__["_within"] = 0.05
    world.hook(world.url)
    world.listener.slow.clear()
    world.report(3)
    await world.drain()
    assert world.states() == [("queued", "no answer in time")]
    assert [said for said in world.memory.said if said.to == "limin"] == []  # held, not lost
    await world.drain(timedelta(seconds=30))
    assert [said for said in world.memory.said if said.to == "limin"]
    world.listener.slow.set()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
async def test_private_addresses_are_refused_when_it_is_sent(world: World, host: str) -> None:
    world.hook(world.url.replace("127.0.0.1", host), allow_private=False)
    world.report(3)
    await world.drain()
    assert world.states() == [("queued", "private address")]
    assert world.listener.came == []


async def test_nobody_there(world: World) -> None:
    world.hook("http://127.0.0.1:9/nobody")
    world.report(3)
    await world.drain()
    assert world.states() == [("queued", "ClientConnectorError")]
