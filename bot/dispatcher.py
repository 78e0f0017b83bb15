"""The dispatcher: what has arrived goes to the writer as one batch; only then is it acknowledged."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

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


class Waiting(NamedTuple):
    """A message that is to be taken in, and who waits for that; what was looked up for it, if it was."""

    inbound: Inbound
    done: asyncio.Future[str]
    looked: bool = False
    ahead: Any = None


class Dispatcher:
    """Takes messages from all channels, in the order they arrive, and hands them to the one writer.

    A batch that the store refuses (a full disk, a locked file) is kept and tried again; until it is on disk
    nobody is told that it was taken in. What asks for sums over many cases waits beside the others until a
    thread that only reads has made them.
    """

    def __init__(self, intake: Intake, writer: Writer, random: Random, committed: Callable[[], None]) -> None:
        self._intake = intake
        self._writer = writer
        self._random = random
        self._committed = committed
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue(MOST_WAITING)
        self._looking: set[asyncio.Task[None]] = set()
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
        for looking in self._looking:
            looking.cancel()
        await asyncio.gather(*self._looking, return_exceptions=True)
        while not self._queue.empty():
            self._queue.get_nowait().done.cancel()

    async def accept(self, inbound: Inbound) -> str:
        """Take a message in; return what became of it once that is on disk."""
        done: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        await self._queue.put(Waiting(inbound.cleaned(), done))
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
                for part in self._parts(self._set_aside(batch)):
                    await self._hand_over(part)
            except asyncio.CancelledError:
                for one in batch:
                    one.done.cancel()
                raise

    def _set_aside(self, batch: list[Waiting]) -> list[Waiting]:
        """Have looked up what takes long, and return the rest."""
        long = [one for one in batch if not one.looked and self._intake.may_search(one.inbound)]
        for one in long:
            looking = asyncio.create_task(self._look_ahead(one))
            self._looking.add(looking)
            looking.add_done_callback(self._looking.discard)
        return [one for one in batch if one not in long]

    async def _look_ahead(self, one: Waiting) -> None:
        try:
            ahead = await asyncio.to_thread(self._intake.look_ahead, one.inbound)
        except asyncio.CancelledError:
            one.done.cancel()
            raise
        except Exception as error:  # noqa: BLE001  the writer looks it up, and says what is wrong with it
            log.warning("not looked up ahead", error=type(error).__name__)
            ahead = None
        await self._queue.put(one._replace(looked=True, ahead=ahead))

    def _gather(self, batch: list[Waiting]) -> None:
        """Take along what has arrived meanwhile: under load that is a batch, and nobody waits for company."""
        while len(batch) < BATCH and not self._queue.empty():
            batch.append(self._queue.get_nowait())

    def _parts(self, batch: list[Waiting]) -> Iterator[list[Waiting]]:
        """Yield what may be taken in beside other workers, then what may not; a room's own order is kept."""
        barred: set[str | None] = set()
        beside: list[Waiting] = []
        rest: list[Waiting] = []
        for one in batch:
            room = one.inbound.room
            if room in barred or not self._intake.may_go_beside(one.inbound):
                barred.add(room)
                rest.append(one)
            else:
                beside.append(one)
        yield from (part for part in (beside, rest) if part)

    async def _hand_over(self, batch: list[Waiting]) -> None:
        tries = 0
        messages = [one.inbound for one in batch]
        ahead = {one.inbound.message_id: one.ahead for one in batch if one.ahead is not None}
        while True:
            try:
                went = await self._writer.run(self._intake.take, messages, ahead)
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
        for one, route in zip(batch, went, strict=True):
            if not one.done.done():
                one.done.set_result(route)
        self._committed()
