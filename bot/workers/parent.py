"""The parent: starts workers that share one listener, and starts another where one has ended.

It does nothing else, so that nothing else can end it. Workers notice when it is no more, and end in peace.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from bot.backoff import Backoff

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence
    from random import Random

log = structlog.get_logger()
WRONG = 2  # a worker's exit code: it would end so again and again
HEALTHY = 20.0  # seconds; whoever ran so long is replaced at once
PATIENCE = 40.0  # seconds that a worker may take to end; it gives up by itself before
BACKOFF = Backoff(1.0, 8.0)


def command(options: Sequence[str]) -> list[str]:
    """Return how this program is started anew, wherever one stands."""
    return [sys.executable, "-P", "-m", "bot", "run", *options]


class Parent:
    """Keeps `count` workers running until it is told to stop."""

    def __init__(self, options: Sequence[str], count: int, listener: socket.socket, random: Random) -> None:
        self._options = options
        self._count = count
        self._listener = listener
        self._random = random
        self._stop = asyncio.Event()
        self._wrong = False
        self._workers: set[asyncio.subprocess.Process] = set()

    async def run(self, signals: Sequence[signal.Signals]) -> int:
        """Run until a signal comes, or a worker says that it can never go on; return the exit code."""
        loop = asyncio.get_running_loop()
        for number in signals:
            if signal.getsignal(number) is not signal.SIG_IGN:
                loop.add_signal_handler(number, self._told)
        ours, theirs = os.pipe()  # nothing is ever written: it ends when we do
        try:
            await asyncio.gather(*(self._keep(number, ours) for number in range(self._count)))
        finally:
            os.close(ours)
            os.close(theirs)
        return WRONG if self._wrong else 0

    def _told(self) -> None:
        """Pass a signal on; the second one makes the workers hurry, as it does a bot that is alone."""
        self._stop.set()
        for worker in self._workers:
            with suppress(ProcessLookupError):
                worker.send_signal(signal.SIGTERM)

    async def _keep(self, number: int, lifeline: int) -> None:
        """Have one worker run, and another one after it, until the end."""
        failures = 0
        while not self._stop.is_set():
            began = asyncio.get_running_loop().time()
            code = await self._one(lifeline)
            if self._stop.is_set():
                return
            if code == WRONG:
                self._wrong = True
                self._told()
                return
            ran = asyncio.get_running_loop().time() - began
            failures = 0 if ran >= HEALTHY else failures + 1
            log.warning("a worker ended, another one is started", number=number, code=code, ran=round(ran))
            if failures > 1:
                with suppress(TimeoutError):
                    async with asyncio.timeout(BACKOFF.wait(failures - 1, self._random)):
                        await self._stop.wait()

    async def _one(self, lifeline: int) -> int:
        listener = self._listener.fileno()
        worker = await asyncio.create_subprocess_exec(
            *command([*self._options, "--listener", str(listener), "--lifeline", str(lifeline)]),
            pass_fds=(listener, lifeline),
            start_new_session=True,  # Ctrl+C is for us: we pass it on once
        )
        self._workers.add(worker)
        try:
            ended, stopped = asyncio.create_task(worker.wait()), asyncio.create_task(self._stop.wait())
            await asyncio.wait((ended, stopped), return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    return await asyncio.shield(ended)
            worker.kill()
            return await ended
        finally:
            self._workers.discard(worker)
