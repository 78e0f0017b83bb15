"""The wire between workers: PostgreSQL's LISTEN and NOTIFY.

Notes are not kept: whoever does not listen misses them. What must not be lost lies in the store, or comes
again because nobody has answered.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import text

from bot.backoff import Backoff
from bot.workers.notes import Cutter, Gatherer
from data.engine import at_the_wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from random import Random

    from psycopg import AsyncConnection
    from sqlalchemy.engine import URL

    from bot.workers.notes import Note
    from data.uow import UnitOfWork

log = structlog.get_logger()
ALL = "shaozi"
PATIENCE = 5.0  # seconds
LOOK = 5.0  # seconds of silence, then the connection is tried
BACKOFF = Backoff(0.2, 3.0)
_NOTIFY = text("SELECT pg_notify(:to, :part)")


class WorkerWire:
    """One worker's end: what others tell all, or it alone, goes to `heard`, in the order it was told."""

    def __init__(
        self,
        url: URL,
        me: str,
        random: Random,
        *,
        heard: Callable[[Note], Awaitable[None]],
        back: Callable[[], Awaitable[None]],
    ) -> None:
        self._url = url
        self._me = me
        self._random = random
        self._heard = heard
        self._back = back
        self._cutter = Cutter(me)
        self._mouth: AsyncConnection[Any] | None = None
        self._turn = asyncio.Lock()
        self._listening = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def listens(self) -> bool:
        """Whether it hears what is told now."""
        return self._listening.is_set()

    async def start(self) -> None:
        """Begin to listen; a server that is not there yet is tried again and again."""
        self._task = asyncio.create_task(self._run(), name="wire")
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._listening.wait()

    async def stop(self) -> None:
        """Close the connection."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._hang_up()

    async def say(self, note: Mapping[str, Any], to: str | None = None) -> None:
        """Tell all the others something, or one of them; raise what the database raises if it cannot be."""
        async with self._turn:
            try:
                async with asyncio.timeout(PATIENCE):
                    if self._mouth is None:
                        self._mouth = await at_the_wire(self._url)
                    for part in self._cutter.cut(note):
                        await self._mouth.execute("SELECT pg_notify(%s, %s)", (_address(to), part))
            except BaseException:
                await self._hang_up()
                raise

    def say_with(self, uow: UnitOfWork, note: Mapping[str, Any]) -> None:
        """Tell all the others something as soon as a unit of work is committed, and only then."""
        rows = [{"to": ALL, "part": part} for part in self._cutter.cut(note)]
        for row in rows:
            uow.connection.execute(_NOTIFY, row)

    async def _hang_up(self) -> None:
        mouth, self._mouth = self._mouth, None
        if mouth is not None:
            with suppress(Exception):
                await mouth.close()

    async def _run(self) -> None:
        failures = 0
        while True:
            try:
                async with asyncio.timeout(PATIENCE):
                    ear = await at_the_wire(self._url)
                    for name in (ALL, _address(self._me)):
                        await ear.execute(f'LISTEN "{name}"')
                failures = 0
                try:
                    self._listening.set()
                    await self._back()
                    await self._listen(ear)
                finally:
                    self._listening.clear()
                    with suppress(Exception):
                        await ear.close()
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001  whatever the server says, one listens again
                failures += 1
                log.warning("not hearing the other workers, trying again", error=type(error).__name__)
                await asyncio.sleep(BACKOFF.wait(failures, self._random))

    async def _listen(self, ear: AsyncConnection[Any]) -> None:
        gathered = Gatherer()
        while True:
            async for heard in ear.notifies(timeout=LOOK):
                note = gathered.add(heard.payload)
                if note is not None:
                    await self._hear(note)
            async with asyncio.timeout(PATIENCE):
                await ear.execute("SELECT 1")  # a connection that is dead says so only when it is used

    async def _hear(self, note: Note) -> None:
        try:
            await self._heard(note)
        except Exception as error:  # noqa: BLE001  one note that cannot be read does not make it deaf
            log.error("a note of another worker failed", error=type(error).__name__)  # noqa: TRY400


def _address(worker: str | None) -> str:
    return f"{ALL}_{worker}" if worker else ALL
