"""The sender: claims what is due with a lease, sends it, marks it."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.backoff import Backoff
from bot.channels.base import DeliveryError, split
from data.outbox import MAX_ATTEMPTS
from handlers.delivered import delivered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from random import Random

    from bot.channels.base import Channel
    from bot.writer import Writer
    from data.domain.clock import Clock
    from data.domain.messages import Outgoing
    from data.outbox import Claimed
    from data.store import Store
    from data.uow import UnitOfWork
    from handlers.context import House

log = structlog.get_logger()
LEASE = timedelta(minutes=2)
CLAIM = 50
BACKOFF = Backoff(2.0, 600.0)


@dataclass(frozen=True, slots=True)
class Tried:
    """How one message went."""

    claimed: Claimed
    message_id: str | None = None
    error: DeliveryError | None = None


class Sender:
    """Sends the outbox: in one lane in order, the lanes side by side, each channel at its own pace."""

    def __init__(
        self,
        store: Store,
        house: House,
        clock: Clock,
        writer: Writer,
        *,
        channels: Mapping[str, Channel],
        random: Random,
    ) -> None:
        self._store = store
        self._house = house
        self._clock = clock
        self._writer = writer
        self._channels = channels
        self._random = random
        self._wake = asyncio.Event()
        self._tried: list[Tried] = []
        self._sending: set[asyncio.Task[None]] = set()
        self._pace = {name: asyncio.Lock() for name in channels}
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
        tried: list[Tried] = []
        while True:
            claimed = await self._writer.run(self.cycle, tried)
            if not claimed and not tried:
                return
            tried = [await self._try(message) for message in claimed]

    def cycle(self, tried: Sequence[Tried], *, claim: bool = True) -> list[Claimed]:
        """Mark what was tried and claim what is due, in one transaction."""
        now = self._clock.now()
        claimed: list[Claimed] = []
        with self._store.write() as uow:
            for one in tried:
                self._mark(uow, one, now)
            if claim:
                claimed = self._claim(uow, now)
            uow.commit()
        return claimed

    def _claim(self, uow: UnitOfWork, now: datetime) -> list[Claimed]:
        """Claim the first due row of each lane; what keeps quiet hours is put off."""
        policy = self._house.policy
        claimed: list[Claimed] = []
        put_off = True
        while put_off:
            put_off = False
            for head in uow.outbox.heads(now, CLAIM):
                morning = policy.quiet.hold(now, policy.work) if head.quiet else now
                if morning > now:
                    uow.outbox.postpone(head.id, morning)
                    put_off = True
                else:
                    claimed.append(uow.outbox.claim(head, now, LEASE))
        return claimed

    def _mark(self, uow: UnitOfWork, one: Tried, now: datetime) -> None:
        ids, tries = one.claimed.ids, one.claimed.tries + 1
        if one.error is None:
            uow.outbox.sent(ids, one.message_id, now)
            delivered(self._house, uow, one.claimed, now)
            return
        dead = one.error.permanent or tries >= MAX_ATTEMPTS
        wait = timedelta(seconds=BACKOFF.wait(tries, self._random))
        uow.outbox.failed(ids, str(one.error), None if dead else now + wait)
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
                async with asyncio.timeout(1.0):
                    await self._wake.wait()
            self._wake.clear()

    async def _send(self, message: Claimed) -> None:
        self._tried.append(await self._try(message))
        self.wake()

    async def _try(self, message: Claimed) -> Tried:
        """Send one message at its channel's pace, in parts if it is too long."""
        outgoing = message.outgoing
        channel = self._channels.get(outgoing.channel)
        if channel is None:
            return Tried(message, error=DeliveryError(f"no channel {outgoing.channel}"))
        try:
            if channel.limits.pause[1] <= 0:
                return Tried(message, await self._parts(channel, outgoing))
            async with self._pace[outgoing.channel]:
                sent = Tried(message, await self._parts(channel, outgoing))
                await asyncio.sleep(self._random.uniform(*channel.limits.pause))
                return sent
        except DeliveryError as error:
            return Tried(message, error=error)
        except Exception as error:  # noqa: BLE001  a channel's fault holds back its lane, nothing else
            return Tried(message, error=DeliveryError(type(error).__name__))

    async def _parts(self, channel: Channel, outgoing: Outgoing) -> str | None:
        first, *rest = split(outgoing.text, channel.limits.text)
        message_id = await channel.send(replace(outgoing, text=first))
        for number, text in enumerate(rest, start=2):
            await channel.send(replace(outgoing, text=text, mentions=(), key=f"{outgoing.key}/{number}"))
        return message_id
