"""A small WeChat: Wechaty's own gateway over its mock, as a process that tests talk to."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
TOKEN = "secret"
OLDEST_NODE = 18
INSTALL = ("--package-lock=false", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")


class NoGatewayError(Exception):
    """There is no gateway to be had on this machine, and why."""


class Seen(NamedTuple):
    """What the bot sent: to which room or person, which text or file, whom it called."""

    chat: str
    text: str
    mentions: tuple[str, ...]
    id: str
    file: str | None = None
    base64: str = ""


def installed(here: Path = HERE) -> Path:
    """Return a folder with what a package.json wants in it; raise `NoGatewayError` where that cannot be."""
    npm = _npm()
    pinned = (here / "package.json").read_bytes()
    caches = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = caches / "shaozi" / f"{here.name}-{hashlib.sha256(pinned).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for file in (here / "package.json", *here.glob("*.mjs")):
            shutil.copy(file, folder / file.name)
        if not (folder / ".ready").exists():
            done = subprocess.run(
                [npm, "install", *INSTALL],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
            if done.returncode:
                raise NoGatewayError(f"npm install failed: {done.stderr.strip()[-200:]}")
            (folder / ".ready").touch()
    return folder


def _npm() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NoGatewayError("node 18+ and npm are not installed")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.lstrip("v").partition(".")[0]) < OLDEST_NODE:
        raise NoGatewayError(f"node is {version}, 18 or newer is needed")
    return npm


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class World:
    """Let people talk, and see what the bot sends. It may be killed, frozen and started again on its port."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._done: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._news = asyncio.Event()
        self.port = free_port()
        self.seen: list[Seen] = []
        self.accepted: list[tuple[str, str]] = []

    async def start(self, *flags: str) -> None:
        """Start the gateway and wait until it listens."""
        self._process = await asyncio.create_subprocess_exec(
            "node",
            "gateway.mjs",
            "--port",
            str(self.port),
            "--token",
            TOKEN,
            *flags,
            cwd=self._folder,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=2**24,
        )
        self._reader = asyncio.create_task(self._read(self._process))
        async with asyncio.timeout(30):
            assert (await self._done.get())["event"] == "ready"

    async def act(self, what: str, **more: Any) -> str:
        """Let something happen there; return the id of the message it made, if it made one."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, **more}).encode() + b"\n")
        async with asyncio.timeout(30):
            done = await self._done.get()
        assert done["event"] == "done", done
        return str(done.get("id", ""))

    async def say(self, room: str | None, who: str, text: str, **more: Any) -> str:
        """Let somebody say something in a room, or to the bot alone."""
        return await self.act("say", who=who, text=text, **({"room": room} if room else {}), **more)

    async def said(self, count: int = 1, within: float = 15) -> list[Seen]:
        """Wait until the bot has sent so many messages in all, and return them."""
        async with asyncio.timeout(within):
            while len(self.seen) < count:
                self._news.clear()
                await self._news.wait()
        return self.seen

    async def follows(self, within: float = 15) -> tuple[str, str]:
        """Wait until the bot accepts something, and return what."""
        async with asyncio.timeout(within):
            while not self.accepted:
                self._news.clear()
                await self._news.wait()
        return self.accepted[-1]

    def signal(self, number: signal.Signals) -> None:
        """Send the gateway a signal: SIGKILL, SIGSTOP, SIGCONT, SIGTERM."""
        assert self._process is not None
        self._process.send_signal(number)

    async def ends(self) -> None:
        """Wait until the gateway is gone."""
        assert self._process is not None
        await self._process.wait()
        if self._reader is not None:
            await self._reader

    async def kill(self) -> None:
        """End the gateway at once."""
        if self._process is not None and self._process.returncode is None:
            self.signal(signal.SIGKILL)
            await self.ends()

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for raw in process.stdout:
            line = json.loads(raw)
            match line["event"]:
                case "said":
                    chat, mentions = line["conversation"], tuple(line["mentions"])
                    self.seen.append(Seen(chat, line["text"], mentions, line["id"]))
                case "file":
                    file = Seen(line["conversation"], "", (), line["id"], line["name"], line["base64"])
                    self.seen.append(file)
                case "accepted":
                    self.accepted.append((line["what"], line["id"]))
                case _:
                    self._done.put_nowait(line)
            self._news.set()


if __name__ == "__main__":
    sys.stdout.write(f"{installed()}\n")
