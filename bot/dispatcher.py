"""The dispatcher: what has arrived goes to the writer as one batch; only then is it acknowledged."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from bot.backoff import Backoff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from bot.intake import Intake
    from bot.writer import Writer
    from data.domain.messages import Inbound

log = structlog.get_logger()
MOST_WAITING = 10_000
BATCH = 50


class Dispatcher:
    """Takes messages from all channels, in the order they arrive, and hands them to the one writer.

    A batch that the store refuses (a full disk, a locked file) is kept and tried again; until it is on disk
    nobody is told that it was taken in.
    """

    def __init__(self, intake: Intake, writer: Writer, random: Random, committed: Callable[[], None]) -> None:
        self._intake = intake
        self._writer = writer
        self._random = random
        self._committed = committed
        self._queue: asyncio.Queue[tuple[Inbound, asyncio.Future[str]]] = asyncio.Queue(MOST_WAITING)
        self._task: asyncio.Task[None] | None = None
        self._backoff = Backoff(0.1, 10.0)

    def start(self) -> None:
        """Begin to hand over what arrives."""
        self._task = asyncio.create_task(self._run(), name="dispatcher")

    async def stop(self) -> None:
        """Stop; what is not on disk yet is not acknowledged, and its channel will bring it again."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        while not self._queue.empty():
            self._queue.get_nowait()[1].cancel()

    async def accept(self, inbound: Inbound) -> str:
        """Take a message in; return what became of it once that is on disk."""
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        await self._queue.put((inbound.cleaned(), done))
        return await done

    async def alert(self, channel: str, key: str, once: str, **values: str) -> None:
        """Tell the operators what is wrong with a channel, or new on it."""
        try:
            told = await self._writer.run(self._intake.alert, channel, key, once, values)
        except Exception as error:  # noqa: BLE001  the channel goes on, whatever the store says
            log.error("alert not stored", key=key, error=type(error).__name__)  # noqa: TRY400
            return
        log.info("operators alerted", channel=channel, key=key, told=told)
        self._committed()

    async def _run(self) -> None:
        while True:
            batch = [await self._queue.get()]
            try:
                self._gather(batch)
                for part in self._parts(batch):
                    await self._hand_over(part)
            except asyncio.CancelledError:
                for _, done in batch:
                    done.cancel()
                raise

    def _gather(self, batch: list[tuple[Inbound, asyncio.Future[str]]]) -> None:
        """Take along what has arrived meanwhile: under load that is a batch, and nobody waits for company."""
        while len(batch) < BATCH and not self._queue.empty():
            batch.append(self._queue.get_nowait())

    def _parts(
        self, batch: list[tuple[Inbound, asyncio.Future[str]]]
    ) -> Iterator[list[tuple[Inbound, asyncio.Future[str]]]]:
        """Yield what may be taken in beside other workers, then what may not; a room's own order is kept."""
        barred: set[str | None] = set()
        beside: list[tuple[Inbound, asyncio.Future[str]]] = []
        rest: list[tuple[Inbound, asyncio.Future[str]]] = []
        for one in batch:
            if one[0].room in barred or not self._intake.may_go_beside(one[0]):
                barred.add(one[0].room)
                rest.append(one)
            else:
                beside.append(one)
        yield from (part for part in (beside, rest) if part)

    async def _hand_over(self, batch: list[tuple[Inbound, asyncio.Future[str]]]) -> None:
        tries = 0
        while True:
            try:
                went = await self._writer.run(self._intake.take, [inbound for inbound, _ in batch])
                break
            except Exception as error:  # noqa: BLE001  whatever the store says, the batch must not be lost
                tries += 1
                wait = self._backoff.wait(tries, self._random)
                log.warning(
                    "batch not stored, will be tried again",
                    messages=len(batch),
                    tries=tries,
                    error=type(error).__name__,
                )
                await asyncio.sleep(wait)
        for (_, done), route in zip(batch, went, strict=True):
            if not done.done():
                done.set_result(route)
        self._committed()
