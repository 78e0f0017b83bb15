"""Bots on one store, as they are really run: `shaozi run` with workers, and shots at them."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession

from data.domain.clock import SystemClock
from data.roster import import_roster
from data.store import Store
from tests.town import ROSTER, entries

if TYPE_CHECKING:
    from data.domain.worktime import WorkTime
    from tests.integration.warm import Forked, Warm


CONFIG = """
bot: {{hold_seconds: 0, gather_seconds: 0, quiet_hours: "off", flood_per_minute: 10000}}
database: {{url: "{url}"}}
storage: {{folder: "{folder}"}}
web: {{host: 127.0.0.1, port: {port}{public}}}
log: {{level: info, format: json}}
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def settle(url: str, work: WorkTime) -> None:
    """Bring a store up to date and the town into it."""
    store = Store(url)
    store.upgrade()
    with store.write() as uow:
        import_roster(uow, entries(ROSTER), "roster.yaml", work=work, now=SystemClock().now())
        uow.commit()
    store.close()


class Crew:
    """`shaozi run` on a port of this machine: a parent with workers, or one bot."""

    def __init__(
        self, folder: Path, url: str, workers: int, *, public_url: str = "", warm: Warm | None = None
    ) -> None:
        self._warm = warm
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        self.config = folder / "config.yaml"
        public = f", public_url: '{public_url}'" if public_url else ""
        text = CONFIG.format(url=url, folder=folder / "files", port=self.port, public=public)
        self.config.write_text(text, encoding="utf-8")
        self.log = folder / "log.jsonl"
        self._workers = workers
        self.process: subprocess.Popen[bytes] | Forked | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; it need not be there yet when this returns."""
        arguments = ["run", "--config", str(self.config)]
        if self._warm is not None:
            self.process = self._warm.start(self.log, *arguments)
            return
        command = [sys.executable, "-P", "-m", "bot", *arguments]
        if self._workers > 1:
            command += ["--workers", str(self._workers)]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)

    async def serves(self) -> None:
        """Wait until its pages are there."""
        async with ClientSession(self.address) as browser:
            while True:
                with suppress(ClientError, OSError):
                    async with browser.get("/healthz"):
                        return
                await asyncio.sleep(0.1)

    def pids(self) -> list[int]:
        """Return the processes of the workers."""
        assert self.process is not None
        if self._workers == 1:
            return [self.process.pid]
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(pid) for pid in children.split()]

    def kill_one(self, number: int) -> int:
        """Kill a worker (-9) and return which."""
        pids = self.pids()
        pid = pids[number % len(pids)]
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait(self) -> None:
        """Wait until it has ended."""
        assert self.process is not None
        self.process.wait(60)

    def stop(self) -> int:
        """Stop it in peace and return its exit code."""
        assert isinstance(self.process, subprocess.Popen)
        self.process.terminate()
        return self.process.wait(60)

    def events(self, name: str) -> int:
        """Return how often something stands in the log."""
        return self.log.read_text(encoding="utf-8").count(f'"event": "{name}"')
