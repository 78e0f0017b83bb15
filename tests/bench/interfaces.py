"""How fast the interfaces are with so many cases: read, appeals posted, events sent, orders taken in."""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.bootstrap import web_channel_of
from bot.channels.album import Album
from bot.web.server import application
from bot.web.site import Site
from bot.web.visitors import DemoGate, hash_of
from bot.webhooks.signing import new_secret
from data.domain.order import Order
from data.domain.token import TokenScope
from data.domain.webhook import EventType
from handlers.context import Context
from handlers.orders.taking_in import TakenOrders, read, take_in
from handlers.reactions import react
from tests.bench.pages import GRIDS, fill
from tests.bench.place import APPEALS, settle

if TYPE_CHECKING:
    from tests.bench.place import Place

TRIES, POSTS, AT_ONCE = 200, 400, 20
SHEET, PART = 2_000, 250
SECRET = "shz_bench"


class Speed(NamedTuple):
    """Milliseconds of a page of 50 cases (p50, p99); appeals, events and orders in a second."""

    half: float
    most: float
    appeals: float
    events: float
    orders: float


def interfaces(case_count: int) -> Speed:
    """Return how fast they are with so many cases of five years."""
    with tempfile.TemporaryDirectory() as folder:
        place = settle(Path(folder), room_count=GRIDS, case_count=case_count)
        try:
            fill(place, case_count)
            half, most, appeals, events = asyncio.run(_measure(place, Path(folder)))
            return Speed(half, most, appeals, events, _orders(place))
        finally:
            place.parts.close()


async def _measure(place: Place, folder: Path) -> tuple[float, float, float, float]:
    parts = place.parts
    _let_in(place)
    channel = web_channel_of(parts.config, parts.store, parts.clock)
    config = parts.config.model_copy(
        update={"web": parts.config.web.model_copy(update={"requests_per_minute": 1_000_000})}
    )
    site = Site(
        config=config,
        house=parts.house,
        store=parts.store,
        writer=parts.writer,
        clock=parts.clock,
        channel=channel,
        album=Album(folder),
        gate=DemoGate(),
        inlet=parts.dispatcher,
    )
    async with AsyncExitStack() as stack:
        listens = web.Application()
        listens.router.add_post("/", _taken)
        there = await stack.enter_async_context(TestServer(listens))
        _hook(place, str(there.make_url("/")))
        stack.push_async_callback(parts.outward["webhook"].stop)
        parts.dispatcher.start()
        stack.push_async_callback(parts.dispatcher.stop)
        server = await stack.enter_async_context(TestServer(application(site, b"Q" * 43 + b"=", None)))
        headers = {"Authorization": f"Bearer {SECRET}"}
        program = await stack.enter_async_context(ClientSession(server.make_url("/"), headers=headers))
        taken = [await _timed(program) for _ in range(TRIES)]
        cuts = quantiles(taken[5:], n=100)
        start = time.perf_counter()
        await _post_all(program)
        posted = time.perf_counter()
        await parts.sender.drain()
        sent = time.perf_counter()
    return cuts[49], cuts[98], POSTS / (posted - start), POSTS / (sent - posted)


async def _timed(program: ClientSession) -> float:
    start = time.perf_counter()
    async with program.get("/api/v1/cases", params={"limit": "50"}) as answer:
        await answer.read()
        assert answer.status == 200
    return (time.perf_counter() - start) * 1000


async def _post_all(program: ClientSession) -> None:
    turns = asyncio.Semaphore(AT_ONCE)

    async def post(number: int) -> None:
        said = f"{number + 1}栋{APPEALS[number % len(APPEALS)]}"
        async with (
            turns,
            program.post("/api/v1/appeals", json={"room": f"room{number % GRIDS}", "text": said}) as answer,
        ):
            assert answer.status == 201, await answer.text()

    await asyncio.gather(*(post(number) for number in range(POSTS)))


async def _taken(_request: web.Request) -> web.Response:
    return web.Response(status=204)


def _let_in(place: Place) -> None:
    with place.parts.store.write() as uow:
        uow.tokens.issue(
            "bench",
            hash_of(SECRET),
            "api:bench",
            [TokenScope.CASES_READ, TokenScope.APPEALS_WRITE],
            area_id=None,
            person_id=None,
            now=place.clock.now(),
            expires_at=None,
        )
        uow.commit()


def _hook(place: Place, url: str) -> None:
    with place.parts.store.write() as uow:
        uow.webhooks.add_one(
            url,
            new_secret(),
            [EventType.OPENED, EventType.JOINED],
            area_id=None,
            allow_private=True,
            now=place.clock.now(),
        )
        uow.commit()


def _orders(place: Place) -> float:
    """Return how many orders of a sheet are taken in within a second, as `shaozi orders import` does it."""
    parts, taken = place.parts, TakenOrders()
    sheet = [Order(f"B{n}", f"{n % 400 + 1}栋{APPEALS[n % len(APPEALS)]},第{n}次") for n in range(SHEET)]
    start = time.perf_counter()
    for first in range(0, SHEET, PART):
        known = [read(parts.house.understander, order) for order in sheet[first : first + PART]]
        with parts.store.write() as uow:
            ctx = Context(parts.house, uow, place.clock.now())
            take_in(ctx, known, uow.areas.communities()[0], taken, more=True)
            react(ctx)
            uow.commit()
    return SHEET / (time.perf_counter() - start)
