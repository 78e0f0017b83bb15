"""企业微信 (WeCom): its callbacks are heard, and what is said goes by its API. It knows no case."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from bot.backoff import Backoff
from bot.channels.base import ChannelState, DeliveryError, Health, Limits, NotYetError
from bot.channels.lanes import Lanes
from bot.channels.wecom.api import ApiError, CodeError, SecretRefusedError, UnreachableError
from bot.channels.wecom.callbacks import CallbackError, Callbacks
from bot.channels.wecom.mouth import Mouth
from bot.channels.wecom.news import NAME, News, event_id, robot_sender
from bot.channels.wecom.response_addresses import ResponseAddresses
from handlers.context import Reach

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from random import Random

    from bot.channels.base import Inlet
    from bot.channels.downloads import Downloads
    from bot.channels.habits import Habits
    from bot.channels.wecom.api import WecomApi
    from bot.channels.wecom.callbacks import Signed
    from bot.channels.wecom.envelope import Envelope
    from data.domain.clock import Clock
    from data.domain.messages import Outgoing

log = structlog.get_logger()
TEXT = 1_900  # bytes: what calls people, or marks a message, is added to it, and 2,048 are taken
BACKOFF = Backoff(0.5, 30.0)
AWAY = timedelta(minutes=5)  # an API that is away for so long is told to the operators
PROMPT = 0.8  # seconds: a callback is answered within one
LET_END = 5.0  # seconds for what was heard before a stop
NOT_TRUSTED = 60020  # our address is not among those that the application trusts


@dataclass(frozen=True, slots=True)
class WecomDoors:
    """What is open to us: an application, the robot that hears in groups, robots that speak there."""

    base: str
    corp: str = ""
    agent: int | None = None
    application: Envelope | None = None
    robot: Envelope | None = None
    robots: Mapping[str, str] = field(default_factory=dict)  # room → key


class Callback:
    """A callback on its way in; whoever brings it again waits for the same."""

    def __init__(self, work: Callable[[], Awaitable[None]]) -> None:
        self.work = work
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Take the callback in."""
        try:
            await self.work()
        except Exception:
            self.done.cancel()
            raise
        if not self.done.done():
            self.done.set_result(None)


