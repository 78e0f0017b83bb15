"""Neighbours who talk at the pages of several bots, and see what is said there."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError, ClientSession, CookieJar, WSMsgType

from data.domain.clock import SystemClock
from data.store import Store
from handlers.people.invitations import invite

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.integration.crews import Crew


ROOMS = ("grid1", "grid2", "grid9")
CHAT = ("早上好", "晚上吃什么呀", "哈哈哈哈", "谁有螺丝刀借一下", "周末去哪里玩")


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
