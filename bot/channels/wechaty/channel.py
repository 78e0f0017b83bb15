"""WeChat, through Wechaty's gateway: a channel one can leave running for months. It knows no case."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from bot.backoff import Backoff
from bot.channels.base import ChannelState, Health, Limits
from bot.channels.own_words import OwnWords
from bot.channels.wechaty.ear import Ear, Happening
from bot.channels.wechaty.line import GatewayLine
from bot.channels.wechaty.mouth import Mouth
from bot.channels.wechaty.news import NAME, Me, News
from bot.channels.wechaty.wire import GatewayError, TokenRefusedError
from bot.faults import stack
from handlers.context import Reach

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from random import Random

    from bot.channels.base import Inlet
    from bot.channels.habits import Habits
    from bot.channels.wechaty.gateway import Gateway, GatewayEvent
    from data.domain.clock import Clock
    from data.domain.messages import Outgoing

log = structlog.get_logger()
BACKOFF = Backoff(0.5, 30.0)
TEXT = 1_500  # characters; WeChat cuts a message at some 2,000
STEADY = timedelta(seconds=10)  # a connection that held so long begins the waits anew
AWAY = timedelta(minutes=5)  # a gateway that is away for so long is told to the operators
LET_END = 5.0  # seconds for what was heard before a stop
SCANNED = (3, 4)  # states of a code that nobody need scan any more


class WechatyChannel:
    """Rooms and private chats on WeChat.

    The connection is kept up: what ends it is waited out with growing pauses. A wrong token is not, nor is a
    logout: then the account's owner has to do something, and the bot waits for that.
    """

    name = NAME

    def __init__(
        self,
        connect: Callable[[], Gateway],
        habits: Habits,
        clock: Clock,
        random: Random,
        *,
        pause: tuple[float, float] = (3.0, 8.0),
        stable_ids: bool = True,
        read: Callable[[str], bytes],
        show_code: Callable[[str], None] = lambda _: None,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.limits = Limits(pause, TEXT)
        self.reach = Reach(stable_ids=stable_ids)
        self.health = Health(ChannelState.CONNECTING)
        self._connect = connect
        self._habits = habits
        self._clock = clock
        self._random = random
        self._show_code = show_code
        self._rest = rest
        self._line = GatewayLine(rest)
        self._talk = OwnWords()
        self._mouth = Mouth(self._line, self._talk, read, rest, self.health.counts)
        self._failures = 0
        self._task: asyncio.Task[None] | None = None
        self._ear: Ear | None = None

    async def start(self, inlet: Inlet) -> None:
        """Begin to connect; the gateway need not be there yet."""
        self._inlet = inlet
        self._news = News(
            inlet, self._line, self._talk, self._habits, clock=self._clock, counts=self.health.counts
        )
        self._ear = Ear(self._news, self._line, self.health.counts)
        self._become(ChannelState.CONNECTING)
        self._task = asyncio.create_task(self._run(self._ear), name=NAME)

    async def stop(self) -> None:
        """Take in what was heard, end what is being said, and let go."""
        patience = LET_END if self.health.ready else 0.0
        self._become(ChannelState.CONNECTING)  # nothing new is sent
        if self._ear is not None:
            await self._ear.close(patience)
        await self._mouth.silent(patience)
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def send(self, outgoing: Outgoing) -> str | None:
        """Say something; what may have gone out before a failure is not said again if it came back to us."""
        return await self._mouth.send(outgoing)

    async def _run(self, ear: Ear) -> None:
        away_since = self._clock.now()
        while True:
            began = self._clock.now()
            try:
                await self._listen(ear)
                why = "ended"
            except TokenRefusedError:
                await self._refuse()
                return
            except GatewayError as error:
                why = str(error)
            except Exception as error:  # noqa: BLE001  whatever it is, the channel comes back
                why = f"{type(error).__name__} {stack(error)}"
            if self._clock.now() - began > STEADY:
                self._failures, away_since = 0, self._clock.now()
            self._become(ChannelState.CONNECTING)
            self._failures += 1
            if self._clock.now() - away_since > AWAY:
                await self._alert("away", f"away:{away_since:%Y%m%d%H%M}")
            wait = BACKOFF.wait(self._failures, self._random)
            log.warning("gateway away, will be tried again", error=why, seconds=round(wait, 1))
            await self._rest(wait)

    async def _listen(self, ear: Ear) -> None:
        """Hear what happens until the connection ends."""
        gateway = self._connect()
        try:
            async for event in gateway.events():
                if self._line.gateway is None:
                    self.health.counts["connections"] += 1
                    self._line.connected(gateway)
                await self._on(event, gateway)
                ear.hear(event)
        finally:
            self._line.lost(gateway)

    async def _on(self, event: GatewayEvent, gateway: Gateway) -> None:
        """Do what an event asks of the channel itself. Nothing here may wait for another connection."""
        match event.number:
            case Happening.LOGIN:
                await self._logged_in(gateway, str(event.payload.get("contactId", "")))
            case Happening.LOGOUT:
                self._become(ChannelState.LOGGED_OUT)
                log.error("logged out of WeChat: nothing is sent until somebody logs in again")
                await self._alert("logged_out", f"out:{self._clock.now():%Y%m%d%H%M}")
            case Happening.SCAN:
                self._scan(event.payload)
            case Happening.ERROR:
                self.health.counts["errors"] += 1
                log.warning("the gateway reports an error")
            case Happening.DIRTY:
                self._line.forget(str(event.payload.get("payloadId", "")))
            case _:
                pass

    async def _logged_in(self, gateway: Gateway, account: str) -> None:
        try:
            shown = (await gateway.contact(account)).name
        except GatewayError:
            shown = ""
        self._news.me = Me(account, shown, self._habits.bot_name)
        self._become(ChannelState.ONLINE)
        log.info("logged in to WeChat", account=account)

    def _scan(self, payload: dict[str, Any]) -> None:
        """Show the code that somebody must scan."""
        code = str(payload.get("qrcode") or "")
        if payload.get("status") in SCANNED or not code:
            self._become(ChannelState.SCAN)
            return
        if code != self.health.code:
            log.warning("scan the code with WeChat to log in: in this terminal, or on the page /channels")
            self._show_code(code)
        self._become(ChannelState.SCAN, code=code)

    async def _refuse(self) -> None:
        self._become(ChannelState.REFUSED, why="token")
        log.error("the gateway refuses the token: set SHAOZI_WECHATY_TOKEN to the gateway's own")
        await self._alert("refused", f"refused:{self._clock.now():%Y%m%d%H%M}")

    def _become(self, state: ChannelState, *, code: str | None = None, why: str = "") -> None:
        self.health.becomes(state, self._clock.now(), code=code, why=why)

    async def _alert(self, key: str, once: str) -> None:
        await self._inlet.alert(NAME, key, f"{NAME}:{once}")