class WecomChannel:
    """Private chats with the application, and groups where its robots are.

    A callback is acknowledged when what it tells is on disk; if that takes too long it is refused, WeCom
    brings it again, and it is taken in once all the same.
    """

    name = NAME

    def __init__(
        self,
        doors: WecomDoors,
        api: WecomApi,
        habits: Habits,
        clock: Clock,
        random: Random,
        *,
        downloads: Downloads,
        read: Callable[[str], bytes],
        again: str,
        prompt: float = PROMPT,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.limits = Limits(text=TEXT, octets=True, everywhere=True)  # a callback comes to any worker
        self.reach = Reach(private=doors.agent is not None or doors.robot is not None)
        self.health = Health(ChannelState.CONNECTING)
        self.application = Callbacks(doors.application, clock) if doors.application is not None else None
        self.robot = Callbacks(doors.robot, clock) if doors.robot is not None else None
        self._doors = doors
        self._api = api
        self._habits = habits
        self._clock = clock
        self._random = random
        self._downloads = downloads
        self._read = read
        self._again = again
        self._prompt = prompt
        self._rest = rest
        self._answers = ResponseAddresses(clock)
        self._jobs: dict[str, Callback] = {}
        self._probe: asyncio.Task[None] | None = None
        self._mouth: Mouth | None = None

    async def start(self, inlet: Inlet) -> None:
        """Begin to listen, and look whether WeCom is there."""
        self._inlet = inlet
        robot = self._doors.robot
        self._news = News(
            inlet,
            self._api,
            self._answers,
            self._habits,
            downloads=self._downloads,
            picture_key=robot.key if robot is not None else b"",
            base=self._doors.base,
            knows_people=self._doors.agent is not None,
            clock=self._clock,
            counts=self.health.counts,
        )
        self._mouth = Mouth(
            self._api,
            self._answers,
            self._news,
            agent=self._doors.agent,
            robots=self._doors.robots,
            read=self._read,
            clock=self._clock,
            counts=self.health.counts,
            again=self._again,
        )
        self._lanes = Lanes[Callback](lambda job: job.run())
        self._away()

    async def stop(self) -> None:
        """Take in what was heard, and let go."""
        if self._probe is not None:
            self._probe.cancel()
            with suppress(asyncio.CancelledError):
                await self._probe
        await self._lanes.close(LET_END)
        await self._api.stop()

    async def send(self, outgoing: Outgoing) -> str | None:
        """Say something; what may have arrived before is not said again where WeCom notices."""
        if self._mouth is None:
            raise RuntimeError("not started")
        try:
            return await self._mouth.send(outgoing)
        except UnreachableError:
            self._away()
            raise NotYetError("WeCom is away", 1.0) from None
        except SecretRefusedError as error:
            await self._refuse(error)
            raise DeliveryError(str(error)) from None

    async def told(self, callbacks: Callbacks, signed: Signed, body: bytes) -> bool:
        """Take in a callback; return whether it is on disk. Raise `CallbackError` if it is not let in."""
        if callbacks is self.application:
            fields = callbacks.xml(signed, body)
            self._require_ours(fields)
            chat, number = fields.get("FromUserName", ""), f"app:{event_id(fields)}"
            return await self._taken(chat, number, lambda: self._news.to_application(fields))
        frame = callbacks.json(signed, body)
        chat = str(frame.get("chatid") or robot_sender(frame))
        return await self._taken(chat, f"robot:{frame.get('msgid')}", lambda: self._news.to_robot(frame))

    def _require_ours(self, fields: Mapping[str, str]) -> None:
        """Raise unless a callback is for our corporation and our application."""
        ours = fields.get("ToUserName") == self._doors.corp
        agent = fields.get("AgentID", "")
        if not ours or (agent and agent != str(self._doors.agent)):
            raise CallbackError("corp or agent", 403)

    async def _taken(self, chat: str, number: str, work: Callable[[], Awaitable[None]]) -> bool:
        job = self._jobs.get(number)
        if job is None:
            job = self._jobs[number] = Callback(work)
            job.done.add_done_callback(lambda _: self._jobs.pop(number, None))
            await self._lanes.put(chat, job)
        done, _ = await asyncio.wait((job.done,), timeout=self._prompt)
        return bool(done) and not job.done.cancelled()

    def _away(self) -> None:
        """Wait for WeCom to be there."""
        if self.health.state is ChannelState.REFUSED:
            return
        self.health.becomes(ChannelState.CONNECTING, self._clock.now())
        if self._probe is None or self._probe.done():
            self._probe = asyncio.create_task(self._until_there(), name=NAME)

    async def _until_there(self) -> None:
        since, told, tries = self._clock.now(), False, 0
        while True:
            try:
                await self._api.reach()
            except SecretRefusedError as error:
                await self._refuse(error)
                return
            except CodeError as error:
                if not self._doors.agent:
                    break  # it answers: that is all there is to know
                why: ApiError = error
            except ApiError as error:
                why = error
            else:
                break
            tries += 1
            if isinstance(why, CodeError) and why.code == NOT_TRUSTED and not told:
                told = True
                await self._alert("not_trusted", f"ip:{since:%Y%m%d}")
            if not told and self._clock.now() - since > AWAY:
                told = True
                await self._alert("away", f"away:{since:%Y%m%d%H%M}")
            wait = BACKOFF.wait(tries, self._random)
            log.warning("WeCom away, will be tried again", error=str(why), seconds=round(wait, 1))
            await self._rest(wait)
        self.health.becomes(ChannelState.ONLINE, self._clock.now())

    async def _refuse(self, error: SecretRefusedError) -> None:
        if self.health.state is not ChannelState.REFUSED:
            self.health.becomes(ChannelState.REFUSED, self._clock.now(), why="wecom_secret")
            log.error("WeCom refuses the keys: check the corp and SHAOZI_WECOM_SECRET", error=str(error))
            await self._alert("refused", f"refused:{self._clock.now():%Y%m%d%H%M}")

    async def _alert(self, key: str, once: str, **values: Any) -> None:
        await self._inlet.alert(NAME, key, f"{NAME}:{once}", **values)
