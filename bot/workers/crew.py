"""The crew: this worker and the others. What is said in a room goes to the one whose share the room is in.

A page may be open at any worker. What it says is handed to the room's worker, which takes it in as one bot
would and tells all of them in the same commit: then it is acknowledged where it was said, and shown by all.
Where no answer comes, because that worker is no more or a note was lost, it is handed over again; the store
knows every message by its id.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import ChannelState
from bot.channels.web import WebChannel
from bot.workers.notes import inbound_of, of_inbound, of_outgoing, outgoing_of
from bot.workers.roll import BEAT, RollKeeper
from bot.workers.shares import TICKER, lease_of, share_of
from bot.workers.wire import WorkerWire

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

    from bot.channels.base import Channel, Inlet
    from bot.workers.notes import Note
    from data.domain.clock import Clock
    from data.domain.messages import Inbound, Outgoing
    from data.store import Store
    from data.uow import UnitOfWork

log = structlog.get_logger()
LOOK = 0.25  # seconds between two looks whether a room has found its worker
LOOKS = 12  # then a message is handed over again
SKEW = timedelta(minutes=1)  # that the database's clock may differ from ours before somebody is told
MISSED = timedelta(minutes=1)  # what was said so long before the wire broke is looked up, too
Id = tuple[str, str]


class Crew:
    """One worker's place among the others."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        channels: Mapping[str, Channel],
        random: Random,
    ) -> None:
        self._store = store
        self._clock = clock
        self._channels = channels
        self._single = {name for name, channel in channels.items() if not channel.limits.everywhere}
        self._pages = {name: one for name, one in channels.items() if isinstance(one, WebChannel)}
        # others count how fast one may speak: what is said there is said by one, wherever it is heard
        self.register = RollKeeper(store, [lease_of(name) for name in channels if name not in self._pages])
        self._wire = WorkerWire(store.engines.url, self.me, random, heard=self._hear, back=self._back)
        self._inlet: Inlet | None = None
        self._wake: Callable[[], None] = lambda: None
        self._waiting: dict[Id, asyncio.Future[str]] = {}
        self._at_work: dict[Id, str] = {}  # what others handed to us, and who
        self._tasks: set[asyncio.Task[None]] = set()
        self._started: set[str] = set()
        self._soon = asyncio.Event()  # a beat is wanted before its time
        self._settling = asyncio.Lock()
        self._beating: asyncio.Task[None] | None = None
        self._deaf_since: datetime | None = None

    # What the sender, the ticker and the intake ask

    @property
    def me(self) -> str:
        """The name under which this worker holds what it does."""
        return self.register.me

    @property
    def ticks(self) -> bool:
        """Whether this worker fires what falls due."""
        return self._holds(TICKER)

    def sends(self, channel: str) -> bool:
        """Whether this worker may send on a channel."""
        return self.register.stands if channel in self._pages else self._holds(lease_of(channel))

    def tell(self, uow: UnitOfWork, batch: Sequence[Inbound], went: Sequence[str]) -> None:
        """Let the others show what was said on pages, and acknowledge what they handed over."""
        for inbound, route in zip(batch, went, strict=True):
            known = inbound.channel, inbound.message_id
            if known in self._at_work or inbound.channel in self._pages:
                note = {"k": "took", "by": self.me, "went": route, "inbound": of_inbound(inbound)}
                self._wire.say_with(uow, note)

    # What channels hand in

    async def accept(self, inbound: Inbound) -> str:
        """Have a message taken in by whoever has its room; return what became of it once it is on disk."""
        inbound = inbound.cleaned()
        known = inbound.channel, inbound.message_id
        lease = self._lease_of(inbound)
        answer = self._waiting.setdefault(known, asyncio.get_running_loop().create_future())
        try:
            while not answer.done():
                holder = self._holder(lease)
                if holder == self.me and self._inlet is not None:
                    return await self._inlet.accept(inbound)
                if holder is None:
                    await asyncio.sleep(LOOK)
                else:
                    await self._hand_over(inbound, holder, answer)
            return answer.result()
        finally:
            self._waiting.pop(known, None)

    async def alert(self, channel: str, key: str, once: str, **values: str) -> None:
        """Tell the operators what is wrong with a channel."""
        if self._inlet is not None:
            await self._inlet.alert(channel, key, once, **values)

    async def spread(self, outgoing: Outgoing, at: datetime) -> None:
        """Have something the bot says shown on the pages of all the others; raise if they cannot be told."""
        note = {"k": "said", "by": self.me, "at": at.isoformat(), "outgoing": of_outgoing(outgoing)}
        await self._wire.say(note)

    # Coming and going

    async def start(self, inlet: Inlet, wake: Callable[[], None]) -> None:
        """Join: sign on, listen to the others, take what is free, start what is ours."""
        self._inlet, self._wake = inlet, wake
        await asyncio.to_thread(self.register.sign_on)
        await self._wire.start()
        await self._look_at_the_clock()
        for page in self._pages.values():
            page.join(self)
        for name, channel in self._channels.items():
            if name in self._single:
                channel.health.becomes(ChannelState.ELSEWHERE, self._clock.now())
            else:
                await channel.start(self)
        await self._settle(moved=True)
        self._beating = asyncio.create_task(self._beat(), name="crew")

    async def retire(self) -> None:
        """Hand over what is ours; what has begun is ended by us."""
        if self._beating is None:
            return
        self._beating.cancel()
        await asyncio.gather(self._beating, return_exceptions=True)
        for name, channel in self._channels.items():
            if name in self._started or name not in self._single:
                await channel.stop()
        with suppress(SQLAlchemyError):
            await asyncio.to_thread(self.register.leave)
        await self._nudge()
        self._beating = asyncio.create_task(self._beat(), name="crew")  # it stands until all is sent

    async def stop(self) -> None:
        """Leave the crew: give up what is held, and close the wire."""
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.gather(self._beating, *self._tasks, return_exceptions=True)
            with suppress(SQLAlchemyError):
                await asyncio.to_thread(self.register.sign_off)
            await self._nudge()
        await self._wire.stop()

    # Inside

    def _holder(self, lease: str) -> str | None:
        """Return who holds a lease, for all we know; None while we hear nothing of the store."""
        return self.register.roll.holders.get(lease) if self.register.stands else None

    def _holds(self, lease: str) -> bool:
        return self._holder(lease) == self.me

    def _lease_of(self, inbound: Inbound) -> str:
        if inbound.channel in self._single:
            return lease_of(inbound.channel)
        return share_of(inbound.channel, inbound.room, inbound.sender)

    async def _hand_over(self, inbound: Inbound, holder: str, answer: asyncio.Future[str]) -> None:
        """Give a message to the worker it is for, and wait for the answer as long as there may be one."""
        try:
            await self._wire.say({"k": "say", "by": self.me, "inbound": of_inbound(inbound)}, to=holder)
        except Exception as error:  # noqa: BLE001  a wire that is down is up again by and by: the beat says so
            log.debug("not handed over, trying again", worker=holder, error=type(error).__name__)
            await asyncio.sleep(LOOK)
            return
        for _ in range(LOOKS):
            await asyncio.wait((answer,), timeout=LOOK)
            if answer.done() or self._holder(self._lease_of(inbound)) != holder:
                return
        log.debug("no answer from the room's worker, handing over again", worker=holder)

    async def _hear(self, note: Note) -> None:
        """Do what a note of another worker asks for."""
        if note.get("by") == self.me:
            return
        kind = note.get("k")
        if kind == "beat":
            self._soon.set()
        elif kind == "say":
            self._take_over(inbound_of(note["inbound"]), note["by"])
        elif kind == "took":
            await self._taken(inbound_of(note["inbound"]), note["went"])
        elif kind == "said":
            self._show(outgoing_of(note["outgoing"]), datetime.fromisoformat(note["at"]))

    def _take_over(self, inbound: Inbound, by: str) -> None:
        known = inbound.channel, inbound.message_id
        if known in self._at_work or self._inlet is None:
            return
        self._at_work[known] = by
        task = asyncio.create_task(self._take_in(inbound), name="handed over")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take_in(self, inbound: Inbound) -> None:
        known = inbound.channel, inbound.message_id
        try:
            if self._inlet is not None:
                await self._show_heard(inbound, await self._inlet.accept(inbound))
        finally:
            self._at_work.pop(known, None)

    async def _taken(self, inbound: Inbound, went: str) -> None:
        """Acknowledge what was handed over; show what was said to others' pages to ours."""
        answer = self._waiting.get((inbound.channel, inbound.message_id))
        if answer is not None:
            if not answer.done():
                answer.set_result(went)
            return  # whoever waits for it shows it
        await self._show_heard(inbound, went)

    async def _show_heard(self, inbound: Inbound, went: str) -> None:
        if page := self._pages.get(inbound.channel):
            await page.taken(inbound, went)

    def _show(self, outgoing: Outgoing, at: datetime) -> None:
        if page := self._pages.get(outgoing.channel):
            page.says(outgoing, at)

    async def _back(self) -> None:
        """Look up what was missed while others were not heard."""
        since, self._deaf_since = self._deaf_since, None
        self._soon.set()
        if since is not None:
            for page in self._pages.values():
                await page.catch_up(since - MISSED)

    async def _beat(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(BEAT):
                    await self._soon.wait()
            self._soon.clear()
            if not self._wire.listens and self._deaf_since is None:
                self._deaf_since = self._clock.now()
            try:
                moved = await asyncio.to_thread(self.register.beat)
            except SQLAlchemyError as error:
                log.warning("no beat, trying again", error=type(error).__name__)
                continue
            await self._settle(moved=moved)

    async def _settle(self, *, moved: bool) -> None:
        """Tell the others that something changed hands; start and stop the channels of one alone."""
        if moved:
            await self._nudge()
            self._wake()
        task = asyncio.create_task(self._start_and_stop(), name="channels of one")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start_and_stop(self) -> None:
        async with self._settling:
            for name in sorted(self._single):
                channel, mine = self._channels[name], self._holds(lease_of(name))
                if mine and name not in self._started:
                    self._started.add(name)
                    await channel.start(self)
                elif not mine and name in self._started and self.register.stands:
                    self._started.discard(name)
                    await channel.stop()
                    channel.health.becomes(ChannelState.ELSEWHERE, self._clock.now())

    async def _nudge(self) -> None:
        """Ask the others to beat now."""
        try:
            await self._wire.say({"k": "beat", "by": self.me})
        except Exception as error:  # noqa: BLE001  they see it at their next beat
            log.debug("others not told", error=type(error).__name__)

    async def _look_at_the_clock(self) -> None:
        """Say when the database's clock is far from ours: its own is used for leases only."""

        def ahead() -> timedelta:
            with self._store.read() as uow:
                return uow.workers.now() - self._clock.now()

        differs = await asyncio.to_thread(ahead)
        if abs(differs) > SKEW:
            log.warning(
                "the database's clock differs from this machine's", seconds=round(differs.total_seconds())
            )
