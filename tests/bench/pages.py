"""How long pages take: the desk, a case, the cockpit, the board, with so many cases of five years."""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from sqlalchemy import insert, text

from bot.bootstrap import web_channel_of
from bot.channels.album import Album
from bot.web.chat import Chat
from bot.web.server import application
from bot.web.site import Site
from bot.web.visitors import DemoGate
from data.tables.areas import areas
from data.tables.organisations import organisations
from data.tables.people import accounts, duties, people
from tests.bench.place import settle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.bench.place import Place

GRIDS, BUILDINGS, UNITS = 100, 6, 12
OFFICER = 90_000
TRIES = 40
PAGES = {
    "/desk": "/desk?as=officer",
    "/desk, a search": "/desk?as=officer&q=电梯 夹人",
    "a case page": "/desk/cases/c/{number}?as=officer",
    "/cockpit": "/cockpit?as=officer",
    "/cockpit, this year": "/cockpit?as=officer&period=今年",
    "/cockpit, last year": "/cockpit?as=officer&period=去年",
    "/board": "/board?as=",
    "/board, a kind of last year": "/board?as=&kind=城乡建设/路灯&month=去年",
}
SPREAD = (Path(__file__).parent / "five_years.sql").read_text(encoding="utf-8")


class Taken(NamedTuple):
    """What a page took, in milliseconds."""

    half: float
    most: float


def pages(case_count: int) -> dict[str, Taken]:
    """Return what each page takes, p50 and p99, with so many cases."""
    with tempfile.TemporaryDirectory() as folder:
        place = settle(Path(folder), room_count=GRIDS, case_count=case_count)
        try:
            fill(place, case_count)
            return asyncio.run(_measure(place, Path(folder), case_count))
        finally:
            place.parts.close()


def fill(place: Place, case_count: int) -> None:
    """Spread cases over five years, their kinds, their grids and buildings."""
    with place.parts.store.write() as uow:
        uow.connection.execute(insert(areas), list(_buildings()))
        uow.connection.execute(insert(people), {"id": OFFICER, "name": "干部", "on_roster": 1})
        uow.connection.execute(
            insert(accounts),
            {"id": OFFICER, "person_id": OFFICER, "channel": "web", "external_id": "officer", "name": "干部"},
        )
        uow.connection.execute(insert(duties), {"person_id": OFFICER, "area_id": 1, "role": "officer"})
        uow.connection.execute(
            insert(organisations),
            [{"id": n, "name": f"单位{n}", "kind": "department", "aliases": []} for n in range(1, UNITS + 1)],
        )
        step = max(1, 2_628_000 // case_count)  # minutes of five years
        for statement in SPREAD.split(";\n"):
            if statement.strip():
                uow.connection.execute(text(statement.replace("{step}", str(step)).replace(":", "\\:")))
        uow.roster_changed()
        uow.digests.fill()
        uow.commit()


def _buildings() -> Iterable[dict[str, object]]:
    for grid in range(GRIDS):
        for number in range(BUILDINGS):
            yield {
                "id": 100_000 + grid * BUILDINGS + number,
                "code": f"b{grid}-{number}",
                "name": f"{number + 1}栋",
                "kind": "building",
                "parent_id": grid + 2,
                "label": str(number + 1),
            }


async def _measure(place: Place, folder: Path, case_count: int) -> dict[str, Taken]:
    parts = place.parts
    channel = web_channel_of(parts.config, parts.store, parts.clock)
    site = Site(
        config=parts.config,
        house=parts.house,
        store=parts.store,
        writer=parts.writer,
        clock=parts.clock,
        channel=channel,
        album=Album(folder),
        gate=DemoGate(),
        demo=True,
    )
    found: dict[str, Taken] = {}
    async with AsyncExitStack() as stack:
        app = application(site, b"Q" * 43 + b"=", Chat(site, channel))
        server = await stack.enter_async_context(TestServer(app))
        browser = await stack.enter_async_context(ClientSession())
        for name, path in PAGES.items():
            url = str(server.make_url("/")).rstrip("/") + path.format(number=case_count // 2)
            taken = []
            for _ in range(TRIES):
                start = time.perf_counter()
                async with browser.get(url) as answer:
                    await answer.read()
                    assert answer.status == 200, (name, answer.status)
                taken.append((time.perf_counter() - start) * 1000)
            cuts = quantiles(taken[2:], n=100)
            found[name] = Taken(cuts[49], cuts[98])
    return found
