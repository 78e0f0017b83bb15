"""The sender: claims what is due with a lease, sends it, marks it."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from bot.backoff import Backoff
from bot.channels.base import DeliveryError, NotYetError, split
from bot.webhooks.channel import WebhookGoneError
from bot.worker_shift import ALONE
from data.domain.messages import MessageKind
from data.repositories.sending import MAX_ATTEMPTS
from handlers.deliveries import delivered, given_up
from handlers.saying.charts import CHART
from handlers.saying.qr import QR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from random import Random

    from sqlalchemy.engine import Row

    from bot.channels.base import Channel
    from bot.charts import Drawer
    from bot.worker_shift import WorkerShift
    from bot.writer import Writer
    from data.domain.clock import Clock
    from data.domain.messages import Claimed, Outgoing
    from data.store import Store
    from data.uow import UnitOfWork
    from handlers.context import House


log = structlog.get_logger()
LEASE = timedelta(minutes=2)
CLAIM = 50
BACKOFF = Backoff(2.0, 600.0)
REST = 1.0  # seconds between two looks, if nobody wakes it


@dataclass(frozen=True, slots=True)
class SendTried:
    """What came of sending one message: its id, or the error."""

    claimed: Claimed
    message_id: str | None = None
    media: str | None = None  # a chart, as it was drawn
    error: DeliveryError | None = None


class Pace:
    """When an account may speak next: one message at a time, and a pause of some seconds after each."""

    def __init__(self, pause: tuple[float, float], random: Random) -> None:
        self._pause = pause
        self._random = random
        self._speaking = False
        self._free: datetime | None = None

    def begins(self) -> None:
        """Note that a message is being sent."""
        self._speaking = True

    def ends(self, now: datetime) -> None:
        """Note that it was sent, or failed."""
        self._speaking = False
        self._free = now + timedelta(seconds=self._random.uniform(*self._pause))

    def wait(self, now: datetime) -> float:
        """Return for how many seconds nothing may be sent."""
        if self._speaking:
            return float("inf")
        return max(0.0, (self._free - now).total_seconds()) if self._free else 0.0


class Sender:
    """Sends the outbox: in one lane in order, the lanes side by side, each channel at its own pace.

    A row is claimed when it may be sent at once: what waits for its turn, or for a channel that is away, is
    not claimed, so that no lease ends and no try is used up meanwhile.
    """

    def __init__(
        self,
        store: Store,
        house: House,
        clock: Clock,
        writer: Writer,
        *,
        channels: Mapping[str, Channel],
        random: Random,
        charts: Drawer | None = None,
        shift: WorkerShift = ALONE,
    ) -> None:
        self._charts = charts
        self._shift = shift
        self._store = store
        self._house = house
        self._clock = clock
        self._writer = writer
        self._channels = channels
        self._random = random
        self._wake = asyncio.Event()
        self._tried: list[SendTried] = []
        self._sending: set[asyncio.Task[None]] = set()
        self._paces = {
            name: Pace(channel.limits.pause, random)
            for name, channel in channels.items()
            if channel.limits.pause[1] > 0
        }
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to send."""
        self._task = asyncio.create_task(self._run(), name="sender")

    async def stop(self) -> None:
        """Let what is being sent end, mark it, and stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._sending:
            await asyncio.wait(self._sending, timeout=10)
        if self._tried:
            await self._writer.run(self.cycle, self._tried, claim=False)

    def wake(self) -> None:
        """Say that something may be due."""
        self._wake.set()

    async def drain(self) -> None:
        """Send everything that is due now, one after the other, in order."""
        tried: list[SendTried] = []
        while True:
            claimed = await self._writer.run(self.cycle, tried)
            if not claimed and not tried:
                return
            tried = [await self._try(message) for message in claimed]

    def cycle(self, tried: Sequence[SendTried], *, claim: bool = True) -> list[Claimed]:
        """Mark what was tried and claim what is due, in one transaction."""
        now = self._clock.now()
        claimed: list[Claimed] = []
        with self._store.write(beside=True) as uow:
            uow.hold(None if any(one.claimed.purposes for one in tried) else ())
            for one in tried:
                self._mark(uow, one, now)
            if claim:
                claimed = self._claim(uow, now)
            uow.commit()
        for one in tried:
            if pace := self._paces.get(one.claimed.outgoing.channel):
                pace.ends(now)
        for message in claimed:
            if pace := self._paces.get(message.outgoing.channel):
                pace.begins()
        return claimed

    def _claim(self, uow: UnitOfWork, now: datetime) -> list[Claimed]:
        """Claim the first due row of each lane; what keeps quiet hours is put off."""
        policy = self._house.policy
        claimed: list[Claimed] = []
        put_off = True
        while put_off:
            put_off = False
            for head in self._heads(uow, now, {one.outgoing.channel for one in claimed}):
                morning = policy.quiet.hold(now, policy.work) if head.quiet else now
                if morning > now:
                    uow.sending.postpone(head.id, morning)
                    put_off = True
                elif taken := uow.sending.claim(head, now, LEASE, self._shift.me):
                    claimed.append(taken)
        return claimed

    def _heads(self, uow: UnitOfWork, now: datetime, speaking: AbstractSet[str]) -> Iterator[Row[Any]]:
        """Yield what may be sent now: on a channel with a pace of its own, one message after another."""
        away = {
            name
            for name, channel in self._channels.items()
            if not (channel.health.ready and self._shift.sends(name))
        }
        yield from uow.sending.heads(now, CLAIM, but=away | self._paces.keys())
        for name, pace in self._paces.items():
            if name not in away | speaking and pace.wait(now) == 0:
                yield from uow.sending.head_of(name, now)

    def _mark(self, uow: UnitOfWork, one: SendTried, now: datetime) -> None:
        ids, tries = one.claimed.ids, one.claimed.tries + 1
        if one.error is None:
            if uow.sending.sent(ids, one.message_id, now, media=one.media, holder=self._shift.me):
                delivered(self._house, uow, one.claimed, now)
            return
        if isinstance(one.error, NotYetError):
            uow.sending.put_off(ids, now + timedelta(seconds=one.error.seconds), holder=self._shift.me)
            return
        dead = one.error.permanent or tries >= MAX_ATTEMPTS
        wait = timedelta(seconds=BACKOFF.wait(tries, self._random))
        try_at = None if dead else now + wait
        mine = uow.sending.failed(ids, str(one.error), try_at, holder=self._shift.me)
        if dead and mine:
            given_up(self._house, uow, one.claimed, now, gone=isinstance(one.error, WebhookGoneError))
        log.log(
            logging.ERROR if dead else logging.WARNING,
            "message given up" if dead else "message not sent, will be tried again",
            channel=one.claimed.outgoing.channel,
            outbox=ids[0],
            tries=tries,
            error=str(one.error),
        )

    async def _run(self) -> None:
        failures = 0
        while True:
            tried, self._tried = self._tried, []
            try:
                claimed = await self._writer.run(self.cycle, tried)
                failures = 0
            except asyncio.CancelledError:
                self._tried = tried + self._tried
                raise
            except Exception as error:  # noqa: BLE001  whatever the store says, the sender goes on
                self._tried = tried + self._tried
                failures += 1
                log.warning("outbox not read, will be tried again", error=type(error).__name__)
                await asyncio.sleep(BACKOFF.wait(failures, self._random))
                continue
            for message in claimed:
                task = asyncio.create_task(self._send(message))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._rest()):
                    await self._wake.wait()
            self._wake.clear()

    def _rest(self) -> float:
        """Return for how many seconds one may look away: one, or until an account may speak again."""
        now = self._clock.now()
        waits = [pace.wait(now) for pace in self._paces.values()]
        return min([REST, *(wait for wait in waits if wait > 0)])

    async def _send(self, message: Claimed) -> None:
        tried = await self._try(message)  # first: meanwhile the list is another
        self._tried.append(tried)
        self.wake()

    async def _try(self, message: Claimed) -> SendTried:
        """Send one message, in parts if it is too long."""
        outgoing = message.outgoing
        channel = self._channels.get(outgoing.channel)
        if channel is None:
            return SendTried(message, error=DeliveryError(f"no channel {outgoing.channel}"))
        try:
            outgoing, media = await self._drawn(outgoing)
            return SendTried(message, await self._parts(channel, outgoing), media)
        except DeliveryError as error:
            return SendTried(message, error=error)
        except Exception as error:  # noqa: BLE001  a channel's fault holds back its lane, nothing else
            return SendTried(message, error=DeliveryError(type(error).__name__))

    async def _drawn(self, outgoing: Outgoing) -> tuple[Outgoing, str | None]:
        """Draw a chart or code that is to be sent; where nobody draws (in a replay), its words go alone."""
        if outgoing.media is None or not outgoing.media.startswith((CHART, QR)):
            return outgoing, None
        if self._charts is None:
            return replace(outgoing, media=None, kind=MessageKind.TEXT), None
        media = await asyncio.to_thread(self._charts.draw, outgoing)
        return replace(outgoing, media=media), media

    async def _parts(self, channel: Channel, outgoing: Outgoing) -> str | None:
        if outgoing.kind is MessageKind.FILE:
            return await channel.send(outgoing)
        first, *rest = split(outgoing.text, channel.limits.text, octets=channel.limits.octets)
        message_id = await channel.send(replace(outgoing, text=first))
        for number, text in enumerate(rest, start=2):
            part = replace(outgoing, text=text, mentions=(), media=None, kind=MessageKind.TEXT)
            await channel.send(replace(part, key=f"{outgoing.key}/{number}"))
        return message_id
