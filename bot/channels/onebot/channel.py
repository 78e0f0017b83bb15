"""OneBot v11: gateways connect to us, are told what to say, and tell what happens. It knows no case."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import timedelta
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

import structlog

from bot.channels.base import ChannelState, Health, Limits
from bot.channels.lanes import Lanes
from bot.channels.onebot.accounts import Accounts
from bot.channels.onebot.link import CALL, CallError, ConnectionRole, Link
from bot.channels.onebot.mouth import Mouth
from bot.channels.onebot.news import NAME, News, OneBotEvent
from bot.channels.own_words import OwnWords
from handlers.context import Reach

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.channels.base import Inlet
    from bot.channels.downloads import Downloads
    from bot.channels.habits import Habits
    from bot.channels.onebot.link import Wire
    from data.domain.clock import Clock
    from data.domain.messages import Outgoing

log = structlog.get_logger()
TEXT = 2_000  # characters; QQ refuses a message of some 4,500
AWAY = timedelta(minutes=5)  # gateways that are away for so long are told to the operators
LOOK = 30.0  # seconds between two looks whether one is there
LET_END = 5.0  # seconds for what was heard before a stop
MOST_WAITING = 20_000  # events; what comes beyond them, with the store away for hours, is lost


class OneBotChannel:
    """Groups and private chats of any network that a gateway of OneBot v11 speaks for.

    Gateways come and go as they like. Nothing is sent while none is there; what is heard is worked off beside
    the reading of frames, so that an answer is never behind an event that waits for it.
    """

    name = NAME
    reach = Reach()  # what its accounts say themselves never gets further than `News`

    def __init__(
        self,
        token: str,
        habits: Habits,
        clock: Clock,
        *,
        downloads: Downloads,
        read: Callable[[str], bytes],
        again: str,
        pause: tuple[float, float] = (1.0, 3.0),
        patience: float = CALL,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.limits = Limits(pause, TEXT)
        self.health = Health(ChannelState.CONNECTING)
        self.accounts = Accounts()
        self._token = token
        self._habits = habits
        self._clock = clock
        self._downloads = downloads
        self._read = read
        self._again = again
        self._patience = patience
        self._rest = rest
        self._own = OwnWords()
        self._events: asyncio.Queue[OneBotEvent] = asyncio.Queue(MOST_WAITING)
        self._tasks: set[asyncio.Task[None]] = set()
        self._mouth: Mouth | None = None

    async def start(self, inlet: Inlet) -> None:
        """Begin to listen; a gateway need not be there yet."""
        self._inlet = inlet
        self._news = News(
            inlet,
            self.accounts,
            self._own,
            self._habits,
            downloads=self._downloads,
            clock=self._clock,
            counts=self.health.counts,
        )
        self._mouth = Mouth(
            self.accounts, self._news.names, self._own, self._read, self.health.counts, again=self._again
        )
        self._lanes = Lanes[OneBotEvent](self._news.tell)
        self._look()
        self._do(self._sort(), "onebot events")
        self._do(self._watch(), "onebot watch")

    async def stop(self) -> None:
        """Take in what was heard, and let go."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LET_END):
                await self._events.join()
        for link in self.accounts.links():
            await link.wire.close()
            self.closed(link)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._lanes.close(LET_END)

    async def send(self, outgoing: Outgoing) -> str | None:
        """Say something; what may have gone out before a failure is not said again where one can know."""
        if self._mouth is None:
            raise RuntimeError("not started")
        return await self._mouth.send(outgoing)

    def admits(self, token: str) -> bool:
        """Whether a gateway's token is the right one."""
        return compare_digest(token.encode("utf-8", "surrogatepass"), self._token.encode())

    def opened(self, wire: Wire, role: ConnectionRole, account: str, remote: str | None) -> Link:
        """Go on with a connection; an older one of the same account and role ends."""
        link = Link(wire, role, account, remote, self._patience)
        self.health.counts["connections"] += 1
        log.info("gateway connected", account=account, role=role.value)
        before = self.accounts.add(link)
        if before is not None:
            before.closed()
            self._do(self._end(before), "onebot old connection")
        self._look()
        if role is not ConnectionRole.EVENT:
            self._do(self._ask_groups(link), "onebot groups")
        return link

    def closed(self, link: Link) -> None:
        """Give a connection up."""
        link.closed()
        self.accounts.remove(link)
        log.info("gateway gone", account=link.account, role=link.role.value)
        self._look()

    def heard(self, link: Link, text: str) -> None:
        """Take a frame: the answer to a call, or an event. This never waits."""
        try:
            frame = json.loads(text)
        except (ValueError, RecursionError):
            frame = None
        if not isinstance(frame, dict):
            self.health.counts["unreadable"] += 1
            return
        if "post_type" not in frame:
            link.answered(frame)
        elif frame["post_type"] == "meta_event":
            self._pulse(link, frame)
        elif self._events.full():
            self.health.counts["lost"] += 1
            log.error("too much is waiting, an event is lost")
        else:
            self._events.put_nowait(OneBotEvent(link, frame))

    def _pulse(self, link: Link, frame: dict[str, Any]) -> None:
        """Note whether an account is logged in on its network."""
        status = frame.get("status")
        if frame.get("meta_event_type") != "heartbeat" or not isinstance(status, dict):
            return
        online = status.get("online") is not False
        if not self.accounts.logged(link.account, online=online):
            return
        self._look()
        if not online:
            log.error("an account is logged out on its network", account=link.account)
            once = f"{NAME}:out:{link.account}:{self._clock.now():%Y%m%d%H%M}"
            self._do(self._inlet.alert(NAME, "logged_out", once, account=link.account), "onebot alert")

    def _look(self) -> None:
        """Note where the channel stands."""
        state = ChannelState.CONNECTING
        if self.accounts.speaking():
            state = ChannelState.ONLINE
        elif self.accounts.links():
            state = ChannelState.LOGGED_OUT
        self.health.becomes(state, self._clock.now())

    async def _sort(self) -> None:
        """Put what was heard into the lanes, in the order heard."""
        while True:
            event = await self._events.get()
            try:
                await self._lanes.put(event.lane, event)
            finally:
                self._events.task_done()

    async def _watch(self) -> None:
        """Tell the operators of gateways that are away for long, once each time."""
        away_since, told = self._clock.now(), False
        while True:
            await self._rest(LOOK)
            if self.accounts.links():
                away_since, told = self._clock.now(), False
            elif not told and self._clock.now() - away_since > AWAY:
                told = True
                await self._inlet.alert(NAME, "away", f"{NAME}:away:{away_since:%Y%m%d%H%M}")

    async def _ask_groups(self, link: Link) -> None:
        """Learn in which groups an account is: with several accounts one must know who speaks where."""
        try:
            told = await link.call("get_group_list")
        except CallError as error:
            log.info("groups not known", account=link.account, error=str(error))
            return
        groups = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
        self.accounts.sits_in(link.account, (str(one["group_id"]) for one in groups if "group_id" in one))

    async def _end(self, link: Link) -> None:
        await link.wire.close()

    def _do(self, work: Any, name: str) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
