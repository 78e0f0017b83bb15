"""Five hundred pages in one room: what a message costs the server (`python -m tests.bench.many_pages`)."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import AsyncExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, TCPConnector, WSMsgType

from bot.bootstrap import policy_of
from bot.config import Config
from data.domain.clock import SystemClock
from data.holidays import ChineseHolidays
from data.store import Store
from handlers.people.invitations import invite
from tests.integration.crews import Crew, settle

ACCOUNTS, PAGES_EACH, MESSAGES = 25, 20, 100
ROOM = "grid1"
AT_ONE_ADDRESS = 5  # accounts: an address may have 200 lines


class Listener:
    """Counts what all pages were shown."""

    def __init__(self) -> None:
        self.shown = 0

    async def reads(self, page: ClientWebSocketResponse) -> None:
        """Read a page to its end."""
        async for frame in page:
            if frame.type is WSMsgType.TEXT and '"type": "message"' in frame.data:
                self.shown += 1


def many_pages() -> float:
    """Return the milliseconds of the server's processor time for a message that 500 pages show."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        settle(url, policy_of(Config(), ChineseHolidays()).work)
        crew = Crew(Path(folder) / "bot", url, 1)
        crew.start()
        try:
            return asyncio.run(_measure(crew, url))
        finally:
            crew.stop()


async def _measure(crew: Crew, url: str) -> float:
    await crew.serves()
    listener = Listener()
    async with AsyncExitStack() as stack:
        speakers = []
        for number, code in enumerate(_codes(url)):
            line = TCPConnector(local_addr=(f"127.0.0.{2 + number // AT_ONE_ADDRESS}", 0))
            browser = ClientSession(crew.address, connector=line, cookie_jar=CookieJar(unsafe=True))
            await stack.enter_async_context(browser)
            async with browser.post("/sign-in", json={"code": code}) as answer:
                answer.raise_for_status()
            pages = [await browser.ws_connect("/chat") for _ in range(PAGES_EACH)]
            for page in pages:
                reading = asyncio.create_task(listener.reads(page))
                stack.callback(reading.cancel)
            speakers.append(pages[0])
        await asyncio.sleep(2)
        before, seen = _spent(crew.pids()[0]), listener.shown
        for number in range(MESSAGES):
            said = {"type": "say", "client": f"bench-{number:08}", "room": ROOM, "text": "早上好"}
            await speakers[number % ACCOUNTS].send_json(said)
            await asyncio.sleep(0.05)
        async with asyncio.timeout(60):
            while listener.shown - seen < MESSAGES * ACCOUNTS * PAGES_EACH:  # noqa: ASYNC110  pages tell nobody
                await asyncio.sleep(0.05)
        return (_spent(crew.pids()[0]) - before) / MESSAGES * 1000


def _codes(url: str) -> list[str]:
    """Return codes to sign in with, one for each account, into one room."""
    with closing(Store(url)) as store, store.write() as uow:
        room = uow.rooms.of("web", ROOM)
        assert room is not None
        now, names = SystemClock().now(), [f"邻居{number}" for number in range(ACCOUNTS)]
        codes = [invite(uow, now, name=name, room_id=room.id) for name in names]
        uow.commit()
    return codes


def _spent(pid: int) -> float:
    """Return the seconds of processor time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.stdout.write(f"{many_pages():.1f} ms of the server for a message to 500 pages\n")
